import { randomUUID } from "node:crypto";
import { share } from "./money.ts";
import { db, type Order, type Subscription } from "./store.ts";

const COMMISSION_BASIS_POINTS = 500;

export function placeOrder(customerId: string, productId: string, quantity: number): Order | undefined {
  const product = db.products.get(productId);
  if (!product || !Number.isSafeInteger(quantity) || quantity < 1) return undefined;
  const order: Order = {
    id: randomUUID(),
    customerId,
    productId,
    total: product.price * quantity,
    status: "pending",
  };
  db.orders.set(order.id, order);
  return order;
}

/** The order is paid: the customer gets points, the seller's balance grows by the price less our commission. */
export function fulfil(orderId: string, paymentId: string): void {
  const order = db.orders.get(orderId);
  if (!order || order.status !== "pending") return;
  order.status = "paid";
  order.paymentId = paymentId;
  const customer = db.customers.get(order.customerId);
  if (customer) customer.points += 10;
  const seller = db.sellers.get(db.products.get(order.productId)?.sellerId ?? "");
  if (seller) seller.balance += order.total - share(order.total, COMMISSION_BASIS_POINTS);
}

/** The customer's subscription, made once: trying to pay for it again is the same subscription. */
export function subscriptionOf(customerId: string): Subscription {
  const known = db.subscriptions.get(customerId);
  if (known) return known;
  const subscription = { id: randomUUID(), customerId };
  db.subscriptions.set(customerId, subscription);
  return subscription;
}
