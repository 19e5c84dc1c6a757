import express, { type ErrorRequestHandler, type Express } from "express";
import { checkout } from "./routes/checkout.ts";
import { payouts } from "./routes/payouts.ts";
import { refunds } from "./routes/refunds.ts";
import { signIn } from "./session.ts";
import { paymongoWebhook } from "./webhooks/paymongo.ts";
import { swapPayWebhook } from "./webhooks/swap-pay.ts";

export function createApp(): Express {
  const app = express();

  // Before the JSON parser: a signature covers the bytes as they were sent.
  app.post("/webhooks/paymongo", express.raw({ type: "application/json" }), paymongoWebhook);
  app.post("/webhooks/swap-pay", express.raw({ type: "application/json" }), swapPayWebhook);

  app.use(express.json());
  app.post("/session", signIn);
  app.use(checkout);
  app.use(payouts);
  app.use(refunds);
  app.use(onError);
  return app;
}

const onError: ErrorRequestHandler = (error: Error, _req, res, _next) => {
  console.error(error.message);
  res.status(502).json({ error: "The payment did not go through, please try again" });
};
