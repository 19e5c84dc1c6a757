import type { RequestHandler } from "express";
import { fulfil } from "../../lib/orders.ts";
import { isValidSignature, signatureParts } from "../../lib/signature.ts";

export const swapPayWebhook: RequestHandler = (req, res) => {
  const { t, v1 } = signatureParts(req.get("swap-pay-signature"));
  if (!v1 || !isValidSignature(`${t}.${req.body}`, v1, process.env.SWAP_PAY_WEBHOOK_SECRET!)) {
    return void res.status(400).json({ error: "Invalid signature" });
  }

  const event = JSON.parse(req.body.toString());
  if (event.type === "invoice.paid") fulfil(event.data.order_id, event.data.invoice_id);
  res.json({ received: true });
};
