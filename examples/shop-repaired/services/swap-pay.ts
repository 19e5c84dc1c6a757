import payments from "../config/payments.json" with { type: "json" };
import { requireEnv } from "../lib/env.ts";
import { postJson } from "../lib/http.ts";
import { decimalString, toMicroUsdt } from "../lib/money.ts";
import type { Order, Payout, Wallet } from "../lib/store.ts";

const SWAP_PAY_API = process.env.SWAP_PAY_API_URL ?? "https://api.swapss.lol";
const API_KEY = requireEnv("SWAP_PAY_API_KEY");

interface Created {
  id: string;
  payment_url?: string;
}

/** Posts to Swap Pay's merchant API; `path` starts with a slash, the same key does the same thing only once. */
function swapPay(path: string, idempotencyKey: string, body: object): Promise<Created> {
  return postJson<Created>(
    `${SWAP_PAY_API}/api/v1/merchant${path}`,
    { ...payments.swapPay, ...body },
    { Authorization: `Bearer ${API_KEY}`, "Idempotency-Key": idempotencyKey },
  );
}

export function createInvoice(order: Order): Promise<Created> {
  return swapPay("/invoices", `invoice-${order.id}`, {
    order_id: order.id,
    amount: decimalString(toMicroUsdt(order.total), 6),
  });
}

export function sendToWallet(payout: Payout, wallet: Wallet): Promise<Created> {
  return swapPay("/payouts", payout.id, {
    amount: decimalString(toMicroUsdt(payout.amount), 6),
    destination: wallet.address,
  });
}
