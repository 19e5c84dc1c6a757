import { describe, expect, it } from "vitest";
import { handlersOf } from "../../../src/observe/webhooks/handlers.ts";
import { flowOf } from "../../../src/flow/flow.ts";
import { parseJavaScript } from "../../../src/parse/javascript.ts";
import { flowFor } from "../../flow/paths.ts";
import { handlersIn, linkedHandlers } from "./describing.ts";

const EXPRESS = `import express from "express"; const app = express(); `;
const post = (path: string, body = "res.json({})") =>
  `${EXPRESS}app.post("${path}", async (req, res) => { ${body} });`;
const route = (body: string) => `export async function POST(request: Request) { ${body} }`;

describe("what says that events are received", () => {
  it.each<[string, string]>([
    ["a path", post("/webhook")],
    ["a path in kebab case", post("/web-hooks/acme")],
    ["a word of a path", post("/api/stripe-webhook")],
    ["IPN", post("/payments/ipn")],
    ["a payment's notification", post("/payment/notify")],
    ["a provider's callback", post("/paystack/callback")],
    ["a provider's hook", post("/hooks/razorpay")],
    [
      "the function's name",
      `${EXPRESS}app.post("/stripe", handleStripeWebhook); async function handleStripeWebhook(req, res) {}`,
    ],
    ["a method's name", `export class Payments { async paystackWebhook(req: Request, res: Response) {} }`],
    ["an exported function's name", `exports.onWebhook = async (req, res) => {}`],
    ["a member's name", `module.exports = { webhookHandler: async (req, res) => {} }`],
    ["a wrapped one", `export const handleWebhook = asyncHandler(async (req, res) => {})`],
    ["what a maker makes", `export function createWebhookHandler(deps) { return async (req, res) => {} }`],
    [
      "a known header",
      post("/events", `check(req.headers["paystack-signature"] ?? req.headers["x-paystack-signature"])`),
    ],
    ["a header that says signature", post("/in", `check(req.get("x-acme-signature"))`)],
    ["an SDK's verifier", post("/in", `stripe.webhooks.constructEvent(req.body, sig, key)`)],
  ])("%s", (_, code) => {
    expect(handlersIn(code)).toHaveLength(1);
  });
});

describe("no handlers", () => {
  it.each<[string, string, string?]>([
    ["another route", post("/orders")],
    ["a GET route", `${EXPRESS}app.get("/webhook", (req, res) => { res.json(list) });`],
    ["an OAuth callback", post("/auth/google/callback", `exchange(req.body.code)`)],
    ["a callback of nobody", post("/callback")],
    [
      "what sends webhooks",
      `export async function sendWebhook(url, event) { await fetch(url, { method: "POST", body: JSON.stringify(event) }) }`,
    ],
    ["what tries webhooks out", post("/webhooks/test")],
    ["deliveries of webhooks", post("/webhooks/:id/redeliver")],
    [
      "registered for a session",
      `${EXPRESS}app.post("/webhooks", requireAuth, async (req, res) => { await db.hooks.insert(req.body) });`,
    ],
    ["registered by somebody", post("/webhooks", `await db.insert({ owner: req.user.id })`)],
    [
      "a subscription's address",
      post("/webhooks", `const { url, events } = req.body; await hooks.insert({ url, events })`),
    ],
    [
      "a route of a workspace",
      `export const POST = withWorkspace(async ({ req, workspace }) => { await createWebhook(workspace) })`,
      "app/api/webhooks/route.ts",
    ],
    [
      "a route for people",
      route(`const session = await getServerSession(); save(session)`),
      "app/api/webhooks/route.ts",
    ],
    [
      "a verifying middleware",
      `export function verifyWebhook(req, res, next) { if (!ok(req)) return res.sendStatus(401); next() }`,
    ],
    ["a middleware of another name", `export const webhookGate = (req, res, next) => { next() }`],
    [
      "a middleware that hands on",
      `export const stripeWebhook = (handle) => (req, res, next) => { handle(req, res, next) }`,
    ],
    ["a service's method", `export class WebhookService { handleWebhook(event: Event) {} }`],
    ["a test", post("/webhook"), "src/app.test.ts"],
    ["a client that posts", `import axios from "axios"; axios.post("/webhook", (request, response) => {})`],
    [
      "a React hook",
      `export function useWebhook(request, response) { return useState() }`,
      "src/hooks/useWebhook.ts",
    ],
    ["a request for signed uploads", post("/uploads", `res.set("x-upload-signature", sign(req.body))`)],
    ["a page", `export default function WebhooksPage(props) {}`, "src/pages/webhooks.tsx"],
    [
      "a router of webhooks",
      `import { Router } from "express"; export default function webhookRoutes(app) { app.get("/webhooks", (req, res) => {}) }`,
      "src/api/webhooks.ts",
    ],
  ])("%s", (_, code, fileName) => {
    expect(handlersIn(code, fileName)).toEqual([]);
  });
});

describe("the sender", () => {
  it.each<[string, string, string]>([
    ["by a word of the path", post("/webhooks/stripe"), "stripe"],
    ["by two words of the path", post("/webhooks/checkout-com"), "checkout-com"],
    ["by the function's name", `exports.razorpayWebhook = (req, res) => {}`, "razorpay"],
    ["by a header", post("/webhook", `req.headers["paymongo-signature"]`), "paymongo"],
    [
      "by a verifier",
      `import Stripe from "stripe"; const s = new Stripe(k); ${post("/webhook", "s.webhooks.constructEvent(b, h, k)")}`,
      "stripe",
    ],
    ["by what is imported", `import Stripe from "stripe"; ${post("/webhook")}`, "stripe"],
    [
      "not by what is imported for another sender",
      `import Stripe from "stripe"; ${post("/webhooks/clerk")}`,
      "?",
    ],
    [
      "not of two that are imported",
      `import Stripe from "stripe"; import Razorpay from "razorpay"; ${post("/webhook")}`,
      "?",
    ],
    ["not by a header that anybody may use", post("/webhook", `req.headers["x-signature"]`), "?"],
    ["another kind of sender", post("/webhooks/github", `req.headers["x-hub-signature-256"]`), "?"],
  ])("%s", (_, code, provider) => {
    expect(handlersIn(code).map((each) => each.split(" ")[2])).toEqual([provider]);
  });
});

describe("where a handler is found", () => {
  const controller = `export const stripe = async (req, res) => { res.json({}) }`;
  const routes = `import express from "express"; import * as hooks from "./hooks"; const router = express.Router(); router.post("/webhook", hooks.stripe); export default router;`;

  it("in the file where it stands, with the route of the one that mounts it", () => {
    const files = { "hooks.ts": controller, "routes.ts": routes };
    expect(linkedHandlers(files, "hooks.ts")).toEqual(["express /webhook stripe"]);
    expect(linkedHandlers(files, "routes.ts")).toEqual([]);
    expect(handlersIn(controller)).toEqual([]);
  });

  it("behind a file that hands on its exports", () => {
    const files = {
      "hooks.ts": controller,
      "index.ts": `export * from "./hooks";`,
      "routes.ts": `import { Router } from "express"; import { stripe } from "./index"; Router().post("/webhook", stripe);`,
    };
    expect(linkedHandlers(files)).toEqual(["express /webhook stripe"]);
  });

  it.each([
    ["an arrow that hands everything on", `(req, res, next) => hooks.stripe(req, res, next)`],
    ["a wrapper of a package", `asyncHandler(hooks.stripe)`],
    ["a bound one", `hooks.stripe.bind(hooks)`],
  ])("through %s", (_, handler) => {
    const files = {
      "hooks.ts": controller,
      "app.ts": `import asyncHandler from "express-async-handler"; import * as hooks from "./hooks"; ${EXPRESS}app.post("/webhook", ${handler});`,
    };
    expect(linkedHandlers(files)).toEqual(["express /webhook stripe"]);
    expect(linkedHandlers(files, "app.ts")).toEqual([]);
  });

  it("in a class whose object is mounted", () => {
    const files = {
      "controller.ts": `export class Payments { async done(req, res) {} }`,
      "app.ts": `import { Payments } from "./controller"; const payments = new Payments(); ${EXPRESS}app.post("/webhook/paypal", payments.done);`,
    };
    expect(linkedHandlers(files)).toEqual(["express /webhook/paypal paypal"]);
  });

  it("once, however often it is found", () => {
    const code = `${EXPRESS}export const stripeWebhook = (req, res) => {}; app.post("/webhook", stripeWebhook);`;
    expect(handlersIn(code)).toEqual(["express /webhook stripe"]);
  });
});

it.each([
  ["its name", `export async function handleWebhook(req, res) {}`, "handleWebhook"],
  [
    "the constant that holds it",
    `export const handleWebhook: Handler = async (req, res) => {}`,
    "handleWebhook",
  ],
  ["the method's name", `export class C { handleWebhook(req, res) {} }`, "handleWebhook"],
  ["the call that mounts it", post("/webhook"), `app.post("/webhook"`],
  ["its member", `exports.webhook = (req, res) => {}`, "exports.webhook"],
])("is reported at %s", (_, code, text) => {
  expect(handlersOf(flowFor(code)).map(({ range }) => code.slice(range.start, range.end))).toEqual([text]);
});

it.each([
  `app.post("/webhook",`,
  `export class C { @Post( async`,
  `exports.webhook = (req, res`,
  `app.route().post(); app.post(...)`,
])("does not fail on half-typed code: %s", (code) => {
  const { module } = parseJavaScript({
    fileName: "src/file.ts",
    text: `${EXPRESS}\n${code}\n${post("/webhook")}`,
  });
  expect(() => module && handlersOf(flowOf(module))).not.toThrow();
});
