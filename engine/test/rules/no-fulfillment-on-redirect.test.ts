import { describe, expect, it } from "vitest";
import { lintText } from "../../src/lint.ts";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-fulfillment-on-redirect";
const HEAD = `import express from "express"; import { Order } from "./models/order"; const router = express.Router(); `;
const MARK = `Order.updateOne({ _id: req.params.id }, { status: "paid" })`;
const ROUTE = (body: string, path = "/payment/success/:id", verb = "get") =>
  `${HEAD}router.${verb}("${path}", async (req, res) => { ${body} });`;

describe("silent: the provider is asked, or nothing is fulfilled", () => {
  silentOn(RULE, [
    [
      "the session is retrieved",
      `import Stripe from "stripe"; const stripe = new Stripe(key); ` +
        ROUTE(
          `const s = await stripe.checkout.sessions.retrieve(req.query.id); if (s.payment_status === "paid") await ${MARK};`,
        ),
    ],
    [
      "the provider is asked by HTTP",
      ROUTE(
        `await fetch("https://api.paystack.co/transaction/verify/" + req.query.reference); await ${MARK};`,
      ),
    ],
    [
      "somebody is asked by HTTP",
      ROUTE("await fetch(`${GATEWAY}/verify/${req.query.reference}`); " + `await ${MARK};`),
    ],
    [
      "a helper of another file may ask",
      `import { verifyPayment } from "./pay"; ` +
        ROUTE(`if (await verifyPayment(req.query.ref)) await ${MARK};`),
    ],
    ["a service may ask", ROUTE(`const payment = await gateway.retrieve(req.query.ref); await ${MARK};`)],
    [
      "the parameters are signed",
      `import { createHmac } from "node:crypto"; ` +
        ROUTE(
          `const mac = createHmac("sha256", key).update(req.query.order).digest("hex"); if (mac !== req.query.mac) return res.end(); await ${MARK};`,
        ),
    ],
    [
      "the webhook has told our records",
      ROUTE(
        `const order = await Order.findById(req.params.id); if (order.status !== "paid") return res.end(); order.isPaid = true; await order.save();`,
      ),
    ],
    [
      "only shown",
      ROUTE(`const order = await Order.findById(req.params.id); res.render("thanks", { order });`),
    ],
    [
      "a failure",
      ROUTE(`await Order.updateOne({ _id: req.params.id }, { status: "failed" });`, "/payment/return/:id"),
    ],
    ["noted as seen", ROUTE(`await Order.updateOne({ _id: req.params.id }, { returnedAt: new Date() });`)],
    ["a webhook", ROUTE(`await ${MARK}; res.sendStatus(200);`, "/webhooks/payment/callback", "post")],
    ["a gateway's own call", ROUTE(`await ${MARK}; res.sendStatus(200);`, "/payment/callback/:id", "post")],
    ["an administrator's page", ROUTE(`await ${MARK};`, "/admin/orders/:id/success")],
    [
      "a mail address confirmed",
      ROUTE(`await User.updateOne({ token: req.params.id }, { status: "active" });`, "/auth/verify/:id"),
    ],
    ["staff completes an order", ROUTE(`await ${MARK}; res.json({});`, "/orders/:id/complete", "post")],
    [
      "something else succeeded",
      `${HEAD}router.get("/upload/success/:id", async (req, res) => { await File.updateOne({ _id: 1 }, { status: "completed" }); });`,
    ],
  ]);
});

describe("reports: opened is taken for paid", () => {
  reportsOn(RULE, [
    ["an order of the path", ROUTE(`await ${MARK}; res.redirect("/thanks");`), MARK],
    [
      "an order of the query",
      ROUTE(
        `const order = await Order.findById(req.query.id); order.isPaid = true; await order.save();`,
        "/checkout/return",
      ),
      "order.isPaid = true",
    ],
    [
      "the query's own word",
      ROUTE(`if (req.query.status === "success") await ${MARK};`, "/paystack/callback/:id"),
      MARK,
    ],
    [
      "the gateway's browser POST",
      ROUTE(`await ${MARK}; res.redirect("/thanks");`, "/payment/success/:id", "post"),
      MARK,
    ],
    [
      "a balance",
      ROUTE(`await User.updateOne({ _id: req.user.id }, { $inc: { credits: 10 } });`),
      `User.updateOne({ _id: req.user.id }, { $inc: { credits: 10 } })`,
    ],
    [
      "a function that another file mounts",
      `const Payment = require("./payment"); const successController = async (req, res) => { await Payment.updateOne({ id: req.params.id }, { $set: { status: "successful" } }); res.redirect("/"); }; module.exports = successController;`,
      `Payment.updateOne({ id: req.params.id }, { $set: { status: "successful" } })`,
    ],
    [
      "NestJS",
      `import { Controller, Get } from "@nestjs/common"; @Controller("payments") class Payments { @Get("success") async success(@Query("id") id) { await this.prisma.order.update({ where: { id }, data: { status: "PAID" } }); } }`,
      `this.prisma.order.update({ where: { id }, data: { status: "PAID" } })`,
    ],
  ]);
});

const PAGE = `import { prisma } from "@/lib/db"; export default async function Page({ searchParams }) { await prisma.order.update({ where: { id: searchParams.order }, data: { status: "PAID" } }); return null; }`;

it.each<[string, string, number]>([
  ["a page of Next.js", "src/app/checkout/success/page.tsx", 1],
  ["a page of something else", "src/app/profile/edit/page.tsx", 0],
  ["a test", "src/app/checkout/success/page.test.tsx", 0],
])("%s", (_, fileName, count) => {
  expect(lintWith(RULE, PAGE, fileName).reported).toHaveLength(count);
});

it("sees a question to the provider in another file", () => {
  const text = `import { settle } from "./settle"; ` + ROUTE(`await settle(req.query.reference);`);
  const settle = (body: string) =>
    `import { Order } from "./order"; export async function settle(ref) { ${body} await Order.updateOne({ ref }, { status: "paid" }); }`;
  const findings = (body: string) =>
    lintText(
      { fileName: "src/routes.ts", text },
      { [RULE]: { severity: "error" } },
      {
        find: (specifier) =>
          specifier === "./settle" ? { fileName: "src/settle.ts", text: settle(body) } : undefined,
      },
    ).findings;
  expect(findings("")).toHaveLength(1);
  expect(findings(`await fetch("https://api.paystack.co/transaction/verify/" + ref);`)).toEqual([]);
});
