import payments from "../config/payments.json" with { type: "json" };
import { requireEnv } from "../lib/env.ts";
import type { BankAccount, Order, Payout } from "../lib/store.ts";

const PAYMONGO_API = process.env.PAYMONGO_API_URL ?? "https://api.paymongo.com";
const SECRET_KEY = requireEnv("PAYMONGO_SECRET_KEY");

const headers = {
  Authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString("base64")}`,
  "Content-Type": "application/json",
};

export async function createPaymentIntent(order: Order): Promise<string> {
  const response = await fetch(`${PAYMONGO_API}/v1/payment_intents`, {
    method: "POST",
    headers: { ...headers, "Idempotency-Key": `payment-intent-${order.id}` },
    body: JSON.stringify({
      data: {
        attributes: {
          amount: order.total,
          currency: "PHP",
          payment_method_allowed: ["card", "gcash"],
          metadata: { order_id: order.id },
        },
      },
    }),
  });
  return idOf(response);
}

export async function refundPayment(order: Order, paymentId: string): Promise<string> {
  const response = await fetch(`${PAYMONGO_API}/v1/refunds`, {
    method: "POST",
    headers: { ...headers, "Idempotency-Key": `refund-${order.id}` },
    body: JSON.stringify({
      data: {
        attributes: {
          amount: order.total,
          payment_id: paymentId,
          reason: "requested_by_customer",
        },
      },
    }),
  });
  return idOf(response);
}

export async function sendToBank(payout: Payout, account: BankAccount): Promise<string> {
  const response = await fetch(`${PAYMONGO_API}/v2/batch_transfers`, {
    method: "POST",
    headers: { ...headers, "Idempotency-Key": payout.id },
    body: JSON.stringify({
      transfers: [
        {
          source_account: payments.paymongo.sourceAccount,
          destination_account: { number: account.number, name: account.name, bic: account.bic },
          amount: payout.amount,
          currency: "PHP",
          provider: "instapay",
        },
      ],
    }),
  });
  return idOf(response);
}

async function idOf(response: Response): Promise<string> {
  if (!response.ok) throw new Error(`PayMongo answered ${response.status}`);
  const { data } = (await response.json()) as { data: { id: string } };
  return data.id;
}
