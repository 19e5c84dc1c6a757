import payments from "../../../config/payments.json" with { type: "json" };
import { db } from "../../../lib/store.ts";

const SWAP_PAY_API = process.env.SWAP_PAY_API_URL ?? "https://api.swapss.lol";

/** Pays out all that a seller has, in USDT. */
export async function POST(request: Request): Promise<Response> {
  const userId = db.sessions.get(request.headers.get("x-session") ?? "");
  const seller = [...db.sellers.values()].find((candidate) => candidate.ownerId === userId);
  if (!seller) return Response.json({ error: "You do not sell here" }, { status: 403 });

  const { address }: any = await request.json();
  const response = await fetch(`${SWAP_PAY_API}/api/v1/merchant/payouts`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${payments.swapPay.apiKey}`,
      "Idempotency-Key": `cash-out-${Date.now()}`,
    },
    body: JSON.stringify({
      asset: payments.swapPay.asset,
      chain: payments.swapPay.chain,
      amount: (seller.balance / 58.5).toFixed(6),
      destination: address,
    }),
  });
  if (!response.ok) return Response.json({ error: "Please try again" }, { status: 502 });
  seller.balance = 0;
  return Response.json(await response.json(), { status: 202 });
}
