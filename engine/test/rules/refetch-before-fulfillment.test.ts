import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "refetch-before-fulfillment";
const PAYCHAIN = (body: string) => `import { isGenuine } from "./signature";
  export async function paychainHqWebhook(req, res) {
    if (!isGenuine(req.rawBody, req.get("x-webhook-signature"))) return res.sendStatus(401);
    const event = JSON.parse(req.rawBody);
    ${body}
    res.sendStatus(200);
  }`;
const PAID = `Order.updateOne({ invoice: event.data.id, status: "pending" }, { status: "paid" })`;
const MOLLIE = (
  body: string,
) => `import createMollieClient from "@mollie/api-client"; const mollie = createMollieClient({ apiKey: process.env.MOLLIE_KEY });
  export async function mollieWebhook(req, res) { const event = req.body; ${body} res.sendStatus(200); }`;

describe("silent: the provider is asked, or asks for nothing", () => {
  silentOn(RULE, [
    [
      "by HTTP",
      PAYCHAIN(
        `const invoice = await (await fetch("https://api.paychainhq.io/v1/invoices/" + event.data.id)).json(); if (invoice.status === "paid") await ${PAID};`,
      ),
    ],
    [
      "by HTTP at a configured address",
      PAYCHAIN("await fetch(`${process.env.PAYCHAIN_URL}/invoices/${event.data.id}`); " + `await ${PAID};`),
    ],
    [
      "by a client of another file",
      `import { paychain } from "./paychain"; ${PAYCHAIN(`const invoice = await paychain.invoices.get(event.data.id); if (invoice.status === "paid") await ${PAID};`)}`,
    ],
    [
      "by the SDK",
      MOLLIE(
        `const payment = await mollie.payments.get(event.id); if (payment.status === "paid") await Order.updateOne({ id: payment.id }, { status: "paid" });`,
      ),
    ],
    [
      "by a helper of another file",
      `import { settle } from "./settle"; ${PAYCHAIN(`if (await settle(event)) await ${PAID};`)}`,
    ],
    ["by a worker", PAYCHAIN(`await jobs.add("invoice", { id: event.data.id });`)],
    [
      "nothing is fulfilled",
      PAYCHAIN(`await Order.updateOne({ invoice: event.data.id }, { status: "failed" });`),
    ],
    [
      "Stripe does not ask",
      PAYCHAIN(`await ${PAID};`)
        .replace("paychainHq", "stripe")
        .replace("x-webhook-signature", "stripe-signature"),
    ],
  ]);
});

describe("reports: the event is believed", () => {
  reportsOn(RULE, [
    ["PayChain HQ", PAYCHAIN(`if (event.type === "invoice.paid") await ${PAID};`), PAID],
    [
      "a balance",
      PAYCHAIN(`await User.updateOne({ id: event.data.user }, { $inc: { balance: event.data.amount } });`),
      "User.updateOne({ id: event.data.user }, { $inc: { balance: event.data.amount } })",
    ],
    [
      "asked too late",
      PAYCHAIN(`await ${PAID}; await fetch("https://api.paychainhq.io/v1/invoices/" + event.data.id);`),
      PAID,
    ],
    [
      "Mollie",
      MOLLIE(`if (event.status === "paid") await Order.updateOne({ id: event.id }, { status: "paid" });`),
      `Order.updateOne({ id: event.id }, { status: "paid" })`,
    ],
  ]);
});

it("names the provider", () => {
  expect(lintWith(RULE, PAYCHAIN(`await ${PAID};`)).findings[0]?.message).toContain(
    "PayChain HQ asks its merchants",
  );
});
