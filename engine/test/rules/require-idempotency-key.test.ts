import { describe, expect, it } from "vitest";
import { type Case, isReported, lintWith, placeOf, reportsOn, silentOn } from "./lint.ts";

const RULE = "require-idempotency-key";
const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;

function stripe(cases: readonly Case[]): Case[] {
  return cases.map(([what, code, ...reported]) => [what, STRIPE + code, ...reported] as const);
}

describe("silent: Stripe with a key", () => {
  silentOn(
    RULE,
    stripe([
      ["the options hold it", "stripe.refunds.create({ charge: c }, { idempotencyKey: `refund-${id}` })"],
      ["beside the connected account", "stripe.payouts.create(p, { stripeAccount: a, idempotencyKey: id })"],
      ["options in a constant", "const o = { idempotencyKey: id }; stripe.transfers.create(p, o)"],
      [
        "options in one branch only",
        "stripe.paymentIntents.create(p, key ? { idempotencyKey: key } : undefined)",
      ],
      ["added by a later statement", "const o = {}; o.idempotencyKey = id; stripe.charges.create(p, o)"],
      ["spread in when there is one", "stripe.charges.create(p, { ...(key && { idempotencyKey: key }) })"],
      [
        "made by a helper of the file",
        "const keyed = (id) => ({ idempotencyKey: id }); stripe.charges.create(p, keyed(1))",
      ],
      ["third argument of a reversal", "stripe.transfers.createReversal(t, {}, { idempotencyKey: id })"],
    ]),
  );
});

describe("silent: what may hold a key out of sight", () => {
  silentOn(
    RULE,
    stripe([
      ["options from a parameter", "export const pay = (p, options) => stripe.charges.create(p, options)"],
      ["options from another file", `import { options } from "./o"; stripe.charges.create(p, options)`],
      ["spread arguments", "stripe.charges.create(...args)"],
      ["options with an unknown spread", "stripe.charges.create(p, { ...options })"],
    ]),
  );
});

describe("silent: calls that repeat harmlessly", () => {
  silentOn(
    RULE,
    stripe([
      ["a customer", "stripe.customers.create({ email })"],
      ["a setup intent", "stripe.setupIntents.create({ customer })"],
      ["a hosted checkout page", "stripe.checkout.sessions.create({ mode: 'payment' })"],
      ["a confirmation", "stripe.paymentIntents.confirm(id)"],
      ["a capture", "stripe.paymentIntents.capture(id)"],
      ["a read", "stripe.refunds.retrieve(id)"],
      ["a price", "stripe.prices.create({ unit_amount: 100 })"],
      ["a database row named like a refund", "db.refunds.create({ charge: c })"],
      ["a comment", "// stripe.refunds.create({ charge })"],
    ]),
  );
});

describe("silent: HTTP requests", () => {
  silentOn(RULE, [
    [
      "the header",
      `fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { "Idempotency-Key": id }, body })`,
    ],
    [
      "the header in another case",
      `fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { "idempotency-key": id } })`,
    ],
    [
      "the header set on a Headers object",
      `const h = new Headers({ a: "b" }); h.set("Idempotency-Key", id); fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: h })`,
    ],
    [
      "headers from a helper of another file",
      `import { headers } from "./h"; fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: headers() })`,
    ],
    [
      "MintCash: externalId in the body",
      `fetch("https://api.mintcash.me/payments", { method: "POST", body: JSON.stringify({ amount: 1, externalId: order.id }) })`,
    ],
    [
      "Paystack: a reference",
      `axios.post("https://api.paystack.co/transfer", { amount: 1, recipient, reference: id }, { headers: { authorization } })`,
    ],
    [
      "a reference added later",
      `const body = { amount: 1, recipient }; body.reference = id; axios.post("https://api.paystack.co/transfer", body)`,
    ],
    [
      "a reference spread in when present",
      `axios.post("https://api.paystack.co/transfer", { amount: 1, ...(ref ? { reference: ref } : {}) })`,
    ],
    [
      "PayPal payouts: the batch id, one object down",
      `fetch("https://api-m.paypal.com/v1/payments/payouts", { method: "POST", headers: { authorization }, body: JSON.stringify({ sender_batch_header: { sender_batch_id: invoice.id }, items }) })`,
    ],
    [
      "a body from a parameter",
      `import axios from "axios"; export const send = (body) => axios.post("https://api.paystack.co/transfer", body)`,
    ],
    ["a read", `fetch("https://api.paymongo.com/v1/refunds")`],
    [
      "a token",
      `fetch("https://api-m.paypal.com/v1/oauth2/token", { method: "POST", headers: { authorization } })`,
    ],
    [
      "a cancellation",
      `axios.post("https://api.paymongo.com/v1/payment_intents/1/cancel", {}, { headers: { authorization } })`,
    ],
    [
      "a page that posts to its own server",
      `fetch("/api/refunds", { method: "POST", body: JSON.stringify({ amount }) })`,
    ],
    [
      "M-Pesa's own key",
      `fetch("https://api.safaricom.co.ke/mpesa/b2c/v3/paymentrequest", { method: "POST", headers: { authorization }, body: JSON.stringify({ Amount: 1, OriginatorConversationID: payout.id }) })`,
    ],
    [
      "a page's own key from the clock",
      `fetch("/api/offers", { method: "POST", headers: { "idempotency-key": "o-" + Date.now() }, body })`,
    ],
    [
      "a route of our own",
      `import express from "express"; const app = express(); app.post("/refunds", (req, res) => res.json({ amount: 1 }))`,
    ],
  ]);
});

describe("silent: keys that stay the same", () => {
  silentOn(
    RULE,
    stripe([
      ["of the order", "stripe.charges.create(p, { idempotencyKey: `order-${order.id}` })"],
      [
        "drawn once by the caller",
        "import { randomUUID } from 'crypto'; const key = randomUUID(); stripe.charges.create(p, { idempotencyKey: key })",
      ],
      [
        "made from the clock and stored",
        "async () => { const key = `c-${Date.now()}`; await db.attempt.create({ data: { key } }); await stripe.charges.create(p, { idempotencyKey: key }) }",
      ],
    ]),
  );
});

describe("reported: no key", () => {
  reportsOn(RULE, [
    ...stripe([
      ["only the parameters", "stripe.refunds.create({ charge: c })", "stripe.refunds.create"],
      [
        "only the connected account",
        "stripe.payouts.create(p, { stripeAccount: a })",
        "stripe.payouts.create",
      ],
      ["empty options", "stripe.transfers.create(p, {})", "stripe.transfers.create"],
      ["a subscription", "stripe.subscriptions.create({ customer })", "stripe.subscriptions.create"],
    ]),
    [
      "required and called at once",
      `const stripe = require("stripe")(key); stripe.charges.create({ amount: 1 })`,
      "stripe.charges.create",
    ],
    [
      "a client of another file",
      `const stripe = require("../config/stripe"); stripe.charges.create({ amount: 1 })`,
      "stripe.charges.create",
    ],
    [
      "a parameter typed as the client",
      `import type Stripe from "stripe"; export const refund = (client: Stripe) => client.refunds.create({ charge })`,
      "client.refunds.create",
    ],
    [
      "an injected client",
      `import Stripe from "stripe"; class Pay { constructor(private stripe: Stripe) {} run() { this.stripe.refunds.create({}) } }`,
      "this.stripe.refunds.create",
    ],
    [
      "fetch",
      `fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { authorization } })`,
      "fetch",
    ],
    [
      "fetch, the base URL from the environment",
      "fetch(`${process.env.PAYMONGO_URL}/v1/refunds`, { method: 'POST', headers: { authorization } })",
      "fetch",
    ],
    [
      "axios",
      `import axios from "axios"; axios.post("https://api.paystack.co/transfer", { amount: 1, recipient })`,
      "axios.post",
    ],
    [
      "an axios instance",
      `import axios from "axios"; const api = axios.create({ baseURL: "https://api.paystack.co" }); api.post("/transfer", { amount: 1 })`,
      "api.post",
    ],
    [
      "axios with one object",
      `import axios from "axios"; axios({ method: "post", url: "https://api.paystack.co/transfer", data: { amount: 1 } })`,
      "axios",
    ],
    [
      "Nest's HttpService",
      `import { HttpService } from "@nestjs/axios"; class Pay { constructor(private http: HttpService) {} run() { return this.http.post("https://api.paystack.co/transfer", { amount: 1 }) } }`,
      "this.http.post",
    ],
    [
      "a client with a base of its own, in a class named after the provider",
      `import { HttpService } from "@nestjs/axios"; class PaystackService { constructor(private http: HttpService) {} run() { return this.http.post("/transfer", { amount: 1 }) } }`,
      "this.http.post",
    ],
    [
      "a PayPal order",
      "fetch(`${base}/v2/checkout/orders`, { method: 'POST', headers: { authorization }, body: PAYPAL_ORDER }); const id = process.env.PAYPAL_CLIENT_ID",
      "fetch",
    ],
    [
      "a path that says how many it pays",
      "import axios from 'axios'; axios.post(`${process.env.BANK}/disbursements/single`, { amount: 5 }, { headers: { Authorization: k } })",
      "axios.post",
    ],
    [
      "a provider without a file",
      "import axios from 'axios'; axios.post(`${process.env.GATEWAY}/refunds`, { amount: 5 }, { headers: { Authorization: `Bearer ${k}` } })",
      "axios.post",
    ],
  ]);
});

describe("reported: keys without effect", () => {
  reportsOn(RULE, [
    ...stripe([
      ["among the parameters", "stripe.charges.create({ amount: 1, idempotency_key: id })", "id"],
      [
        "from the clock",
        "stripe.charges.create(p, { idempotencyKey: `c-${Date.now()}` })",
        "`c-${Date.now()}`",
      ],
      [
        "from a date, one line up",
        "const key = 'c-' + new Date().getTime(); stripe.charges.create(p, { idempotencyKey: key })",
        "key",
      ],
      [
        "drawn anew inside the retry",
        "import { randomUUID } from 'crypto'; retry(() => stripe.charges.create(p, { idempotencyKey: randomUUID() }))",
        "randomUUID()",
      ],
      [
        "drawn anew in a loop",
        "import { randomUUID } from 'crypto'; while (again) { stripe.charges.create(p, { idempotencyKey: randomUUID() }) }",
        "randomUUID()",
      ],
    ]),
    [
      "a header from the clock, where another file decides what is asked for",
      "export const post = (path) => fetch(`${process.env.GATEWAY}${path}`, { method: 'POST', headers: { 'Idempotency-Key': `${path}-${Date.now()}` } })",
      "`${path}-${Date.now()}`",
    ],
    [
      "a header from the clock",
      `fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { "Idempotency-Key": String(Date.now()) } })`,
      "String(Date.now())",
    ],
  ]);
});

it("says what is wrong, where, and how the provider takes the key", () => {
  const code = `${STRIPE}\nawait stripe.refunds.create(\n  { charge },\n);\nawait fetch("https://api.mintcash.me/payments", { method: "POST" });`;
  const { findings } = lintWith(RULE, code);
  expect(findings.map((finding) => placeOf(code, finding))).toEqual(["2:7-2:28", "5:7-5:12"]);
  expect(findings.map(({ messageId, severity }) => [messageId, severity])).toEqual([
    ["missingWithRetries", "warning"],
    ["missingRequired", "error"],
  ]);
  expect(findings[0]!.message).toContain("the request option idempotencyKey");
  expect(findings[1]!.message).toContain("MintCash refuses it");
  expect(findings[1]!.message).toContain("the body field externalId");
});

it("leaves an SDK that retries with keys of its own alone when the option says so", () => {
  const missing = `${STRIPE}stripe.refunds.create({ charge })`;
  const changing = `${STRIPE}stripe.refunds.create({ charge }, { idempotencyKey: String(Date.now()) })`;
  expect([true, false].map((sdkRetries) => isReported(RULE, missing, { sdkRetries }))).toEqual([true, false]);
  expect(isReported(RULE, changing, { sdkRetries: false })).toBe(true);
});
