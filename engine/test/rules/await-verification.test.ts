import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "await-verification";

const STRIPE = (body: string) => `import Stripe from "stripe";
  const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
  export async function POST(request) {
    const body = await request.text();
    const signature = request.headers.get("stripe-signature");
    ${body}
  }`;
const CONSTRUCT = `stripe.webhooks.constructEventAsync(body, signature, process.env.WHSEC)`;

const SQUARE = (body: string) => `import { WebhooksHelper } from "square";
  export async function squareWebhook(req, res) {
    const signatureHeader = req.headers["x-square-hmacsha256-signature"];
    ${body}
    res.sendStatus(200);
  }`;
const HELPER = `WebhooksHelper.verifySignature({ requestBody: req.rawBody, signatureHeader, signatureKey: process.env.SQUARE_KEY, notificationUrl: URL })`;

const OWN = (verifier: string, body: string) => `import { createHmac, timingSafeEqual } from "node:crypto";
  ${verifier}
  export async function handler(req, res) {
    const signature = req.headers["x-signature"];
    ${body}
    await fulfil(JSON.parse(req.rawBody));
    res.sendStatus(200);
  }`;
const MAC = `createHmac("sha256", process.env.WEBHOOK_SECRET).update(rawBody).digest()`;
const COMPARES = `const expected = ${MAC}; return timingSafeEqual(expected, Buffer.from(signature, "hex"));`;
const BOOLEAN = `function verifySignature(rawBody, signature) { ${COMPARES} }`;
const THROWS = `function verifySignature(rawBody, signature) { const expected = ${MAC}; if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) throw new Error("forged"); }`;
const CALL = `verifySignature(req.rawBody, signature)`;

describe("silent: the outcome is waited for and looked at", () => {
  silentOn(RULE, [
    ["awaited", STRIPE(`const event = await ${CONSTRUCT}; return handle(event);`)],
    [
      "the promise has a name",
      STRIPE(`const promise = ${CONSTRUCT}; const event = await promise; return handle(event);`),
    ],
    [
      "awaited together",
      STRIPE(`const [event] = await Promise.all([${CONSTRUCT}, load()]); return handle(event);`),
    ],
    ["handled by then", STRIPE(`${CONSTRUCT}.then((event) => handle(event)).catch(() => refuse());`)],
    ["returned to the caller", STRIPE(`return ${CONSTRUCT};`)],
    ["given to a wrapper", STRIPE(`const event = await attempt(() => ${CONSTRUCT}); return handle(event);`)],
    ["given to a function", STRIPE(`const event = await attempt(${CONSTRUCT}); return handle(event);`)],
    [
      "caught and awaited",
      STRIPE(
        `const event = await ${CONSTRUCT}.catch(() => null); if (!event) return refuse(); return handle(event);`,
      ),
    ],
    [
      "the sync call",
      STRIPE(
        `const event = stripe.webhooks.constructEvent(body, signature, process.env.WHSEC); return handle(event);`,
      ),
    ],
    [
      "the sync call as a statement throws",
      STRIPE(`stripe.webhooks.constructEvent(body, signature, process.env.WHSEC); return handle(body);`),
    ],
    ["an awaited statement rejects", STRIPE(`await ${CONSTRUCT}; return handle(body);`)],
    ["the promise's boolean is tested", SQUARE(`if (!(await ${HELPER})) return res.sendStatus(401);`)],
    [
      "the promise's boolean has a name",
      SQUARE(`const isValid = await ${HELPER}; if (!isValid) return res.sendStatus(401);`),
    ],
    [
      "every secret is tried",
      SQUARE(
        `const verdicts = await Promise.all(KEYS.map((signatureKey) => WebhooksHelper.verifySignature({ requestBody: req.rawBody, signatureHeader, signatureKey, notificationUrl: URL }))); if (!verdicts.some(Boolean)) return res.sendStatus(401);`,
      ),
    ],
    [
      "some secret fits",
      OWN(
        BOOLEAN,
        `if (![A, B].some((secret) => verifySignature(req.rawBody, signature, secret))) return res.sendStatus(401);`,
      ),
    ],
    ["a verifier of our own is tested", OWN(BOOLEAN, `if (!${CALL}) return res.sendStatus(401);`)],
    ["its verdict is handed on", OWN(BOOLEAN, `req.verified = ${CALL};`)],
    ["its verdict is asserted", OWN(BOOLEAN, `assert(${CALL});`)],
    ["it throws", OWN(THROWS, `${CALL};`)],
    ["it rejects", OWN(`async ${THROWS}`, `await ${CALL};`)],
    ["its promise is awaited", OWN(`async ${BOOLEAN}`, `if (!(await ${CALL})) return res.sendStatus(401);`)],
    [
      "it answers the request by itself",
      OWN(
        `function verifySignature(rawBody, signature, res) { if (!timingSafeEqual(${MAC}, Buffer.from(signature))) { res.sendStatus(401); return false; } return true; }`,
        `verifySignature(req.rawBody, signature, res);`,
      ),
    ],
    [
      "a middleware hands on",
      `import { createHmac, timingSafeEqual } from "node:crypto"; export function verifySignature(req, res, next) { if (!timingSafeEqual(createHmac("sha256", process.env.KEY_SECRET).update(req.rawBody).digest(), Buffer.from(req.headers["x-signature"], "hex"))) return res.sendStatus(401); next(); } export function guard(req, res, next) { verifySignature(req, res, next); }`,
    ],
    [
      "it cannot be opened",
      `import { verifySignature } from "./verify"; export async function handler(req, res) { verifySignature(req.rawBody, req.headers["x-signature"]); res.sendStatus(200); }`,
    ],
    [
      "no verifier by what it does",
      `async function verifyEvent(event) { return event.type !== ""; } export function handler(req) { if (verifyEvent(req.body)) return 1; }`,
    ],
    [
      "something to do afterwards",
      OWN(
        `async function processWebhook(rawBody, signature) { if (!timingSafeEqual(${MAC}, Buffer.from(signature))) return; await prisma.order.update({ where: { id: 1 }, data: { status: "paid" } }); }`,
        `void processWebhook(req.rawBody, signature);`,
      ),
    ],
    [
      "received where it is verified",
      `import { Webhooks } from "@octokit/webhooks"; const webhooks = new Webhooks({ secret: process.env.SECRET }); export function handler(req, res) { webhooks.verifyAndReceive({ id: req.headers["x-github-delivery"], payload: req.rawBody, signature: req.headers["x-hub-signature-256"] }); res.sendStatus(202); }`,
    ],
    [
      "time is taken for a length that differs",
      `import { timingSafeEqual } from "node:crypto"; export function isSame(signature, expected) { if (signature.length !== expected.length) { timingSafeEqual(expected, expected); return false; } return timingSafeEqual(signature, expected); }`,
    ],
    [
      "time is taken against zeros",
      `import { timingSafeEqual } from "node:crypto"; export function isSame(signature, expected) { if (signature.length !== expected.length) { timingSafeEqual(expected, Buffer.alloc(expected.length)); return false; } return timingSafeEqual(signature, expected); }`,
    ],
    [
      "WebCrypto, awaited",
      `export async function POST(request) { const valid = await crypto.subtle.verify("HMAC", KEY, bytes(request.headers.get("x-signature")), await request.arrayBuffer()); if (!valid) return new Response(null, { status: 401 }); }`,
    ],
    [
      "a token",
      `export function POST(req, res) { req.headers["x-callback-token"] === process.env.CALLBACK_TOKEN; }`,
    ],
  ]);
  silentOn(RULE, [["a test", STRIPE(`if (${CONSTRUCT}) return 1;`)]], "src/webhook.test.ts");
});

describe("reports: nothing waits for the promise", () => {
  reportsOn(RULE, [
    [
      "its event is read",
      STRIPE(`const event = ${CONSTRUCT}; switch (event.type) { default: return 1; }`),
      CONSTRUCT,
    ],
    [
      "its event is taken apart",
      STRIPE(`const { type, data } = ${CONSTRUCT}; return handle(type, data);`),
      CONSTRUCT,
    ],
    ["dropped", STRIPE(`${CONSTRUCT}; return handle(body);`), CONSTRUCT],
    ["tested", SQUARE(`if (!${HELPER}) return res.sendStatus(401);`), HELPER],
    [
      "tested by name",
      SQUARE(`const isValid = ${HELPER}; if (!isValid) return res.sendStatus(401);`),
      HELPER,
    ],
    [
      "one of two conditions",
      SQUARE(`if (!signatureHeader || !${HELPER}) return res.sendStatus(401);`),
      HELPER,
    ],
    [
      "WebCrypto",
      `export async function POST(request) { const data = await request.arrayBuffer(); if (!crypto.subtle.verify("HMAC", KEY, bytes(request.headers.get("x-signature")), data)) return new Response(null, { status: 401 }); }`,
      `crypto.subtle.verify("HMAC", KEY, bytes(request.headers.get("x-signature")), data)`,
    ],
    [
      "Octokit",
      `import { verify } from "@octokit/webhooks-methods"; export async function handler(req, res) { if (!verify(process.env.SECRET, req.rawBody, req.headers["x-hub-signature-256"])) return res.sendStatus(401); }`,
      `verify(process.env.SECRET, req.rawBody, req.headers["x-hub-signature-256"])`,
    ],
    ["a verifier of our own", OWN(`async ${BOOLEAN}`, `if (!${CALL}) return res.sendStatus(401);`), CALL],
    [
      "one that rejects",
      OWN(`async ${THROWS}`, `try { ${CALL}; } catch { return res.sendStatus(401); }`),
      CALL,
    ],
    [
      "one that answers WebCrypto's promise",
      `function verifySignature(body, signature) { return crypto.subtle.verify("HMAC", KEY, signature, body); } export async function POST(request) { const body = await request.arrayBuffer(); if (!verifySignature(body, bytes(request.headers.get("x-signature")))) return new Response(null, { status: 401 }); }`,
      `verifySignature(body, bytes(request.headers.get("x-signature")))`,
    ],
    [
      "a list's test",
      SQUARE(
        `const isValid = KEYS.some((signatureKey) => WebhooksHelper.verifySignature({ requestBody: req.rawBody, signatureHeader, signatureKey, notificationUrl: URL })); if (!isValid) return res.sendStatus(401);`,
      ),
      `WebhooksHelper.verifySignature({ requestBody: req.rawBody, signatureHeader, signatureKey, notificationUrl: URL })`,
    ],
    [
      "a list's async test",
      SQUARE(
        `const isValid = KEYS.some(async (signatureKey) => await WebhooksHelper.verifySignature({ requestBody: req.rawBody, signatureHeader, signatureKey, notificationUrl: URL })); if (!isValid) return res.sendStatus(401);`,
      ),
      `WebhooksHelper.verifySignature({ requestBody: req.rawBody, signatureHeader, signatureKey, notificationUrl: URL })`,
    ],
  ]);
});

describe("reports: nothing looks at the outcome", () => {
  reportsOn(RULE, [
    ["a promise's boolean", SQUARE(`await ${HELPER};`), HELPER],
    ["a promise's boolean in a name", SQUARE(`const isValid = await ${HELPER};`), HELPER],
    ["a boolean", OWN(BOOLEAN, `${CALL};`), CALL],
    [
      "a boolean that is never thrown",
      OWN(BOOLEAN, `try { ${CALL}; } catch { return res.sendStatus(401); }`),
      CALL,
    ],
    ["an awaited boolean", OWN(`async ${BOOLEAN}`, `await ${CALL};`), CALL],
    [
      "timingSafeEqual",
      OWN("", `timingSafeEqual(${MAC.replace("rawBody", "req.rawBody")}, Buffer.from(signature));`),
      `timingSafeEqual(${MAC.replace("rawBody", "req.rawBody")}, Buffer.from(signature))`,
    ],
    [
      "timingSafeEqual before true",
      `import { timingSafeEqual } from "node:crypto"; export function isSame(signature, expected) { timingSafeEqual(signature, expected); return true; }`,
      "timingSafeEqual(signature, expected)",
    ],
    [
      "Razorpay's SDK",
      `import { validateWebhookSignature } from "razorpay/dist/utils/razorpay-utils"; export function handler(req, res) { validateWebhookSignature(req.rawBody, req.headers["x-razorpay-signature"], process.env.SECRET); res.sendStatus(200); }`,
      `validateWebhookSignature(req.rawBody, req.headers["x-razorpay-signature"], process.env.SECRET)`,
    ],
  ]);
});

it("says which of the two it is", () => {
  expect(lintWith(RULE, SQUARE(`if (${HELPER}) go();`)).findings[0]?.message).toMatch(
    /^This check answers a promise/,
  );
  expect(lintWith(RULE, SQUARE(`await ${HELPER};`)).findings[0]?.message).toMatch(
    /^The outcome of this check/,
  );
});
