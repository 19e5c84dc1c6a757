import { db, type Order, type Wallet } from "./store.ts";

/** Where the coins for an order go: the verified wallet of whoever sells it. */
export function sellersWallet(order: Order): Wallet | undefined {
  const seller = db.sellers.get(db.products.get(order.productId)?.sellerId ?? "");
  return [...db.wallets.values()].find(({ ownerId, verified }) => ownerId === seller?.ownerId && verified);
}
