import { describe, expect, it } from "vitest";
import { acknowledged } from "../../../../src/observe/webhooks/facts/acknowledged.ts";
import { handlerIn, said, type Setting } from "./handler.ts";

const HEAD = `import Stripe from "stripe";
import { NextResponse, after } from "next/server";
import { Resend } from "resend";
import OpenAI from "openai";
import axios from "axios";
const stripe = new Stripe(key); const resend = new Resend(key); const openai = new OpenAI();
`;

function judged(code: string, setting?: Setting) {
  const handler = handlerIn(HEAD + code, setting);
  return said(acknowledged(handler), handler);
}

const EXPRESS = (body: string) =>
  `export async function handler(req, res) { const event = req.body; ${body} }`;
const NEXT = (body: string) =>
  `export const handler = async (request) => { const event = await request.json(); ${body} }`;

describe("no", () => {
  it.each([
    ["mail", EXPRESS(`await resend.emails.send({ to }); res.json({ ok: true });`), /resend/],
    [
      "mail on one path",
      EXPRESS(`if (event.type === "paid") { await resend.emails.send({ to }); } res.sendStatus(200);`),
      /resend/,
    ],
    [
      "mail that may fail",
      EXPRESS(`try { await resend.emails.send({ to }); } catch (e) { log(e); } res.sendStatus(200);`),
      /resend/,
    ],
    [
      "mail in a route of Next.js",
      NEXT(`await resend.emails.send({ to }); return NextResponse.json({ ok: true });`),
      /resend/,
    ],
    [
      "chat",
      NEXT(`await fetch("https://hooks.slack.com/x", { method: "POST", body }); return new Response("ok");`),
      /fetch/,
    ],
    [
      "another system",
      EXPRESS(`await axios.post("https://erp.example.com/orders", event); res.end();`),
      /axios/,
    ],
    [
      "an AI",
      NEXT(
        `const answer = await openai.chat.completions.create({ model }); return Response.json({ answer });`,
      ),
      /openai/,
    ],
    [
      "a pause",
      EXPRESS(`await new Promise((resolve) => setTimeout(resolve, 4000)); res.json({});`),
      /Promise/,
    ],
    [
      "money",
      EXPRESS(
        `await stripe.transfers.create({ amount, destination }, { idempotencyKey: event.id }); res.json({});`,
      ),
      /transfers/,
    ],
    [
      "all together",
      EXPRESS(
        `await Promise.all([db.x.update({ where: { id }, data: {} }), resend.emails.send({ to })]); res.json({});`,
      ),
      /resend/,
    ],
    [
      "for each",
      EXPRESS(
        `await Promise.all(users.map((user) => resend.emails.send({ to: user.email }))); res.json({});`,
      ),
      /users\.map/,
    ],
    [
      "for each in turn",
      EXPRESS(`for (const user of users) await resend.emails.send({ to: user.email }); res.json({});`),
      /resend/,
    ],
    [
      "in a helper, shown where it is called",
      `async function notify(to) { await resend.emails.send({ to }); } ` +
        EXPRESS(`await notify(event.email); res.json({});`),
      /^notify\(event\.email\)$/,
    ],
  ])("%s", (_, code, shown) => {
    const { answer, text } = judged(code, { framework: code.includes("request") ? "next-app" : "express" });
    expect(answer).toBe("no");
    expect(text).toMatch(shown);
  });

  it("in a helper of another file", () => {
    const { answer, text } = judged(
      `import { fulfil } from "./fulfil"; ` + EXPRESS(`await fulfil(event); res.json({});`),
      {
        files: {
          fulfil: `import nodemailer from "nodemailer"; const mailer = nodemailer.createTransport({});
            export const fulfil = async (event) => { await mailer.sendMail({ to: event.email }); };`,
        },
      },
    );
    expect({ answer, text }).toEqual({ answer: "no", text: "fulfil(event)" });
  });

  it("before the end of a NestJS method", () => {
    const code = `class Hooks { async handler(event) { await resend.emails.send({ to }); } }`;
    expect(judged(code, { framework: "nestjs" }).answer).toBe("no");
  });
});

describe("silent", () => {
  it.each([
    ["answered first", EXPRESS(`res.json({ ok: true }); await resend.emails.send({ to });`)],
    [
      "answered first, by status",
      EXPRESS(`res.sendStatus(200); try { await resend.emails.send({ to }); } catch {}`),
    ],
    [
      "after()",
      NEXT(`after(async () => { await resend.emails.send({ to }); }); return NextResponse.json({});`),
    ],
    ["waitUntil", NEXT(`context.waitUntil(resend.emails.send({ to })); return new Response("ok");`)],
    ["not waited for", EXPRESS(`resend.emails.send({ to }).catch(log); res.json({});`)],
    [
      "not waited for, in a helper",
      `async function notify(to) { await resend.emails.send({ to }); } ` +
        EXPRESS(`notify(event.email).catch(log); res.json({});`),
    ],
    ["void", EXPRESS(`void resend.emails.send({ to }); res.json({});`)],
    [
      "setImmediate",
      EXPRESS(`setImmediate(async () => { await resend.emails.send({ to }); }); res.json({});`),
    ],
    [
      "only an error is answered",
      EXPRESS(
        `if (!event.id) { await resend.emails.send({ to }); return res.status(400).end(); } res.json({});`,
      ),
    ],
    [
      "told of a failure",
      EXPRESS(
        `try { await save(event); } catch (e) { await resend.emails.send({ to }); return res.status(500).end(); } res.json({});`,
      ),
    ],
    [
      "each for itself",
      EXPRESS(
        `users.forEach(async (user) => { await resend.emails.send({ to: user.email }); }); res.json({});`,
      ),
    ],
    [
      "a helper that nobody calls",
      `async function notify(to) { await resend.emails.send({ to }); } ` + EXPRESS(`res.json({});`),
    ],
    [
      "the answer's own status is not known",
      EXPRESS(`await resend.emails.send({ to }); res.status(code).end();`),
    ],
    [
      "read from the provider again",
      EXPRESS(`const s = await stripe.checkout.sessions.retrieve(event.id); res.json({});`),
    ],
    ["a short pause", EXPRESS(`await new Promise((resolve) => setTimeout(resolve, 50)); res.json({});`)],
  ])("%s", (_, code) => {
    expect(judged(code).answer).not.toBe("no");
  });

  it.each([
    ["the database alone", EXPRESS(`await prisma.order.update({ where: { id }, data: {} }); res.json({});`)],
    ["a queue", EXPRESS(`await queue.add("paid", event); res.json({});`)],
    ["nothing", EXPRESS(`res.json({});`)],
    [
      "a provider's object read again by HTTP",
      EXPRESS(`await fetch("https://api.paymongo.com/v1/payments/" + event.id); res.json({});`),
    ],
  ])("does not apply to %s", (_, code) => {
    expect(judged(code).answer).toBeUndefined();
  });
});
