import axios from "axios";
import { paymentsMode, requireEnv } from "../lib/env.ts";
import { withCardFee } from "../lib/money.ts";
import type { Order, Subscription } from "../lib/store.ts";

const HOSTS = { test: "https://sandbox.mintcash.me", live: "https://api.mintcash.me" };

const mintcash = axios.create({
  baseURL: process.env.MINTCASH_API_URL ?? HOSTS[paymentsMode()],
  auth: {
    username: requireEnv("MINTCASH_PUBLIC_KEY"),
    password: requireEnv("MINTCASH_SECRET_KEY"),
  },
});

export async function chargeCard(order: Order, cardToken: string): Promise<string> {
  const { data } = await mintcash.post("/payments", {
    externalId: `payment-${order.id}`,
    amount: withCardFee(order.total),
    currency: "PHP",
    source: cardToken,
    metadata: { orderId: order.id },
  });
  return data.id;
}

export async function subscribe(subscription: Subscription, cardToken: string): Promise<string> {
  const { data } = await mintcash.post("/subscriptions", {
    externalId: subscription.id,
    amount: 49900,
    currency: "PHP",
    interval: "month",
    source: cardToken,
    metadata: { customerId: subscription.customerId },
  });
  return data.id;
}
