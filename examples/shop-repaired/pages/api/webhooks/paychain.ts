import type { NextApiRequest, NextApiResponse } from "next";
import { requireEnv } from "../../../lib/env.ts";
import { once } from "../../../lib/events.ts";
import { enqueue } from "../../../lib/jobs.ts";
import { fulfil } from "../../../lib/orders.ts";
import { isFresh, isSameToken, isValidSignature } from "../../../lib/signature.ts";
import { readInvoice } from "../../../services/paychain.ts";

const SECRET = requireEnv("PAYCHAIN_WEBHOOK_SECRET");
const TOKEN = requireEnv("PAYCHAIN_WEBHOOK_TOKEN");

/** Next would parse the body; a signature covers the bytes as they were sent. */
export const config = { api: { bodyParser: false } };

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (!isSameToken(req.headers.authorization, `Bearer ${TOKEN}`)) {
    return res.status(401).json({ error: "Unauthorized" });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const genuine = isValidSignature([body], header(req, "x-webhook-signature"), SECRET);
  if (!genuine || !isFresh(header(req, "x-webhook-timestamp"))) {
    return res.status(400).json({ error: "Invalid signature" });
  }

  const event = JSON.parse(body.toString());
  if (event.type === "invoice.paid" || event.type === "invoice.overpaid") {
    once("paychain", event.id, () => enqueue(() => settle(event.data.invoiceId)));
  }
  res.status(200).json({ received: true });
}

/** Fulfils by the invoice as the provider has it now, not by what the event said. */
async function settle(invoiceId: string): Promise<void> {
  const invoice = await readInvoice(invoiceId);
  if (invoice.status === "paid" || invoice.status === "overpaid")
    fulfil(invoice.metadata.orderId, invoice.id);
}

function header(req: NextApiRequest, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
