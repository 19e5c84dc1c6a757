import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "acknowledge-before-work";
const EXPRESS = (body: string) => `import nodemailer from "nodemailer"; import OpenAI from "openai";
  const mailer = nodemailer.createTransport(process.env.SMTP); const openai = new OpenAI();
  export async function paystackWebhook(req, res) {
    if (!isGenuine(req.rawBody, req.get("x-paystack-signature"))) return res.sendStatus(401);
    const event = req.body;
    ${body}
  }`;
const MAIL = `mailer.sendMail({ to: event.data.customer.email })`;

describe("silent: the answer does not wait", () => {
  silentOn(RULE, [
    ["answered first", EXPRESS(`res.sendStatus(200); await ${MAIL};`)],
    ["not awaited", EXPRESS(`${MAIL}.catch(console.error); res.sendStatus(200);`)],
    ["setImmediate", EXPRESS(`setImmediate(async () => { await ${MAIL}; }); res.sendStatus(200);`)],
    [
      "the database",
      EXPRESS(
        `await Order.updateOne({ ref: event.data.reference }, { status: "paid" }); res.sendStatus(200);`,
      ),
    ],
    [
      "a queue",
      EXPRESS(`await mailQueue.add("receipt", { ref: event.data.reference }); res.sendStatus(200);`),
    ],
    [
      "the payment is read again",
      EXPRESS(
        `await fetch("https://api.paystack.co/transaction/verify/" + event.data.reference); res.sendStatus(200);`,
      ),
    ],
    [
      "told of a failure",
      EXPRESS(`try { await save(event); } catch (error) { await ${MAIL}; } res.sendStatus(200);`),
    ],
    [
      "an error is answered",
      EXPRESS(`if (!event.data) { await ${MAIL}; return res.sendStatus(400); } res.sendStatus(200);`),
    ],
    [
      "after()",
      `import { after } from "next/server"; import { sendMail } from "@/lib/mail"; export async function POST(request) { const event = await verifyWebhook(request, request.headers.get("x-paystack-signature")); after(() => sendMail(event)); return Response.json({}); }`,
    ],
    [
      "waitUntil()",
      `import { sendMail } from "./mail"; export default { async fetch(request, env, ctx) { const signature = request.headers.get("x-paystack-signature"); ctx.waitUntil(sendMail(request, signature)); return new Response("ok"); } };`,
    ],
    [
      "no webhook",
      `import nodemailer from "nodemailer"; const mailer = nodemailer.createTransport(); export async function contact(req, res) { await mailer.sendMail({ to: req.body.email }); res.json({}); }`,
    ],
  ]);
});

describe("reports: the answer waits", () => {
  reportsOn(RULE, [
    ["for a mail", EXPRESS(`await ${MAIL}; res.sendStatus(200);`), MAIL],
    [
      "for a mail of one type",
      EXPRESS(`if (event.event === "charge.success") { await ${MAIL}; } return res.status(200).json({});`),
      MAIL,
    ],
    [
      "for an AI",
      EXPRESS(`await openai.chat.completions.create({ model: "x" }); res.sendStatus(200);`),
      `openai.chat.completions.create({ model: "x" })`,
    ],
    [
      "for a chat",
      EXPRESS(
        `await fetch(\`https://api.telegram.org/bot\${t}/sendMessage\`, { method: "POST" }); res.sendStatus(200);`,
      ),
      'fetch(`https://api.telegram.org/bot${t}/sendMessage`, { method: "POST" })',
    ],
    [
      "in a helper",
      `async function thank(event) { await ${MAIL}; } ${EXPRESS(`await thank(event); res.sendStatus(200);`)}`,
      "thank(event)",
    ],
  ]);
});

it.each([
  [
    "a known deadline",
    "nowpayments",
    /The answer to NOWPayments waits for this\. When it takes longer than 3 seconds/,
  ],
  [
    "an unknown deadline",
    "stripe",
    /The answer to Stripe waits for this\. When it takes longer than some seconds/,
  ],
])("tells of %s", (_, id, message) => {
  const code = EXPRESS(`await ${MAIL}; res.sendStatus(200);`)
    .replace("paystackWebhook", `${id}Webhook`)
    .replace("x-paystack-signature", id === "stripe" ? "stripe-signature" : "x-nowpayments-sig");
  expect(lintWith(RULE, code).findings[0]?.message).toMatch(message);
});
