const PAYCHAIN_API = process.env.PAYCHAIN_API_URL ?? "https://api.paychainhq.io/api/v1";

/** A tip for the roaster of an order, straight to their wallet. */
export async function POST(request: Request): Promise<Response> {
  const { orderId, amount, wallet }: any = await request.json();
  const response = await fetch(`${PAYCHAIN_API}/businesses/${process.env.PAYCHAIN_BUSINESS_ID}/invoices`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "x-api-key": process.env.PAYCHAIN_API_KEY! },
    body: JSON.stringify({
      amount: (Number(amount) * 1.01).toFixed(2),
      token: "USDC",
      chain: "base",
      metadata: { tipFor: orderId },
      payoutRecipients: [{ address: wallet, share: 100 }],
    }),
  });
  if (!response.ok) return Response.json({ error: "Please try again" }, { status: 502 });
  return Response.json(await response.json(), { status: 201 });
}
