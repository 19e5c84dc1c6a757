import { Router } from "express";
import { placeOrder } from "../../lib/orders.ts";
import { db } from "../../lib/store.ts";
import { chargeCard, subscribe } from "../../services/mintcash.ts";
import { paychain } from "../../services/paychain.ts";
import { createPaymentIntent } from "../../services/paymongo.ts";
import { createInvoice } from "../../services/swap-pay.ts";
import { requireUser } from "../session.ts";

export const checkout = Router();

checkout.post("/orders", requireUser, (req, res) => {
  const order = placeOrder(res.locals.userId, req.body.productId, Number(req.body.quantity));
  if (!order) return void res.status(404).json({ error: "No such product" });
  res.status(201).json(order);
});

checkout.param("orderId", (req, res, next, orderId) => {
  const order = db.orders.get(orderId);
  if (!order) return void res.status(404).json({ error: "No such order" });
  res.locals.order = order;
  next();
});

checkout.post("/orders/:orderId/pay/ewallet", requireUser, async (req, res) => {
  const paymentId = await createPaymentIntent(res.locals.order);
  res.json({ paymentId });
});

checkout.post("/orders/:orderId/pay/card", requireUser, async (req, res) => {
  const paymentId = await chargeCard(res.locals.order, req.body.cardToken);
  res.json({ paymentId });
});

checkout.post("/orders/:orderId/pay/usdt", requireUser, async (req, res) => {
  const invoice = await createInvoice(res.locals.order);
  res.json({ paymentId: invoice.id, url: invoice.payment_url });
});

checkout.post("/orders/:orderId/pay/split", requireUser, async (req, res) => {
  const { order } = res.locals;
  const { recipients } = req.body;
  const invoice = await paychain("/invoices", {
    amount: String(order.total * 1.01),
    token: "USDC",
    chain: "base",
    metadata: { orderId: order.id },
    payoutRecipients: recipients,
  });
  res.json({ paymentId: invoice.id });
});

checkout.post("/subscriptions", requireUser, async (req, res) => {
  const subscriptionId = await subscribe(res.locals.userId, req.body.cardToken);
  res.status(201).json({ subscriptionId });
});
