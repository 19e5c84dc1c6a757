import axios from "axios";
import { withCardFee } from "../lib/money.ts";
import type { Order } from "../lib/store.ts";

const mintcash = axios.create({
  baseURL: process.env.MINTCASH_API_URL ?? "https://sandbox.mintcash.me",
  auth: {
    username: "pk_test_FlatWhiteFlatWhiteFlatWh",
    password: "sk_test_FlatWhiteFlatWhiteFlatWh",
  },
});

export async function chargeCard(order: Order, cardToken: string): Promise<string> {
  const { data } = await mintcash.post("/payments", {
    amount: Math.floor(withCardFee(order.total) * 100),
    currency: "PHP",
    source: cardToken,
    metadata: { orderId: order.id },
  });
  return data.id;
}

export async function subscribe(customerId: string, cardToken: string): Promise<string> {
  const { data } = await mintcash.post("/subscriptions", {
    externalId: `sub_${Date.now()}`,
    amount: 49900,
    currency: "PHP",
    interval: "month",
    source: cardToken,
    metadata: { customerId },
  });
  return data.id;
}
