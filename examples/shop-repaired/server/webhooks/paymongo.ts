import type { RequestHandler } from "express";
import { paymentsMode, requireEnv } from "../../lib/env.ts";
import { once } from "../../lib/events.ts";
import { fulfil } from "../../lib/orders.ts";
import { isFresh, isValidSignature, signatureParts } from "../../lib/signature.ts";

const SECRET = requireEnv("PAYMONGO_WEBHOOK_SECRET");
const LIVE = paymentsMode() === "live";

/** Takes the raw body: the route has a raw parser, and no other parser runs before it. */
export const paymongoWebhook: RequestHandler = (req, res) => {
  const { t, te, li } = signatureParts(req.get("paymongo-signature"));
  const genuine = Buffer.isBuffer(req.body) && isValidSignature([`${t}.`, req.body], LIVE ? li : te, SECRET);
  if (!genuine || !isFresh(t)) return void res.status(400).json({ error: "Invalid signature" });

  const event = JSON.parse(req.body.toString()).data;
  const { type, livemode, data: payment } = event.attributes;
  if (livemode !== LIVE) return void res.status(400).json({ error: "Event of another mode" });
  if (type === "payment.paid") {
    once("paymongo", event.id, () => fulfil(payment.attributes.metadata.order_id, payment.id));
  }
  res.json({ received: true });
};
