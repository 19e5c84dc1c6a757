import { openPayout } from "../../../lib/payouts.ts";
import { db } from "../../../lib/store.ts";
import { sendToWallet } from "../../../services/swap-pay.ts";

/** Pays out all that a seller has, in USDT. */
export async function POST(request: Request): Promise<Response> {
  const userId = db.sessions.get(request.headers.get("x-session") ?? "");
  const seller = [...db.sellers.values()].find((candidate) => candidate.ownerId === userId);
  if (!seller) return Response.json({ error: "You do not sell here" }, { status: 403 });

  const { walletId }: any = await request.json();
  const wallet = [...db.wallets.values()].find(
    ({ id, ownerId, verified }) => id === walletId && ownerId === userId && verified,
  );
  if (!wallet) return Response.json({ error: "No such wallet" }, { status: 404 });
  const payout = openPayout(seller, wallet.id, seller.balance);
  if (!payout) return Response.json({ error: "Nothing to pay out" }, { status: 400 });
  const { id } = await sendToWallet(payout, wallet);
  payout.status = "sent";
  return Response.json({ id }, { status: 202 });
}
