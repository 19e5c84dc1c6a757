import { createHmac, timingSafeEqual } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import { fulfil } from "../../../lib/orders.ts";

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.headers.authorization !== `Bearer ${process.env.PAYCHAIN_WEBHOOK_TOKEN}`) {
    return res.status(401).json({ error: "Unauthorized" });
  }
  const rawBody = JSON.stringify(req.body);
  const expected = createHmac("sha256", process.env.PAYCHAIN_WEBHOOK_SECRET!).update(rawBody).digest();
  const received = Buffer.from(String(req.headers["x-webhook-signature"]), "hex");
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) {
    return res.status(400).json({ error: "Invalid signature" });
  }

  const event = req.body;
  if (event.type === "invoice.paid") fulfil(event.data.metadata.orderId, event.data.invoiceId);
  res.status(200).json({ received: true });
}
