import { requireEnv } from "../lib/env.ts";

const PAYCHAIN_API = process.env.PAYCHAIN_API_URL ?? "https://api.paychainhq.io/api/v1";
const API_KEY = requireEnv("PAYCHAIN_API_KEY");
const BUSINESS = `${PAYCHAIN_API}/businesses/${requireEnv("PAYCHAIN_BUSINESS_ID")}`;

export interface Invoice {
  id: string;
  status: string;
  metadata: { orderId: string };
}

/** Posts to PayChain HQ for our business; `path` starts with a slash, the same key does the same thing only once. */
export async function paychain(path: string, idempotencyKey: string, body: object): Promise<{ id: string }> {
  const response = await fetch(`${BUSINESS}${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "x-api-key": API_KEY,
      "Idempotency-Key": idempotencyKey,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`PayChain HQ answered ${response.status}`);
  return (await response.json()) as { id: string };
}

/** The invoice as PayChain HQ itself has it, which is what counts. */
export async function readInvoice(invoiceId: string): Promise<Invoice> {
  const response = await fetch(`${BUSINESS}/invoices/${encodeURIComponent(invoiceId)}`, {
    headers: { "x-api-key": API_KEY },
  });
  if (!response.ok) throw new Error(`PayChain HQ answered ${response.status}`);
  return (await response.json()) as Invoice;
}
