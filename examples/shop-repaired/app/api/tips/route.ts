import { decimalString } from "../../../lib/money.ts";
import { db } from "../../../lib/store.ts";
import { sellersWallet } from "../../../lib/wallets.ts";
import { paychain } from "../../../services/paychain.ts";

/** A tip for the roaster of an order, straight to their wallet; one for each order. */
export async function POST(request: Request): Promise<Response> {
  const userId = db.sessions.get(request.headers.get("x-session") ?? "");
  const { orderId, centavos }: any = await request.json();
  const order = db.orders.get(orderId);
  if (!userId || order?.customerId !== userId)
    return Response.json({ error: "No such order" }, { status: 404 });
  if (!Number.isSafeInteger(centavos) || centavos <= 0) {
    return Response.json({ error: "Not an amount" }, { status: 400 });
  }
  const wallet = sellersWallet(order);
  if (!wallet) return Response.json({ error: "The seller takes no coins" }, { status: 409 });

  const invoice = await paychain("/invoices", `tip-${order.id}`, {
    amount: decimalString(BigInt(centavos), 2),
    token: "USDC",
    chain: "base",
    metadata: { tipFor: orderId },
    payoutRecipients: [{ address: wallet.address, share: 100 }],
  });
  return Response.json(invoice, { status: 201 });
}
