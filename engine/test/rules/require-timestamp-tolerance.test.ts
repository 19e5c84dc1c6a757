import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "require-timestamp-tolerance";

/** PayMongo signs `t.body`; its header reads `t=…,te=…,li=…`. */
const BY_HAND = (
  between: string,
  { before = "", after = "" } = {},
) => `import { createHmac, timingSafeEqual } from "node:crypto";
  ${before}
  export async function paymongoWebhook(req, res) {
    const parts = new URLSearchParams(req.get("paymongo-signature").replaceAll(",", "&"));
    const timestamp = parts.get("t");
    const expected = createHmac("sha256", process.env.PAYMONGO_WEBHOOK_SECRET).update(timestamp + "." + req.rawBody).digest();
    const received = Buffer.from(parts.get("li"), "hex");
    ${between}
    if (!timingSafeEqual(expected, received)) return res.sendStatus(401);
    ${after}
    res.sendStatus(200);
  }`;
const CHECK = "timingSafeEqual(expected, received)";

const STRIPE = (call: string) => `import Stripe from "stripe";
  const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
  export async function POST(request) {
    const body = await request.text();
    const header = request.headers.get("stripe-signature");
    const event = ${call};
    return Response.json({ received: true });
  }`;
const SDK = (...more: string[]) =>
  `stripe.webhooks.constructEvent(${["body", "header", "process.env.WHSEC", ...more].join(", ")})`;
const PAYMONGO_SDK = (after: string) => `import Paymongo from "paymongo-node";
  const paymongo = new Paymongo(process.env.PAYMONGO_SECRET_KEY);
  export function handler(req, res) {
    const event = paymongo.webhooks.constructEvent({ payload: req.rawBody, signatureHeader: req.headers["paymongo-signature"], webhookSecretKey: process.env.WHSEC });
    ${after}
    res.sendStatus(200);
  }`;
const PAYMONGO_CALL = `paymongo.webhooks.constructEvent({ payload: req.rawBody, signatureHeader: req.headers["paymongo-signature"], webhookSecretKey: process.env.WHSEC })`;
const PAYCHAIN = (options: string) => `import { verifyWebhookSignature } from "@paychainhq/sdk";
  export function handler(req, res) {
    if (!verifyWebhookSignature({ rawBody: req.rawBody, signature: req.headers["x-webhook-signature"], secret: process.env.S${options} })) return res.sendStatus(401);
    res.sendStatus(200);
  }`;
const OTHER = (header: string) => `import { createHmac, timingSafeEqual } from "node:crypto";
  export function webhook(req, res) {
    const expected = createHmac("sha256", process.env.WEBHOOK_SECRET).update(req.rawBody).digest();
    const received = Buffer.from(req.headers["${header}"], "hex");
    if (!timingSafeEqual(expected, received)) return res.sendStatus(401);
    res.sendStatus(200);
  }`;

describe("silent: the age is checked", () => {
  silentOn(RULE, [
    [
      "a difference that is too great",
      BY_HAND(`if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return res.sendStatus(401);`),
    ],
    [
      "a difference with a name",
      BY_HAND(
        `const now = Math.floor(Date.now() / 1000); const age = now - parseInt(timestamp, 10); if (age > 300) throw new Error("old");`,
      ),
    ],
    [
      "a limit in the past",
      BY_HAND(
        `const oldest = Date.now() - 300_000; if (Number(timestamp) * 1000 < oldest) return res.sendStatus(401);`,
      ),
    ],
    [
      "new Date()",
      BY_HAND(
        `if (new Date().getTime() - new Date(Number(timestamp) * 1000).getTime() > TOLERANCE) return res.sendStatus(401);`,
      ),
    ],
    [
      "after the check",
      BY_HAND("", { after: `if (Date.now() / 1000 - timestamp > 300) return res.sendStatus(400);` }),
    ],
    [
      "in a function of the file",
      BY_HAND(`if (isOld(timestamp)) return res.sendStatus(401);`, {
        before: `function isOld(t) { return Date.now() / 1000 - Number(t) > 300; }`,
      }),
    ],
    [
      "in a function of another file",
      BY_HAND(`assertRecent(timestamp);`, { before: `import { assertRecent } from "./time";` }),
    ],
    [
      "in a library of dates",
      BY_HAND(
        `if (differenceInSeconds(new Date(), fromUnixTime(timestamp)) > 300) return res.sendStatus(401);`,
        { before: `import { differenceInSeconds, fromUnixTime } from "date-fns";` },
      ),
    ],
    [
      "in a middleware",
      BY_HAND("", { before: `import { replayGuard } from "./guards"; app.use(replayGuard);` }),
    ],
    [
      "by whoever calls",
      `import { createHmac } from "node:crypto"; export function check(req) { const parts = parse(req.get("paymongo-signature")); return { valid: createHmac("sha256", process.env.S).update(parts.t + "." + req.rawBody).digest("hex") === parts.li, timestamp: parts.t }; }`,
    ],
    [
      "the verifier of the file's handler",
      `import { createHmac } from "node:crypto"; function verify(header, body) { const { t, li } = parse(header); return createHmac("sha256", process.env.S).update(t + "." + body).digest("hex") === li && Date.now() - t * 1000 < 300000; } export function handler(req, res) { if (!verify(req.get("paymongo-signature"), req.rawBody)) return res.sendStatus(401); res.sendStatus(200); }`,
    ],
    ["Stripe's SDK", STRIPE(SDK())],
    [
      "Stripe's SDK, awaited",
      STRIPE(`await stripe.webhooks.constructEventAsync(body, header, process.env.WHSEC)`),
    ],
    ["a usual tolerance", STRIPE(SDK("600"))],
    ["no tolerance of one's own", STRIPE(SDK("undefined", "provider"))],
    ["a tolerance of the settings", STRIPE(SDK("config.tolerance"))],
    ["arguments that are spread", STRIPE("stripe.webhooks.constructEvent(body, header, ...rest)")],
    [
      "a client of another file, by its method's name",
      `import { stripe } from "./stripe"; export async function POST(request) { const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get("stripe-signature"), process.env.WHSEC); return Response.json({ event }); }`,
    ],
    [
      "a header check whose default is not known",
      STRIPE(`stripe.webhooks.signature.verifyHeader(body, header, process.env.WHSEC)`),
    ],
    [
      "standard webhooks",
      `import { Webhook } from "standardwebhooks"; const webhook = new Webhook(process.env.S); export function handler(req, res) { webhook.verify(req.rawBody, req.headers); res.sendStatus(200); }`,
    ],
    [
      "an SDK that checks none, with a check around it",
      PAYMONGO_SDK(`if (Date.now() / 1000 - event.attributes.created_at > 300) return res.sendStatus(400);`),
    ],
    ["a tolerance in the options", PAYCHAIN(`, toleranceSeconds: 300`)],
    ["options without one", PAYCHAIN("")],
    ["a scheme that signs no time", OTHER("x-razorpay-signature")],
    ["GitHub", OTHER("x-hub-signature-256")],
    ["a sender that is not known", OTHER("x-acme-signature")],
    ["a header of any sender", OTHER("x-webhook-signature")],
    [
      "a token",
      `export function handler(req, res) { if (req.headers["x-callback-token"] !== process.env.CALLBACK_TOKEN) return res.sendStatus(401); res.sendStatus(200); }`,
    ],
  ]);
  silentOn(RULE, [["a test", BY_HAND("")]], "src/webhook.test.ts");
});

describe("reports: the age is not checked", () => {
  reportsOn(RULE, [
    ["the time goes into the MAC only", BY_HAND(""), CHECK],
    [
      "the clock is only logged and stored",
      BY_HAND(`console.log("webhook", Date.now());`, {
        after: `await prisma.event.create({ data: { receivedAt: new Date() } });`,
      }),
      CHECK,
    ],
    [
      "it is measured how long it takes",
      BY_HAND(`const start = Date.now();`, { after: `console.log(Date.now() - start);` }),
      CHECK,
    ],
    [
      "the whole header is compared",
      `import { createHmac } from "node:crypto"; export function handler(req, res) { const signature = req.headers["paymongo-signature"]; const hash = createHmac("sha256", process.env.S).update(req.rawBody).digest("hex"); if (hash !== signature) return res.sendStatus(401); res.sendStatus(200); }`,
      "hash !== signature",
    ],
    [
      "Svix by hand",
      `import { createHmac } from "node:crypto"; export function handler(req, res) { const id = req.headers["svix-id"]; const at = req.headers["svix-timestamp"]; const expected = createHmac("sha256", process.env.S).update(id + "." + at + "." + req.rawBody).digest("base64"); if (req.headers["svix-signature"] !== expected) return res.sendStatus(401); res.sendStatus(200); }`,
      `req.headers["svix-signature"] !== expected`,
    ],
    [
      "Svix by hand, its headers asked for by name",
      `import { createHmac } from "node:crypto"; export function handler(req, res) { const at = req.get("svix-timestamp"); const expected = createHmac("sha256", process.env.S).update(req.get("svix-id") + "." + at + "." + req.rawBody).digest("base64"); if (req.get("svix-signature") !== expected) return res.sendStatus(401); res.sendStatus(200); }`,
      `req.get("svix-signature") !== expected`,
    ],
    ["no tolerance", STRIPE(SDK("0")), "0"],
    ["an endless one", STRIPE(SDK("Infinity")), "Infinity"],
    ["one of a year", STRIPE(SDK("60 * 60 * 24 * 365")), "60 * 60 * 24 * 365"],
    ["one in milliseconds", STRIPE(SDK("300_000")), "300_000"],
    ["PayMongo's SDK", PAYMONGO_SDK(""), PAYMONGO_CALL],
    ["no tolerance in the options", PAYCHAIN(`, toleranceSeconds: 0`), "0"],
  ]);
});

it("names the sender", () => {
  expect(lintWith(RULE, STRIPE(SDK("0"))).findings[0]?.message).toMatch(/^Stripe signs the time/);
});
