import { Router } from "express";
import { db } from "../../lib/store.ts";
import { refundPayment } from "../../services/paymongo.ts";

export const refunds = Router();

refunds.post("/admin/orders/:orderId/refund/ewallet", async (req, res) => {
  const adminKey = req.get("x-admin-key");
  if (!adminKey || adminKey !== process.env.ADMIN_API_KEY) {
    return void res.status(403).json({ error: "Forbidden" });
  }
  const order = db.orders.get(req.params.orderId);
  if (!order?.paymentId) return void res.status(404).json({ error: "No such payment" });
  const refundId = await refundPayment(order.paymentId, order.total);
  order.status = "refunded";
  res.json({ refundId });
});
