import type { RequestHandler } from "express";
import { requireEnv } from "../../lib/env.ts";
import { once } from "../../lib/events.ts";
import { fulfil } from "../../lib/orders.ts";
import { isFresh, isValidSignature, signatureParts } from "../../lib/signature.ts";

const SECRET = requireEnv("SWAP_PAY_WEBHOOK_SECRET");

/** Takes the raw body: the route has a raw parser, and no other parser runs before it. */
export const swapPayWebhook: RequestHandler = (req, res) => {
  const { t, v1 } = signatureParts(req.get("swap-pay-signature"));
  const genuine = Buffer.isBuffer(req.body) && isValidSignature([`${t}.`, req.body], v1, SECRET);
  if (!genuine || !isFresh(t)) return void res.status(400).json({ error: "Invalid signature" });

  const event = JSON.parse(req.body.toString());
  if (event.type === "invoice.paid") {
    once("swap-pay", event.event_id, () => fulfil(event.data.order_id, event.data.invoice_id));
  }
  res.json({ received: true });
};
