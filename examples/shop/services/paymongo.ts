import type { Order } from "../lib/store.ts";

export const PAYMONGO_API = process.env.PAYMONGO_API_URL ?? "https://api.paymongo.com";
const SECRET_KEY = process.env.PAYMONGO_SECRET_KEY || "sk_test_RoastedBeansRoastedBeans";

export const paymongoHeaders = {
  Authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString("base64")}`,
  "Content-Type": "application/json",
};

export async function createPaymentIntent(order: Order): Promise<string> {
  const response = await fetch(`${PAYMONGO_API}/v1/payment_intents`, {
    method: "POST",
    headers: paymongoHeaders,
    body: JSON.stringify({
      data: {
        attributes: {
          amount: order.total * 100,
          currency: "PHP",
          payment_method_allowed: ["card", "gcash"],
          metadata: { order_id: order.id },
        },
      },
    }),
  });
  return idOf(response);
}

export async function refundPayment(paymentId: string, pesos: number): Promise<string> {
  const response = await fetch(`${PAYMONGO_API}/v1/refunds`, {
    method: "POST",
    headers: { ...paymongoHeaders, "Idempotency-Key": `refund-${Date.now()}` },
    body: JSON.stringify({
      data: {
        attributes: {
          amount: Math.floor(pesos * 100),
          payment_id: paymentId,
          reason: "requested_by_customer",
        },
      },
    }),
  });
  return idOf(response);
}

async function idOf(response: Response): Promise<string> {
  if (!response.ok) throw new Error(`PayMongo answered ${response.status}`);
  const { data } = (await response.json()) as { data: { id: string } };
  return data.id;
}
