import { randomUUID } from "node:crypto";
import { db, type Payout, type Seller } from "./store.ts";

/**
 * The seller's open payout to this recipient, or a new one, whose sum leaves the balance at once. A payout that did
 * not reach the provider stays open, so that trying again continues it and pays once.
 */
export function openPayout(seller: Seller, recipientId: string, centavos: number): Payout | undefined {
  const open = [...db.payouts.values()].find(
    (payout) =>
      payout.sellerId === seller.id && payout.recipientId === recipientId && payout.status === "open",
  );
  if (open) return open;
  if (!Number.isSafeInteger(centavos) || centavos <= 0 || centavos > seller.balance) return undefined;
  seller.balance -= centavos;
  const payout: Payout = {
    id: randomUUID(),
    sellerId: seller.id,
    recipientId,
    amount: centavos,
    status: "open",
  };
  db.payouts.set(payout.id, payout);
  return payout;
}
