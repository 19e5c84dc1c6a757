import { randomUUID } from "node:crypto";
import { db, type Order } from "./store.ts";

const COMMISSION = 0.05;

export function placeOrder(customerId: string, productId: string, quantity: number): Order | undefined {
  const product = db.products.get(productId);
  if (!product) return undefined;
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
  if (!order) return;
  order.status = "paid";
  order.paymentId = paymentId;
  const customer = db.customers.get(order.customerId);
  if (customer) customer.points += 10;
  const seller = db.sellers.get(db.products.get(order.productId)?.sellerId ?? "");
  if (seller) seller.balance += order.total - order.total * COMMISSION;
}
