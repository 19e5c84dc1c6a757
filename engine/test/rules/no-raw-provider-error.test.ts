import { describe, expect, it } from "vitest";
import { lintText } from "../../src/lint.ts";
import { type Files, hostOf } from "../flow/linked.ts";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-raw-provider-error";
const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(key);`;
const HOST = "https://api.paymongo.com/v1";

/** An Express route that asks Stripe and deals with what goes wrong. */
const express = (handling: string) =>
  `${STRIPE} export const pay = async (req, res) => { try { const intent = await stripe.paymentIntents.create({ amount: 100 }, { idempotencyKey: req.body.id }); res.json(intent.id); } catch (error) { ${handling} } };`;
/** A Next.js route that asks PayMongo by HTTP. */
const next = (handling: string) =>
  `import { NextResponse } from "next/server"; export async function POST(request) { const response = await fetch("${HOST}/refunds", { method: "POST" }); const data = await response.json(); ${handling} return NextResponse.json({ id: data.data.id }); }`;

describe("silent: customers get words of one's own", () => {
  silentOn(RULE, [
    ["fixed words", express("res.status(502).json({ error: 'The payment failed. Try another card.' })")],
    ["a log and fixed words", express("console.error(error.message); res.status(500).send('failed')")],
    ["the error's code", express("res.status(402).json({ code: error.code })")],
    ["the bank's code", express("res.status(402).json({ code: error.raw.decline_code })")],
    ["the status", express("res.status(error.response.status).json({ error: 'failed' })")],
    ["words by code", express("res.status(402).json({ error: WORDS[error.code] ?? WORDS.other })")],
    ["words that a helper finds", express("res.status(402).json({ error: wordsFor(error) })")],
    ["thrown on", express("throw error")],
    ["handed to the next", `${express("")}; export const f = (e, req, res, next) => next(e)`],
    [
      "its message in development alone",
      express("res.json({ error: process.env.NODE_ENV === 'development' ? error.message : 'failed' })"),
    ],
    [
      "a declined card, whose message Stripe writes for customers",
      express(
        "if (error.type === 'StripeCardError') return res.json({ error: error.message }); res.send('failed')",
      ),
    ],
    [
      "an exception of one's own",
      express(
        "if (error instanceof OrderError) return res.json({ error: error.message }); res.send('failed')",
      ),
    ],
    [
      "a case of its own",
      express(
        "switch (error.code) { case 'card_declined': return res.json({ error: error.message }); } res.send('x')",
      ),
    ],
    [
      "no provider is asked",
      "export const f = async (req, res) => { try { await db.save(req.body); } catch (error) { res.status(500).json({ error: error.message }) } };",
    ],
    [
      "the provider is asked elsewhere",
      `${STRIPE} export const pay = () => stripe.refunds.create({ charge }); export const f = async (req, res) => { try { await db.save(req.body); } catch (error) { res.json({ error: error.message }) } };`,
    ],
    [
      "a webhook's sender is the provider",
      `${STRIPE} export const webhook = async (req, res) => { try { const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], secret); await stripe.subscriptions.retrieve(event.data.object.id); } catch (err) { return res.status(400).send(\`Webhook Error: \${err.message}\`) } };`,
    ],
    [
      "a webhook's sender, whom a service answers",
      `${STRIPE} export class Events { async take(req, res) { try { const event = stripe.webhooks.constructEvent(req.body, signature, secret); await stripe.refunds.create({ charge: event.data.object.id }); } catch (err) { res.status(400).send(err.message); } } }`,
    ],
    [
      "the team's own operators",
      express("res.json({ error: error.message })").replace("export const pay", "export const adminRefund"),
    ],
    [
      "a signature check asks nobody",
      `${STRIPE} export const f = (req, res) => { try { stripe.webhooks.constructEvent(a, b, c); } catch (err) { res.status(400).send(err.message) } };`,
    ],
    [
      "what is done with an answer asks nobody",
      `${STRIPE} const listed = stripe.customers.list(); export const f = async (req, res) => { try { (await listed).data.map(show); } catch (e) { res.json({ error: e.message }) } };`,
    ],
    [
      "what was caught before",
      `${STRIPE} export const f = async (req, res) => { try { try { await stripe.refunds.create({ charge }); } catch { return res.send("failed"); } await save(); } catch (e) { res.json({ error: e.message }) } };`,
    ],
    [
      "one's own words thrown in its place",
      `${STRIPE} async function refund() { try { await stripe.refunds.create({ charge }); } catch (e) { log(e.message); throw new Error("The refund failed", { cause: e }); } } export const f = async (req, res) => { try { await refund(); } catch (e) { res.json({ error: e.message }) } };`,
    ],
    [
      "what a promise catches itself",
      `${STRIPE} export const f = async (req, res) => { try { await stripe.refunds.create({ charge }).catch(() => null); await save(); } catch (e) { res.json({ error: e.message }) } };`,
    ],
    [
      "what a helper catches itself",
      `${STRIPE} async function refund() { try { await stripe.refunds.create({ charge }); } catch { return null; } } export const f = async (req, res) => { try { await refund(); await save(); } catch (e) { res.json({ error: e.message }) } };`,
    ],
    [
      "fixed words for a refusal by HTTP",
      next("if (!response.ok) return NextResponse.json({ error: 'failed' }, { status: 502 });"),
    ],
    [
      "its code for a refusal by HTTP",
      next("if (!response.ok) return NextResponse.json({ code: data.errors[0].code }, { status: 502 });"),
    ],
    ["what the provider answers when all is well", next("")],
    [
      "another service's refusal",
      `import { NextResponse } from "next/server"; export async function POST() { const response = await fetch("https://maps.example.com/x"); const data = await response.json(); if (!response.ok) return NextResponse.json({ error: data.message }); }`,
    ],
    [
      "one's own exception of a helper",
      express("throw createError(error.message, 502)").replace(
        "export",
        "function createError(text, status) { return new OwnError(text, status); } export",
      ),
    ],
    ["one's own exception of a service", express("throw new PaymentFailed(error.message)")],
  ]);

  it("a test file", () => {
    expect(lintWith(RULE, express("res.send(error.message)"), "test/pay.test.ts").reported).toEqual([]);
  });
});

describe("reported: customers get what the provider said", () => {
  reportsOn(RULE, [
    ["the message", express("res.status(500).json({ error: error.message })"), "error.message"],
    ["sent as it is", express("res.status(500).send(error.message)"), "error.message"],
    ["the error itself", express("res.status(400).json({ success: false, error })"), "error"],
    ["in a template", express("res.status(400).send(`Payment failed: ${error.message}`)"), "error.message"],
    ["put together", express("res.status(400).send('Failed: ' + error.message)"), "error.message"],
    [
      "with other words when it is missing",
      express("res.json({ error: error.message || 'failed' })"),
      "error.message",
    ],
    [
      "the provider's answer to axios",
      express("res.status(400).json(error.response?.data)"),
      "error.response?.data",
    ],
    ["the raw error", express("res.status(400).json({ detail: error.raw.message })"), "error.raw.message"],
    ["as text", express("res.status(400).send(String(error))"), "error"],
    [
      "an Error of whatever kind",
      express("res.json({ error: error instanceof Error ? error.message : 'failed' })"),
      "error.message",
    ],
    [
      "any error of the SDK",
      express("if (error instanceof Stripe.errors.StripeError) res.json({ error: error.message })"),
      "error.message",
    ],
    [
      "behind a check that there is an answer",
      express("if (error.response) return res.json(error.response.data); res.send('x')"),
      "error.response.data",
    ],
    [
      "through a variable",
      express("const message = error.response?.data?.message ?? 'failed'; res.json({ message })"),
      "message",
    ],
    ["taken apart", express("const { message } = error; res.status(500).json({ message })"), "message"],
    [
      "after the case of a declined card",
      express(
        "if (error.type === 'StripeCardError') return res.json({ error: 'declined' }); res.json({ error: error.message })",
      ),
      "error.message",
    ],
    [
      "taken apart where it is caught",
      `${STRIPE} export const f = async (req, res) => { try { await stripe.refunds.create({ charge }); } catch ({ message }) { res.json({ message }) } };`,
      "message",
    ],
    [
      "by a promise",
      `${STRIPE} export const f = (req, res) => stripe.refunds.create({ charge }).then((r) => res.json(r.id)).catch((err) => res.status(500).json({ error: err.message }));`,
      "err.message",
    ],
    [
      "by a callback",
      `import Razorpay from "razorpay"; const client = new Razorpay({ key_id }); export const f = (req, res) => { client.orders.create({ amount: 100 }, (err, order) => { if (err) return res.status(500).send(err); res.json(order.id); }); };`,
      "err",
    ],
    [
      "of a read",
      `${STRIPE} export const f = async (req, res) => { try { res.json((await stripe.customers.retrieve(id)).id); } catch (e) { res.json({ error: e.message }) } };`,
      "e.message",
    ],
    [
      "of an SDK whose client executes requests",
      `const paypal = require("@paypal/checkout-server-sdk"); const client = new paypal.core.PayPalHttpClient(environment); export const f = async (req, res) => { try { await client.execute(request); } catch (e) { res.json({ error: e.message }) } };`,
      "e.message",
    ],
    [
      "of a client of another file",
      `import { stripe } from "@/lib/stripe"; import { NextResponse } from "next/server"; export async function POST() { try { await stripe.billingPortal.sessions.create({ customer }); } catch (err) { return NextResponse.json({ error: err.message }, { status: 500 }); } }`,
      "err.message",
    ],
    [
      "of a request by HTTP",
      `import axios from "axios"; export const f = async (req, res) => { try { await axios.post("${HOST}/refunds", {}); } catch (e) { res.status(400).json({ errors: e.response.data.errors }) } };`,
      "e.response.data.errors",
    ],
    [
      "of a function of the project",
      `${STRIPE} async function refund() { return stripe.refunds.create({ charge }); } export const f = async (req, res) => { try { await refund(); } catch (e) { res.json({ error: e.message }) } };`,
      "e.message",
    ],
    [
      "a refusal by HTTP, whole",
      next("if (!response.ok) return NextResponse.json(data, { status: response.status });"),
      "data",
    ],
    [
      "a part of it",
      next("if (response.status >= 400) return NextResponse.json({ error: data.errors[0].detail });"),
      "data.errors[0].detail",
    ],
    [
      "its text",
      next("if (!response.ok) { return new Response(await response.text(), { status: 502 }); }"),
      "response.text()",
    ],
    [
      "in Koa",
      `${STRIPE} export const f = async (ctx) => { try { await stripe.refunds.create({ charge }); } catch (e) { ctx.status = 500; ctx.body = { error: e.message }; } };`,
      "e.message",
    ],
    [
      "in Hono",
      `${STRIPE} export const f = async (c) => { try { await stripe.refunds.create({ charge }); } catch (e) { return c.json({ error: e.message }, 500); } };`,
      "e.message",
    ],
    [
      "in Fastify",
      `${STRIPE} export const f = async (request, reply) => { try { await stripe.refunds.create({ charge }); } catch (e) { return reply.code(500).send({ error: e.message }); } };`,
      "e.message",
    ],
    [
      "in NestJS",
      `import { BadRequestException } from "@nestjs/common"; ${STRIPE} export class S { async f() { try { await stripe.refunds.create({ charge }); } catch (e) { throw new BadRequestException(e.message); } } }`,
      "e.message",
    ],
    [
      "in tRPC",
      `import { TRPCError } from "@trpc/server"; ${STRIPE} export const f = async () => { try { await stripe.refunds.create({ charge }); } catch (e) { throw new TRPCError({ code: "BAD_REQUEST", message: e.message }); } };`,
      "e.message",
    ],
    [
      "in a server action",
      `"use server"; import Stripe from "stripe"; const stripe = new Stripe(key); export async function pay() { try { await stripe.refunds.create({ charge }); } catch (e) { return { error: e.message }; } }`,
      "e.message",
    ],
    [
      "in a Lambda function",
      `${STRIPE} export const handler = async (event) => { try { await stripe.refunds.create({ charge }); } catch (e) { return { statusCode: 500, body: JSON.stringify({ error: e.message }) }; } };`,
      "e.message",
    ],
    [
      "its words thrown on in an error of one's own",
      `${STRIPE} async function refund() { try { await stripe.refunds.create({ charge }); } catch (e) { const text = e.message; throw new Error(\`Stripe said \${text}\`); } } export const f = async (req, res) => { try { await refund(); } catch (e) { res.json({ error: e.message }) } };`,
      "e.message",
    ],
    [
      "caught and thrown on",
      `${STRIPE} export const f = async (req, res) => { try { try { await stripe.refunds.create({ charge }); } catch (e) { log(e); throw e; } } catch (e) { res.json({ error: e.message }) } };`,
      "e.message",
    ],
    [
      "in Nuxt",
      `${STRIPE} export default defineEventHandler(async () => { try { await stripe.refunds.create({ charge }); } catch (e) { throw createError({ statusCode: 502, message: e.message }); } });`,
      "e.message",
    ],
    ["in a page", express("res.render('failed', { message: error.message })"), "error.message"],
    ["in the address of a page", express("res.redirect('/failed?why=' + error.message)"), "error.message"],
  ]);

  it("names what goes along and shows who was asked", () => {
    const { findings } = lintWith(RULE, express("const why = error.message; res.json({ why })"));
    expect(findings[0]!.message).toContain("hands on why,");
    expect(findings[0]!.related!.map(({ message }) => message)).toEqual([
      "the provider is asked here, and may refuse",
      "its words are taken here",
    ]);
  });
});

describe("across files", () => {
  const CONTROLLER = `import { refund } from "./refunds.js"; export const f = async (req, res) => { try { await refund(req.body.id); } catch (e) { res.json({ error: e.message }); } }; // payments`;
  const reportedIn = (files: Files) => {
    const text = files["pay.js"]!;
    const settings = { [RULE]: { severity: "error" } } as const;
    const { findings } = lintText({ fileName: "pay.js", text }, settings, hostOf(files));
    return findings.map(({ range }) => text.slice(range.start, range.end));
  };
  const service = (body: string) => `${STRIPE} export const refund = async (charge) => { ${body} };`;

  it.each([
    ["a function that asks a provider", service("return stripe.refunds.create({ charge });"), ["e.message"]],
    [
      "one that deals with refusals itself",
      service("try { return await stripe.refunds.create({ charge }); } catch { return null; }"),
      [],
    ],
    ["one that asks nobody", "export const refund = async (id) => db.refund(id);", []],
  ])("%s", (_, refunds, reported) => {
    expect(reportedIn({ "pay.js": CONTROLLER, "refunds.js": refunds })).toEqual(reported);
  });
});
