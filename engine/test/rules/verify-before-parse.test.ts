import { describe, expect, it } from "vitest";
import { type Case, isReported, lintWith, placeOf, reportsOn, silentOn } from "./lint.ts";

const RULE = "verify-before-parse";
const CRYPTO = `import { createHmac, timingSafeEqual } from "node:crypto"; `;
const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;

/** A handler that computes a MAC over an input and compares it with the header. */
function macOver(cases: readonly Case[]): Case[] {
  return cases.map(([what, input, ...reported]) => [
    what,
    `${CRYPTO}app.post("/hook", (req, res) => { const mac = createHmac("sha256", key).update(${input}).digest("hex"); if (mac !== req.headers["x-signature"]) return; });`,
    ...reported,
  ]);
}

describe("silent: the bytes that were received", () => {
  silentOn(RULE, [
    ...macOver([
      ["kept by a parser's callback", "req.rawBody"],
      ["with the time", "`${req.headers['x-time']}.${req.rawBody}`"],
      ["of a raw route", "req.body"],
      ["of a raw route, as text", "req.body.toString('utf8')"],
      ["raw where there are raw bytes", "req.rawBody ?? JSON.stringify(req.body)"],
    ]),
    [
      "text, verified, then parsed",
      `${CRYPTO}export async function POST(request) { const raw = await request.text(); if (createHmac("sha256", k).update(raw).digest("hex") !== request.headers.get("x-sig")) return; const event = JSON.parse(raw); }`,
    ],
    [
      "constructEvent of the text",
      `${STRIPE}export async function POST(request) { const raw = await request.text(); const event = stripe.webhooks.constructEvent(raw, request.headers.get("stripe-signature"), s) }`,
    ],
    [
      "constructEvent of a body that may be raw",
      `${STRIPE}export const hook = (req, res) => stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], s)`,
    ],
    [
      "a placeholder before the event",
      `${STRIPE}export async function POST(request) { const body = await request.text(); let event = JSON.parse(body); event = stripe.webhooks.constructEvent(body, request.headers.get("stripe-signature"), s); act(event) }`,
    ],
    [
      "NestJS's raw body",
      `${CRYPTO}class C { hook(@Req() req: RawBodyRequest<Request>, @Headers("x-sig") sig: string) { return createHmac("sha256", k).update(req.rawBody).digest("hex") === sig } }`,
    ],
    [
      "Lambda's body is text",
      `${CRYPTO}export const handler = async (event) => createHmac("sha256", k).update(event.body).digest("hex") === event.headers["x-sig"]`,
    ],
    [
      "bytes handed on",
      `export async function POST(request) { await queue.send({ raw: await request.text(), headers: request.headers }) }`,
    ],
  ]);
});

describe("silent: schemes that want parsed data", () => {
  silentOn(RULE, [
    ...macOver([
      ["sorted by a helper of another file", "JSON.stringify(sortKeys(req.body))"],
      ["sorted by a list of keys", "JSON.stringify(req.body, Object.keys(req.body).sort())"],
      ["chosen fields", "JSON.stringify({ id: req.body.id, amount: req.body.amount })"],
      ["two ids", "req.body.order_id + '|' + req.body.payment_id"],
    ]),
    [
      "sorted by a helper of the file",
      `${CRYPTO}const sorted = (o) => Object.keys(o).sort().reduce((r, k) => ({ ...r, [k]: o[k] }), {}); export async function POST(req) { const b = await req.json(); return createHmac("sha512", k).update(JSON.stringify(sorted(b))).digest("hex") === req.headers.get("x-sig") }`,
    ],
    [
      "NOWPayments' header",
      `${CRYPTO}export async function POST(req) { const b = await req.json(); return createHmac("sha512", k).update(JSON.stringify(b)).digest("hex") === req.headers.get("x-nowpayments-sig") }`,
    ],
    [
      "a helper of another file that takes the parsed body",
      `import { verifySignature } from "./v"; export async function POST(req) { const b = await req.json(); return verifySignature(b, req.headers.get("x-sig")) }`,
    ],
    [
      "a token signs nothing",
      `export async function POST(req) { const b = await req.json(); if (req.headers.get("x-callback-token") !== process.env.TOKEN) return }`,
    ],
  ]);
});

describe("silent: nothing is verified", () => {
  silentOn(RULE, [
    [
      "a message of our own is signed",
      `${CRYPTO}export function deliver(event) { const sig = createHmac("sha256", k).update(JSON.stringify(event)).digest("hex"); return fetch(url, { method: "POST", headers: { "x-sig": sig } }) }`,
    ],
    [
      "a signer",
      `${CRYPTO}export const sign = (payload) => createHmac("sha256", k).update(JSON.stringify(payload)).digest("hex")`,
    ],
    [
      "a deep copy beside a MAC",
      `${CRYPTO}export const f = (req) => { const copy = JSON.parse(JSON.stringify(req.body)); return createHmac("sha256", k).update(req.rawBody).digest("hex") === req.headers["x-sig"] }`,
    ],
    [
      "a hash of the request",
      `import { createHash } from "crypto"; export const key = (req) => createHash("sha256").update(JSON.stringify(req.body)).digest("hex")`,
    ],
  ]);
});

describe("silent: parsers in an order that works", () => {
  const app = `import express from "express"; const app = express(); `;
  silentOn(RULE, [
    [
      "the raw route first",
      `${app}app.post("/hook", express.raw({ type: "*/*" }), h); app.use(express.json());`,
    ],
    [
      "a callback keeps the bytes",
      `${app}app.use(express.json({ verify: keep })); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
    [
      "JSON for other paths only",
      `${app}app.use("/api", express.json()); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
    [
      "JSON on a route",
      `${app}app.post("/a", express.json(), a); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
    [
      "chosen per request",
      `${app}app.use((req, res, next) => (req.path === "/hook" ? next() : express.json()(req, res, next))); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
    [
      "another app's parser",
      `${app}const other = express(); other.use(express.json()); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
    [
      "raw bytes of pictures",
      `${app}app.use(express.json()); app.use("/pictures", express.raw({ type: "image/*" }), h);`,
    ],
    [
      "a raw parser before both",
      `${app}app.use("/hook", express.raw({ type: "*/*" })); app.use(express.json()); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
    [
      "only for other types",
      `${app}app.use(express.json({ type: "application/vnd.api+json" })); app.post("/hook", express.raw({ type: "*/*" }), h);`,
    ],
  ]);
});

describe("reported: made into text again", () => {
  reportsOn(RULE, [
    ...macOver([
      ["inline", "JSON.stringify(req.body)", "JSON.stringify(req.body)"],
      ["with the time", "`${req.headers['x-time']}.${JSON.stringify(req.body)}`", "JSON.stringify(req.body)"],
      ["as a buffer", "Buffer.from(JSON.stringify(req.body), 'utf8')", "JSON.stringify(req.body)"],
      ["indented", "JSON.stringify(req.body, null, 2)", "JSON.stringify(req.body, null, 2)"],
    ]),
    [
      "some lines up, by another name",
      `${CRYPTO}export const hook = (req) => { const { body } = req; const event = body; const text = JSON.stringify(event); const mac = createHmac("sha512", k).update(text).digest("hex"); return mac === req.headers["x-sig"] }`,
      "JSON.stringify(event)",
    ],
    [
      "Next.js",
      `${CRYPTO}export async function POST(request) { const body = await request.json(); const mac = createHmac("sha256", k).update(JSON.stringify(body)).digest("hex"); if (mac !== request.headers.get("x-sig")) return }`,
      "JSON.stringify(body)",
    ],
    [
      "Hono",
      `${CRYPTO}app.post("/", async (c) => { const body = await c.req.json(); return createHmac("sha256", k).update(JSON.stringify(body)).digest("hex") === c.req.header("x-sig") })`,
      "JSON.stringify(body)",
    ],
    [
      "NestJS: a body parameter",
      `${CRYPTO}class C { hook(@Body() body: any, @Headers("x-sig") sig: string) { return createHmac("sha256", k).update(JSON.stringify(body)).digest("hex") === sig } }`,
      "JSON.stringify(body)",
    ],
    [
      "a guard",
      `${CRYPTO}class G { canActivate(context) { const request = context.switchToHttp().getRequest(); return this.check(request.body, request.headers["x-sig"]) } private check(body, signature) { return createHmac("sha256", k).update(JSON.stringify(body)).digest("hex") === signature } }`,
      "JSON.stringify(body)",
    ],
    [
      "a helper whose callers stand elsewhere",
      `${CRYPTO}export function verify(payload, signature) { const mac = createHmac("sha256", k).update(JSON.stringify(payload)).digest("hex"); return timingSafeEqual(Buffer.from(mac), Buffer.from(signature)) }`,
      "JSON.stringify(payload)",
    ],
    [
      "update and digest apart",
      `${CRYPTO}export const f = (req) => { const h = createHmac("sha256", k); h.update(JSON.stringify(req.body)); return h.digest("hex") === req.headers["x-sig"] }`,
      "JSON.stringify(req.body)",
    ],
    [
      "for a verifier of another file",
      `import { verifySignature } from "./v"; export const f = (req) => verifySignature(JSON.stringify(req.body), req.headers["x-sig"], k)`,
      "JSON.stringify(req.body)",
    ],
    [
      "a Lambda's text, once more",
      `${CRYPTO}export const handler = async (event) => createHmac("sha256", k).update(JSON.stringify(event.body)).digest("hex") === event.headers["x-sig"]`,
      "JSON.stringify(event.body)",
    ],
    [
      "for an SDK",
      `${STRIPE}export const f = (req) => stripe.webhooks.constructEvent(JSON.stringify(req.body), req.headers["stripe-signature"], s)`,
      "JSON.stringify(req.body)",
    ],
    [
      "WebCrypto",
      `export async function f(req) { const body = await req.json(); const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(JSON.stringify(body))); return hex(mac) === req.headers.get("x-sig") }`,
      "JSON.stringify(body)",
    ],
  ]);
});

describe("reported: the header taken apart by a helper of another file", () => {
  reportsOn(RULE, [
    [
      "its parts are what was received",
      `${CRYPTO}import { signatureParts } from "./s"; export const f = (req) => { const { t, li } = signatureParts(req.get("paymongo-signature")); const mac = createHmac("sha256", k).update(t + "." + JSON.stringify(req.body)).digest("hex"); return mac === li }`,
      "JSON.stringify(req.body)",
    ],
  ]);
});

describe("reported: parsed for a verifier", () => {
  reportsOn(RULE, [
    [
      "request.json()",
      `${STRIPE}export async function POST(request) { const event = stripe.webhooks.constructEvent(await request.json(), request.headers.get("stripe-signature"), s) }`,
      "await request.json()",
    ],
    [
      "JSON.parse of the text",
      `${STRIPE}export async function POST(request) { const raw = await request.text(); const event = stripe.webhooks.constructEvent(JSON.parse(raw), request.headers.get("stripe-signature"), s) }`,
      "JSON.parse(raw)",
    ],
  ]);
});

describe("reported: a JSON parser before the raw route", () => {
  reportsOn(RULE, [
    [
      "express.json()",
      `import express from "express"; const app = express(); app.use(express.json()); app.post("/hook", express.raw({ type: "*/*" }), h);`,
      "express.json()",
    ],
    [
      "bodyParser.json()",
      `const express = require("express"); const bodyParser = require("body-parser"); const app = express(); app.use(bodyParser.json()); app.use("/hook", bodyParser.raw({ type: "*/*" }), h);`,
      "bodyParser.json()",
    ],
    [
      "with a size limit",
      `import express from "express"; const app = express(); app.use(express.json({ limit: "1mb" })); app.use("/hook", express.raw({ type: "*/*" }));`,
      `express.json({ limit: "1mb" })`,
    ],
    [
      "for a path above it",
      `import express from "express"; const app = express(); app.use("/api", express.json()); app.post("/api/hook", express.raw({ type: "*/*" }), h);`,
      "express.json()",
    ],
  ]);
});

it("says where the MAC is computed, and which raw parser comes too late", () => {
  const code = `${CRYPTO}\nexport const f = (req) =>\n  createHmac("sha256", k)\n    .update(JSON.stringify(req.body))\n    .digest("hex") === req.headers["x-sig"];`;
  const [finding] = lintWith(RULE, code).findings;
  expect(placeOf(code, finding!)).toBe("4:13-4:37");
  expect(finding!.related?.map((step) => placeOf(code, step))).toEqual(["3:3-4:38"]);
  const app = `import express from "express";\nconst app = express();\napp.use(express.json());\napp.post("/hook", express.raw(), h);`;
  const [order] = lintWith(RULE, app).findings;
  expect([placeOf(app, order!), placeOf(app, order!.related![0]!)]).toEqual(["3:9-3:23", "4:19-4:32"]);
});

it("leaves the order of parsers alone when the option says so", () => {
  const app = `import express from "express"; const app = express(); app.use(express.json()); app.post("/hook", express.raw(), h);`;
  expect([true, false].map((parserOrder) => isReported(RULE, app, { parserOrder }))).toEqual([true, false]);
});

describe("a body that the framework has parsed, for an SDK", () => {
  const hook = (path: string) =>
    `${STRIPE}export default async function hook(ctx) { return stripe.webhooks.constructEvent(ctx.${path}, ctx.request.headers["stripe-signature"], s) }`;
  const page = (config: string) =>
    `${STRIPE}${config}export default function hook(req, res) { return stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], s) }`;
  reportsOn(RULE, [["Koa and Strapi", hook("request.body"), "ctx.request.body"]]);
  silentOn(RULE, [
    ["the text that Koa's parser keeps", hook("request.rawBody")],
    ["the text that Strapi's parser keeps", hook("request.body[Symbol.for('unparsedBody')]")],
    [
      "set by the file",
      `${hook("request.body")}; app.use(async (ctx) => { ctx.request.body = await bytes(ctx.req) })`,
    ],
  ]);

  it("Next.js parses for a route under pages/api that does not turn it off", () => {
    const off = "export const config = { api: { bodyParser: false } }; ";
    const reported = (text: string, fileName: string) => lintWith(RULE, text, fileName).reported;
    expect(reported(page(""), "src/pages/api/hook.ts")).toEqual(["req.body"]);
    expect(reported(page(off), "src/pages/api/hook.ts")).toEqual([]);
    expect(reported(page(""), "src/routes/hook.ts")).toEqual([]);
  });
});

describe("parsed and acted on before the check", () => {
  const check = `if (createHmac("sha256", k).update(raw).digest("hex") !== request.headers.get("x-sig")) return;`;
  const hook = (before: string, after = "") =>
    `${CRYPTO}import { Resend } from "resend"; const resend = new Resend(k); export async function POST(request) { const raw = await request.text(); ${before} ${check} ${after} }`;
  reportsOn(RULE, [
    [
      "put on the request",
      `${CRYPTO}export async function gate(req, res, next) { req.body = JSON.parse(req.rawBody); if (createHmac("sha256", k).update(req.rawBody).digest("hex") !== req.headers["x-sig"]) return; next() }`,
      "req.body = JSON.parse(req.rawBody)",
    ],
    [
      "put on the request, by another name",
      `${CRYPTO}export async function gate(ctx, next) { const event = JSON.parse(ctx.request.rawBody); ctx.request.body = event; if (createHmac("sha256", k).update(ctx.request.rawBody).digest("hex") !== ctx.get("x-sig")) return; await next() }`,
      "ctx.request.body = event",
    ],
    [
      "mail sent",
      hook(`const event = JSON.parse(raw); await resend.emails.send({ to: event.email });`),
      "resend.emails.send({ to: event.email })",
    ],
  ]);
  silentOn(RULE, [
    ["parsed only", hook(`const event = JSON.parse(raw); console.log(event.id);`)],
    [
      "a look-up",
      hook(
        `const event = JSON.parse(raw); const shop = await db.shop.findUnique({ where: { id: event.shop } });`,
      ),
    ],
    ["something else sent", hook(`await resend.emails.send({ to: admin });`)],
    [
      "in a branch that leaves",
      hook(`if (skip) { await resend.emails.send({ to: JSON.parse(raw).email }); return; }`),
    ],
    ["acted on after", hook("", `await resend.emails.send({ to: JSON.parse(raw).email });`)],
    [
      "put on the request after",
      `${CRYPTO}export async function gate(req, res, next) { if (createHmac("sha256", k).update(req.rawBody).digest("hex") !== req.headers["x-sig"]) return; req.body = JSON.parse(req.rawBody); next() }`,
    ],
  ]);
});
