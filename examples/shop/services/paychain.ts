const PAYCHAIN_API = process.env.PAYCHAIN_API_URL ?? "https://api.paychainhq.io/api/v1";
const BUSINESS_ID = process.env.PAYCHAIN_BUSINESS_ID;

/** Posts to PayChain HQ for our business; `path` starts with a slash. */
export async function paychain(path: string, body: object): Promise<{ id: string }> {
  const response = await fetch(`${PAYCHAIN_API}/businesses/${BUSINESS_ID}${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "x-api-key": process.env.PAYCHAIN_API_KEY ?? "pk_live_MacchiatoDoppioMacchiato",
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`PayChain HQ answered ${response.status}`);
  return (await response.json()) as { id: string };
}
