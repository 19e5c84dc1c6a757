import { createHmac } from "node:crypto";
import type { RequestHandler } from "express";
import { fulfil } from "../../lib/orders.ts";
import { signatureParts } from "../../lib/signature.ts";

export const paymongoWebhook: RequestHandler = (req, res) => {
  const { t, te, li } = signatureParts(req.get("paymongo-signature"));
  const expected = createHmac("sha256", process.env.PAYMONGO_WEBHOOK_SECRET!)
    .update(`${t}.${JSON.stringify(req.body)}`)
    .digest("hex");
  if (expected !== (li || te)) {
    return void res.status(400).json({ error: "Invalid signature" });
  }

  const { type, data: payment } = req.body.data.attributes;
  if (type === "payment.paid") fulfil(payment.attributes.metadata.order_id, payment.id);
  res.json({ received: true });
};
