import payments from "../config/payments.json" with { type: "json" };
import { postJson } from "../lib/http.ts";
import { toUsdt } from "../lib/money.ts";
import type { Order } from "../lib/store.ts";

const SWAP_PAY_API = process.env.SWAP_PAY_API_URL ?? "https://api.swapss.lol";
const { apiKey, asset, chain } = payments.swapPay;

interface Created {
  id: string;
  payment_url?: string;
}

/** Posts to Swap Pay's merchant API; `path` starts with a slash. */
export function swapPay(path: string, body: object): Promise<Created> {
  return postJson<Created>(
    `${SWAP_PAY_API}/api/v1/merchant${path}`,
    { asset, chain, ...body },
    {
      Authorization: `Bearer ${apiKey}`,
      "Idempotency-Key": `${path}-${Date.now()}`,
    },
  );
}

export function createInvoice(order: Order): Promise<Created> {
  return swapPay("/invoices", {
    order_id: order.id,
    amount: toUsdt(order.total).toFixed(2),
  });
}
