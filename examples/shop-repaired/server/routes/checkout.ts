import { Router } from "express";
import { decimalString } from "../../lib/money.ts";
import { placeOrder, subscriptionOf } from "../../lib/orders.ts";
import { db } from "../../lib/store.ts";
import { sellersWallet } from "../../lib/wallets.ts";
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

checkout.use("/orders/:orderId", requireUser, (req, res, next) => {
  const order = db.orders.get(req.params.orderId as string);
  if (order?.customerId !== res.locals.userId) return void res.status(404).json({ error: "No such order" });
  res.locals.order = order;
  next();
});

checkout.post("/orders/:orderId/pay/ewallet", async (req, res) => {
  const paymentId = await createPaymentIntent(res.locals.order);
  res.json({ paymentId });
});

checkout.post("/orders/:orderId/pay/card", async (req, res) => {
  const paymentId = await chargeCard(res.locals.order, req.body.cardToken);
  res.json({ paymentId });
});

checkout.post("/orders/:orderId/pay/usdt", async (req, res) => {
  const invoice = await createInvoice(res.locals.order);
  res.json({ paymentId: invoice.id, url: invoice.payment_url });
});

checkout.post("/orders/:orderId/pay/split", async (req, res) => {
  const { order } = res.locals;
  const wallet = sellersWallet(order);
  if (!wallet) return void res.status(409).json({ error: "The seller takes no coins" });
  const invoice = await paychain("/invoices", `invoice-${order.id}`, {
    amount: decimalString(BigInt(order.total), 2),
    token: "USDC",
    chain: "base",
    metadata: { orderId: order.id },
    payoutRecipients: [{ address: wallet.address, share: 100 }],
  });
  res.json({ paymentId: invoice.id });
});

checkout.post("/subscriptions", requireUser, async (req, res) => {
  const subscriptionId = await subscribe(subscriptionOf(res.locals.userId), req.body.cardToken);
  res.status(201).json({ subscriptionId });
});
