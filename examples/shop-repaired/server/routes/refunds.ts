import { Router } from "express";
import { requireEnv } from "../../lib/env.ts";
import { isSameToken } from "../../lib/signature.ts";
import { db } from "../../lib/store.ts";
import { refundPayment } from "../../services/paymongo.ts";

const ADMIN_API_KEY = requireEnv("ADMIN_API_KEY");

export const refunds = Router();

refunds.post("/admin/orders/:orderId/refund/ewallet", async (req, res) => {
  if (!isSameToken(req.get("x-admin-key"), ADMIN_API_KEY)) {
    return void res.status(403).json({ error: "Forbidden" });
  }
  const order = db.orders.get(req.params.orderId);
  if (!order?.paymentId) return void res.status(404).json({ error: "No such payment" });
  const refundId = await refundPayment(order, order.paymentId);
  order.status = "refunded";
  res.json({ refundId });
});
