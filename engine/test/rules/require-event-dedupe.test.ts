import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "require-event-dedupe";
const ROUTE = (body: string) => `import Stripe from "stripe";
  import { prisma } from "./db"; import { sendReceiptEmail } from "../mail";
  const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
  export async function stripeWebhook(req, res) {
    const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], process.env.WHSEC);
    const session = event.data.object;
    ${body}
    res.json({ received: true });
  }`;
const RAISE = `prisma.user.update({ where: { id: session.metadata.user }, data: { credits: { increment: 10 } } })`;

describe("silent: a repetition is noticed, or does no harm", () => {
  silentOn(RULE, [
    [
      "the event's id is looked up",
      ROUTE(
        `if (await prisma.event.findUnique({ where: { id: event.id } })) return res.json({}); await ${RAISE};`,
      ),
    ],
    [
      "the event's id is stored first",
      ROUTE(`await prisma.event.create({ data: { eventId: event.id } }); await ${RAISE};`),
    ],
    [
      "stored in the same transaction",
      ROUTE(
        `await prisma.$transaction([${RAISE}, prisma.payment.create({ data: { sessionId: session.id } })]);`,
      ),
    ],
    [
      "claimed in Redis",
      ROUTE(
        `const first = await redis.set(event.id, "1", "NX"); if (!first) return res.json({}); await ${RAISE};`,
      ),
    ],
    [
      "claimed in SQL",
      ROUTE(
        `const { rowCount } = await pool.query("INSERT INTO events (id) VALUES ($1) ON CONFLICT DO NOTHING", [event.id]); if (rowCount === 0) return res.json({}); await ${RAISE};`,
      ),
    ],
    [
      "the order is paid already",
      ROUTE(
        `const order = await prisma.order.findUnique({ where: { id: session.metadata.order } }); if (order.status === "paid") return res.json({}); await ${RAISE};`,
      ),
    ],
    [
      "only pending orders are paid",
      ROUTE(
        `const { count } = await prisma.order.updateMany({ where: { id: 1, status: "pending" }, data: { status: "paid" } }); if (count === 1) await ${RAISE};`,
      ),
    ],
    [
      "the update finds pending orders only",
      ROUTE(
        `const order = await Order.findOneAndUpdate({ _id: 1, status: "pending" }, { status: "paid" }); if (!order) return res.json({}); await sendReceiptEmail(order.email);`,
      ),
    ],
    [
      "a unique constraint is caught",
      ROUTE(
        `try { await prisma.payment.create({ data: { paymentIntentId: session.payment_intent } }); } catch (e) { return res.json({}); } await ${RAISE};`,
      ),
    ],
    [
      "a helper keeps count",
      ROUTE(`if (await isDuplicateEvent(event.id)) return res.json({}); await ${RAISE};`),
    ],
    ["a status is set", ROUTE(`await prisma.order.update({ where: { id: 1 }, data: { status: "paid" } });`)],
    [
      "a plan is set",
      ROUTE(
        `await prisma.user.upsert({ where: { id: 1 }, create: { plan: "pro" }, update: { plan: "pro" } });`,
      ),
    ],
    [
      "attempts are counted",
      ROUTE(`await prisma.delivery.update({ where: { id: 1 }, data: { attempts: { increment: 1 } } });`),
    ],
    ["a job is queued", ROUTE(`await receiptQueue.add("receipt", { id: session.id });`)],
    ["given to a service that cannot be opened", ROUTE(`await handlers.handle(event);`)],
    [
      "no webhook",
      `export async function buy(req, res) { const session = req.body; await ${RAISE}; res.json({}); }`,
    ],
  ]);
  silentOn(RULE, [["a test", ROUTE(`await ${RAISE};`)]], "src/webhook.test.ts");
});

describe("reports: nothing notices", () => {
  reportsOn(RULE, [
    ["a balance", ROUTE(`await ${RAISE};`), RAISE],
    [
      "a balance of a user who has to exist",
      ROUTE(
        `const user = await User.findById(session.metadata.user); if (!user) return res.sendStatus(404); user.credits += 5; await user.save();`,
      ),
      "user.credits += 5",
    ],
    [
      "a mail",
      ROUTE(
        `await prisma.order.update({ where: { id: 1 }, data: { status: "paid" } }); await sendReceiptEmail(session.email);`,
      ),
      "sendReceiptEmail(session.email)",
    ],
    [
      "a mail of one case",
      ROUTE(
        `switch (event.type) { case "invoice.paid": await sendReceiptEmail(session.email); break; default: break; }`,
      ),
      "sendReceiptEmail(session.email)",
    ],
    [
      "SQL",
      ROUTE(`await pool.query("UPDATE wallets SET balance = balance + $1 WHERE user_id = $2", [1, 2]);`),
      `pool.query("UPDATE wallets SET balance = balance + $1 WHERE user_id = $2", [1, 2])`,
    ],
  ]);
});

it("names the sender", () => {
  expect(lintWith(RULE, ROUTE(`await ${RAISE};`)).findings[0]?.message).toMatch(
    /^Stripe delivers an event again/,
  );
});
