import { describe } from "vitest";
import { type Case, reportsOn, silentOn } from "./lint.ts";

const RULE = "require-webhook-verification";
const ROUTE = "app/api/webhooks/acme/route.ts";
const IMPORTS =
  'import { createHmac, timingSafeEqual } from "node:crypto"; import { prisma } from "@/lib/prisma"; ';
const PAY = 'await prisma.order.update({ where: { id: event.id }, data: { status: "paid" } });';
const MAC = 'const mac = createHmac("sha256", process.env.ACME_SECRET).update(body).digest("hex");';
const SAME = "timingSafeEqual(Buffer.from(mac), Buffer.from(signature))";
const DENY = 'return new Response("no", { status: 401 });';

/** A handler that reads body and signature, runs some code, parses and pays. */
function next(code: string, more = ""): string {
  return `${IMPORTS}${more} export async function POST(request: Request) { const body = await request.text(); const signature = request.headers.get("x-acme-signature") ?? ""; ${code} const event = JSON.parse(body); ${PAY} return new Response("ok"); }`;
}

function express(code: string, more = "", mount = "handle"): string {
  return `import express from "express"; ${IMPORTS}${more} const app = express(); async function handle(req, res) { const event = JSON.parse(req.body); ${code} ${PAY} res.sendStatus(200); } app.post("/webhooks/acme", express.raw({ type: "*/*" }), ${mount});`;
}

const inNext = (cases: readonly (readonly [string, string, string?])[]): Case[] =>
  cases.map(([what, code, more]) => [what, next(code, more)]);

describe("silent: checked in the handler", () => {
  silentOn(
    RULE,
    inNext([
      ["in a condition", `${MAC} if (!${SAME}) { ${DENY} }`],
      ["by a name", `${MAC} const ok = ${SAME}; if (!ok) { ${DENY} }`],
      ["with a length guard", `${MAC} if (mac.length !== signature.length || !${SAME}) { ${DENY} }`],
      ["compared with ===", `${MAC} if (mac === signature) {} else { ${DENY} }`],
      ["compared with !==", `${MAC} if (signature !== \`sha256=\${mac}\`) throw new Error("forged");`],
      ["by a flag", `${MAC} let ok = false; if (signature) { ok = ${SAME}; } if (!ok) { ${DENY} }`],
      [
        "by a flag of a loop",
        `let ok = false; for (const key of keys) { const mac = createHmac("sha256", key).update(body).digest("hex"); if (${SAME}) { ok = true; break; } } if (!ok) { ${DENY} }`,
      ],
      [
        "by one of several keys",
        `const ok = keys.some((key) => { const mac = createHmac("sha256", key).update(body).digest("hex"); return ${SAME}; }); if (!ok) { ${DENY} }`,
      ],
      ["by one of several signatures", `${MAC} if (!signature.split(",").includes(mac)) { ${DENY} }`],
      ["in a try", `${MAC} let ok; try { ok = ${SAME}; } catch { ok = false; } if (!ok) { ${DENY} }`],
      [
        "by WebCrypto",
        `const ok = await crypto.subtle.verify("HMAC", key, bytes(signature), encode(body)); if (!ok) { ${DENY} }`,
      ],
      [
        "by an XOR loop",
        `${MAC} let difference = 0; for (let i = 0; i < mac.length; i++) difference |= mac.charCodeAt(i) ^ signature.charCodeAt(i); if (difference !== 0) { ${DENY} }`,
      ],
      ["by a ternary", `${MAC} const ok = signature ? ${SAME} : false; if (!ok) { ${DENY} }`],
      [
        "noted, and refused",
        `${MAC} if (!${SAME}) { await prisma.attempt.create({ data: { body } }); ${DENY} }`,
      ],
      [
        "a token",
        `if (request.headers.get("x-callback-token") !== process.env.ACME_CALLBACK_TOKEN) { ${DENY} }`,
      ],
      [
        "a bearer token",
        "if (request.headers.get('authorization') !== `Bearer ${process.env.ACME_SECRET}`) return new Response('no', { status: 401 });",
      ],
    ]),
    ROUTE,
  );
});

describe("silent: checked by an SDK", () => {
  const stripe = 'import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);';
  silentOn(
    RULE,
    inNext([
      ["that throws", "stripe.webhooks.constructEvent(body, signature, secret);", stripe],
      [
        "that throws in a try",
        `try { stripe.webhooks.constructEvent(body, signature, secret); } catch { ${DENY} }`,
        stripe,
      ],
      ["that is awaited", "await stripe.webhooks.constructEventAsync(body, signature, secret);", stripe],
      [
        "of another file",
        "getStripe().webhooks.constructEvent(body, signature, secret);",
        'import { getStripe } from "@/lib/stripe";',
      ],
      [
        "whose promise is caught",
        `const checked = await stripe.webhooks.constructEventAsync(body, signature, secret).catch(() => null); if (!checked) { ${DENY} }`,
        stripe,
      ],
      [
        "that answers",
        `if (!(await verify(secret, body, signature))) { ${DENY} }`,
        'import { verify } from "@octokit/webhooks-methods";',
      ],
      [
        "JSON web tokens",
        "jwt.verify(signature, process.env.ACME_SECRET);",
        'import jwt from "jsonwebtoken";',
      ],
      ["Svix", "new Webhook(secret).verify(body, headers);", 'import { Webhook } from "svix";'],
    ]),
    ROUTE,
  );
});

describe("silent: checked by a function of the file", () => {
  const verify = (code: string, head = "function verify(body, signature)") => `${head} { ${MAC} ${code} }`;
  silentOn(
    RULE,
    inNext([
      ["that answers", `if (!verify(body, signature)) { ${DENY} }`, verify(`return ${SAME};`)],
      [
        "that answers in a class",
        `if (!new Check().verify(body, signature)) { ${DENY} }`,
        `class Check { verify(body, signature) { ${MAC} return ${SAME}; } }`,
      ],
      [
        "that answers true at the end",
        `if (!verify(body, signature)) { ${DENY} }`,
        verify(`if (!signature) return false; if (!${SAME}) return false; return true;`),
      ],
      ["that throws", "verify(body, signature);", verify(`if (!${SAME}) throw new Error("forged");`)],
      [
        "that throws later",
        "await verify(body, signature);",
        verify(`if (!${SAME}) throw new Error("forged");`, "async function verify(body, signature)"),
      ],
      [
        "that is asynchronous",
        `if (!(await verify(body, signature))) { ${DENY} }`,
        verify(`return ${SAME};`, "async function verify(body, signature)"),
      ],
      [
        "that answers a promise",
        `if (!(await verify(body, signature))) { ${DENY} }`,
        'const verify = (body, signature) => crypto.subtle.verify("HMAC", key, signature, body);',
      ],
      [
        "that answers an object",
        `const result = verify(body, signature); if (!result.ok) { ${DENY} }`,
        verify(`if (!${SAME}) return { ok: false, reason: "forged" }; return { ok: true };`),
      ],
      [
        "whose object is taken apart",
        `const { valid } = verify(body, signature); if (!valid) { ${DENY} }`,
        verify(`return { valid: ${SAME} };`),
      ],
      [
        "that answers an error",
        `const error = verify(body, signature); if (error) return error;`,
        verify(`if (!${SAME}) return new Response("no", { status: 401 }); return null;`),
      ],
      [
        "that answers the event",
        `const checked = verify(body, signature); if (!checked) { ${DENY} }`,
        verify(`if (!${SAME}) return null; return JSON.parse(body);`),
      ],
      [
        "that compares alone",
        `${MAC} if (!safeEqual(mac, signature)) { ${DENY} }`,
        "function safeEqual(a, b) { if (a.length !== b.length) return false; let d = 0; for (let i = 0; i < a.length; i++) d |= a.charCodeAt(i) ^ b.charCodeAt(i); return d === 0; }",
      ],
      [
        "that calls another",
        `if (!isGenuine(body, signature)) { ${DENY} }`,
        `${verify(`return ${SAME};`)} const isGenuine = (body, signature) => !!signature && verify(body, signature);`,
      ],
    ]),
    ROUTE,
  );
});

describe("silent: perhaps checked where it cannot be seen", () => {
  silentOn(
    RULE,
    inNext([
      [
        "a function that is given the signature",
        `if (!check(body, signature)) { ${DENY} }`,
        'import { check } from "./lib";',
      ],
      [
        "a function that is given the headers",
        "await open(request.headers, body);",
        'import { open } from "./lib";',
      ],
      ["a function that is given the request", "await open(request);", 'import { open } from "./lib";'],
      ["a service", `await this.service.handle(body, signature);`],
      [
        "a function by its name",
        `if (!(await verifyPayment(body))) { ${DENY} }`,
        'import { verifyPayment } from "./lib";',
      ],
      [
        "a session",
        `const session = await auth(); if (!session) { ${DENY} }`,
        'import { auth } from "./lib";',
      ],
      [
        "a look-up by a sent key",
        `const shop = await prisma.shop.findUnique({ where: { key: request.headers.get("x-key") } }); if (!shop) { ${DENY} }`,
      ],
      [
        "a list of addresses",
        `if (!ALLOWED.includes(request.headers.get("x-forwarded-for"))) { ${DENY} }`,
        'import { ALLOWED } from "./lib";',
      ],
      [
        "a header against a stored secret",
        `const shop = await prisma.shop.findFirst(); if (request.headers.get("x-token") !== shop.token) { ${DENY} }`,
      ],
      [
        "the provider is asked",
        "const payment = await stripe.paymentIntents.retrieve(JSON.parse(body).id);",
        'import Stripe from "stripe"; const stripe = new Stripe(key);',
      ],
      [
        "the provider is asked by HTTP",
        "const payment = await fetch(`https://api.paystack.co/transaction/verify/${JSON.parse(body).reference}`);",
      ],
      [
        "only in development",
        'if (process.env.NODE_ENV === "production") return new Response("no", { status: 404 });',
      ],
    ]),
    ROUTE,
  );
});

describe("silent: skipped under a condition, which is another rule's", () => {
  silentOn(
    RULE,
    inNext([
      ["without a header", `${MAC} if (signature && !${SAME}) { ${DENY} }`],
      ["without a secret", `if (process.env.ACME_SECRET) { ${MAC} if (!${SAME}) { ${DENY} } }`],
      ["in development", `${MAC} if (process.env.NODE_ENV === "production" && !${SAME}) { ${DENY} }`],
      [
        "in development, later",
        `${MAC} if (!${SAME}) { if (process.env.NODE_ENV === "production") { ${DENY} } }`,
      ],
      ["for one of two senders", `if (signature.length > 9) { ${MAC} if (!${SAME}) { ${DENY} } }`],
    ]),
    ROUTE,
  );
});

describe("silent: nothing is surely done", () => {
  silentOn(
    RULE,
    [
      [
        "it only logs",
        "export async function POST(request) { console.log(await request.json()); return new Response('ok'); }",
      ],
      [
        "it only reads",
        `${IMPORTS} export async function POST(request) { const { id } = await request.json(); return Response.json(await prisma.order.findUnique({ where: { id } })); }`,
      ],
      [
        "it hands the event on",
        'import { fulfil } from "./lib"; export async function POST(request) { await fulfil(await request.json()); return new Response("ok"); }',
      ],
      [
        "it hands bytes and headers to a queue",
        'import { queue } from "./queue"; export async function POST(request) { await queue.add("stripe", { body: await request.text(), signature: request.headers.get("stripe-signature") }); return new Response("ok"); }',
      ],
      [
        "it forwards bytes and headers",
        'export async function POST(request) { return fetch("https://api.example.com/webhooks", { method: "POST", body: await request.text(), headers: { "stripe-signature": request.headers.get("stripe-signature") } }); }',
      ],
      [
        "a promise of a later check",
        `${IMPORTS} export async function POST(request) { const event = await request.json(); await prisma.inbox.create({ data: event }); const mac = createHmac("sha256", process.env.S).update("x").digest("hex"); if (mac !== request.headers.get("x-acme-signature")) return new Response("no", { status: 401 }); return new Response("ok"); }`,
      ],
    ],
    ROUTE,
  );
});

describe("silent: checked before the handler", () => {
  const verify = `function verify(req, res, next) { const signature = req.get("x-signature"); const mac = createHmac("sha256", process.env.ACME_SECRET).update(req.body).digest("hex"); if (!${SAME}) return res.sendStatus(401); next(); }`;
  silentOn(RULE, [
    ["by a middleware", express("", verify, "verify, handle")],
    ["by one of another file", express("", 'import { verify } from "./verify";', "verify, handle")],
    [
      "by a middleware that is made",
      express(
        "",
        `const check = (key) => ${verify.replace("function verify", "function")};`,
        "check(key), handle",
      ),
    ],
    [
      "by a wrapper",
      express(
        "",
        `const checked = (handler) => async (req, res) => { const signature = req.get("x-signature"); ${MAC.replace("body", "req.body")} if (!${SAME}) return res.sendStatus(401); return handler(req, res); };`,
        "checked(handle)",
      ),
    ],
    [
      "on the router",
      express("", `${verify} app.use(verify);`)
        .replace("const app = express();", "")
        .replace('import express from "express";', 'import express from "express"; const app = express();'),
    ],
  ]);
});

/** A handler that a wrapper is handed together with the request, in the route's own arrow. */
function handed(given: string, parameters: string, body: string): string {
  return express(
    "",
    `async function run(${parameters}) { try { ${body} } catch (error) { res.sendStatus(400); } }`,
    `(req, res) => run(${given})`,
  );
}
const CHECKS = `const signature = req.get("x-signature"); const mac = createHmac("sha256", process.env.S).update(req.body).digest("hex"); if (!${SAME}) return res.sendStatus(401);`;

describe("silent: handed to a wrapper with the request", () => {
  silentOn(RULE, [
    ["that checks", handed("handle, req, res", "fn, req, res", `${CHECKS} await fn(req, res);`)],
    [
      "that checks, in an object",
      handed("{ fn: handle, req, res }", "{ fn, req, res }", `${CHECKS} await fn(req, res);`),
    ],
    [
      "of another file",
      handed("handle, req, res", "fn, req, res", "")
        .replace("(req, res) => run", "(req, res) => guarded")
        .replace("const app", 'import { guarded } from "./guarded"; const app'),
    ],
  ]);
});

describe("reported: handed to a wrapper with the request", () => {
  reportsOn(RULE, [
    ["that catches errors", handed("handle, req, res", "fn, req, res", "await fn(req, res);"), "handle"],
    ["that is handed it last", handed("req, res, handle", "req, res, fn", "return fn(req, res);"), "handle"],
    ["in an object", handed("{ fn: handle, req, res }", "{ fn, req, res }", "await fn(req, res);"), "handle"],
    [
      "with a name",
      handed('handle, req, res, "acme"', "fn, req, res, name", "console.log(name); await fn(req, res);"),
      "handle",
    ],
    [
      "as another word",
      handed("handle, req, res", "action, request, response", "await action(request, response);").replace(
        "res.sendStatus(400)",
        "response.sendStatus(400)",
      ),
      "handle",
    ],
  ]);
});

describe("silent: a provider that signs nothing", () => {
  silentOn(RULE, [
    [
      "whose object is read again",
      `import { createMollieClient } from "@mollie/api-client"; ${IMPORTS} const mollie = createMollieClient({ apiKey: process.env.MOLLIE_API_KEY }); app.post("/webhooks/mollie", async (req, res) => { const payment = await mollie.payments.get(req.body.id); await prisma.order.update({ where: { id: payment.id }, data: { status: payment.status } }); res.sendStatus(200); });`,
    ],
  ]);
});

describe("reported: nothing is checked", () => {
  reportsOn(
    RULE,
    [
      ["no signature is read", next("").replace(/const signature.*?"";/, ""), "POST"],
      ["the signature is read and left alone", next(""), "POST"],
      ["it is only there", next(`if (!signature) { ${DENY} }`), "POST"],
      ["the secret is only there", next(`if (!process.env.ACME_SECRET) { ${DENY} }`), "POST"],
      ["it is logged", next("console.log(signature, request.headers);"), "POST"],
      ["its type is tested", next(`if (JSON.parse(body).type !== "paid") { ${DENY} }`), "POST"],
      ["the MAC is compared with nothing", next(MAC), "POST"],
      [
        "the effect stands in a helper",
        next("await fulfil(JSON.parse(body));", `async function fulfil(event) { ${PAY} }`).replace(
          `const event = JSON.parse(body); ${PAY}`,
          "",
        ),
        "POST",
      ],
      [
        "the effect stands in a transaction",
        next("").replace(
          PAY,
          `await prisma.$transaction(async (tx) => { await tx.order.update({ where: { id: event.id }, data: { paid: true } }); });`,
        ),
        "POST",
      ],
    ],
    ROUTE,
  );
});

describe("reported: what looks like a check", () => {
  reportsOn(
    RULE,
    [
      [
        "a stub",
        next(
          `if (!verifySignature(body, signature)) { ${DENY} }`,
          "function verifySignature(body, signature) { return true; }",
        ),
        "POST",
      ],
      [
        "a stub that looks for the secret",
        next(
          `if (!verifySignature(body, signature)) { ${DENY} }`,
          'function verifySignature(body, signature) { if (!process.env.ACME_SECRET) { console.error("no secret"); return false; } return true; }',
        ),
        "POST",
      ],
      [
        "a stub that looks for the header",
        next(
          `if (!verifySignature(body, signature)) { ${DENY} }`,
          "function verifySignature(body, signature) { return !!signature; }",
        ),
        "POST",
      ],
      ["a verdict that is logged", next(`${MAC} if (!${SAME}) { console.error("forged"); }`), "POST"],
      ["a verdict that nobody reads", next(`${MAC} const ok = ${SAME};`), "POST"],
      [
        "an answer without a return",
        express(
          'const signature = req.get("x-signature"); const mac = createHmac("sha256", process.env.S).update(req.body).digest("hex"); if (mac !== signature) { res.sendStatus(401); }',
        ),
        "handle",
      ],
    ],
    ROUTE,
  );
});

describe("reported: a sibling of a handler that checks", () => {
  const stripe = 'import Stripe from "stripe"; const stripe = new Stripe(key);';
  reportsOn(RULE, [
    [
      "on another route",
      `import express from "express"; ${stripe} ${IMPORTS} const app = express(); app.post("/webhooks/stripe", express.raw(), async (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.get("stripe-signature"), secret); ${PAY} res.sendStatus(200); }); app.post("/webhooks/acme", async (req, res) => { const event = req.body; ${PAY} res.sendStatus(200); });`,
      'app.post("/webhooks/acme"',
    ],
  ]);
});
