import { describe, expect, it } from "vitest";
import { deduplicated } from "../../../../src/observe/webhooks/facts/deduplicated.ts";
import { handlerIn, said, type Setting } from "./handler.ts";

const HEAD = `import Stripe from "stripe";
import { prisma } from "./db";
import { sendReceiptEmail } from "../mail";
import { processCheckout } from "./checkout";
const stripe = new Stripe(key);
`;

function judged(body: string, setting?: Setting) {
  const code = `${HEAD}export async function handler(req, res) {
    const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], secret);
    const session = event.data.object;
    ${body}
    res.json({ received: true });
  }`;
  const handler = handlerIn(code, setting);
  return said(deduplicated(handler), handler);
}

describe("no", () => {
  it.each([
    [
      "a balance raised",
      `await prisma.user.update({ where: { id: session.metadata.userId }, data: { credits: { increment: 10 } } });`,
      /increment/,
    ],
    [
      "a balance raised of a user who must exist",
      `const user = await User.findOne({ email: session.customer_email });
       if (!user) return res.status(404).json({ error: "no user" });
       user.balance += session.amount_total;
       await user.save();`,
      /balance/,
    ],
    [
      "a mail after the order was marked",
      `await prisma.order.update({ where: { id: session.metadata.orderId }, data: { status: "paid" } });
       await sendReceiptEmail(session.customer_email);`,
      /sendReceiptEmail/,
    ],
    [
      "a mail for one type of event",
      `switch (event.type) { case "invoice.paid": await sendReceiptEmail(session.customer_email); break; }`,
      /sendReceiptEmail/,
    ],
    [
      "the event's own state is no state of ours",
      `if (session.payment_status !== "paid") return res.json({});
       await sendReceiptEmail(session.customer_email);`,
      /sendReceiptEmail/,
    ],
    [
      "the mail is sent after the answer",
      `after(async () => { await sendReceiptEmail(session.customer_email); });`,
      /sendReceiptEmail/,
    ],
    [
      "the look-up's own error is no state",
      `const { data: user, error } = await supabase.from("users").select().eq("id", session.client_reference_id).single();
       if (error || !user) return res.sendStatus(404);
       await supabase.from("users").update({ credits: user.credits + 5 }).eq("id", user.id);`,
      /update/,
    ],
    [
      "the amount is compared, and nothing else",
      `const order = await Order.findById(session.metadata.orderId);
       if (order.total !== session.amount_total) return res.sendStatus(400);
       await sendReceiptEmail(order.email);`,
      /sendReceiptEmail/,
    ],
    [
      "money is sent on",
      `await stripe.transfers.create({ amount: session.amount_total, currency: "eur", destination });`,
      /transfers/,
    ],
  ])("%s", (_, body, shown) => {
    const { answer, text } = judged(body);
    expect(answer).toBe("no");
    expect(text).toMatch(shown);
  });

  it("in a helper of the same file", () => {
    const handler = handlerIn(`${HEAD}
      async function fulfil(session) {
        const user = await User.findById(session.metadata.userId);
        if (!user) throw new Error("no user");
        user.credits += 100;
        await user.save();
      }
      export async function handler(req, res) {
        const event = JSON.parse(req.body);
        if (event.type === "checkout.session.completed") await fulfil(event.data.object);
        res.sendStatus(200);
      }`);
    expect(said(deduplicated(handler), handler)).toMatchObject({ answer: "no", text: "user.credits += 100" });
  });

  it("in a helper of another file, shown where it is called", () => {
    const handler = handlerIn(
      `import { credit } from "./credit";
       export async function handler(req, res) { await credit(req.body.data); res.sendStatus(200); }`,
      {
        files: {
          credit: `export async function credit(data) {
            await pool.query("UPDATE wallets SET balance = balance + $1 WHERE email = $2", [data.amount, data.email]);
          }`,
        },
      },
    );
    expect(said(deduplicated(handler), handler)).toMatchObject({
      answer: "no",
      text: "credit(req.body.data)",
    });
  });
});

describe("yes", () => {
  it.each([
    [
      "the event's id is looked up",
      `if (await prisma.processedEvent.findUnique({ where: { id: event.id } })) return res.json({});
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "the order's state is tested",
      `const order = await Order.findOne({ sessionId: session.id });
       if (order.status === "paid") return res.json({});
       order.status = "paid"; await order.save();
       await sendReceiptEmail(order.email);`,
    ],
    [
      "a flag of the order is tested",
      `const order = await Order.findById(session.metadata.orderId);
       if (!order || order.isPaid) return res.json({});
       await sendReceiptEmail(order.email);`,
    ],
    [
      "a row with the payment's id exists",
      `const { data: existing } = await supabase.from("payments").select().eq("session_id", session.id).maybeSingle();
       if (existing) return res.json({});
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "an update that says how many rows it changed",
      `const { count } = await prisma.order.updateMany({ where: { id: session.metadata.orderId, status: "pending" }, data: { status: "paid" } });
       if (count === 0) return res.json({});
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "ids kept in memory",
      `if (seen.has(event.id)) return res.json({});
       seen.add(event.id);
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "given to a function that cannot be opened, after the guard",
      `if (await prisma.processedEvent.findUnique({ where: { id: event.id } })) return res.json({});
       await processCheckout(session);
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "a function that answers whether it is the first",
      `const isNew = await claim(event.id);
       if (!isNew) return res.json({});
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "a function that says so",
      `if (await alreadyProcessed(event.id)) return res.json({});
       await sendReceiptEmail(session.customer_email);`,
    ],
  ])("%s", (_, body) => {
    expect(judged(`const seen = new Set(); ${body}`).answer).toBe("yes");
  });
});

describe("unknown", () => {
  it.each([
    [
      "an id is stored first, perhaps as a unique one",
      `await prisma.event.create({ data: { eventId: event.id } });
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "a row that is consumed",
      `const pending = await Pending.findOne({ reference: session.id });
       if (pending) { await sendReceiptEmail(pending.email); await pending.deleteOne(); }`,
    ],
    [
      "an id stored in the same transaction",
      `await prisma.$transaction(async (tx) => {
         await tx.user.update({ where: { id: 1 }, data: { credits: { increment: 5 } } });
         await tx.payment.create({ data: { paymentIntentId: session.payment_intent } });
       });`,
    ],
    [
      "a conditional increment",
      `await prisma.order.updateMany({ where: { id: 1, status: "pending" }, data: { balance: { increment: 5 } } });`,
    ],
    [
      "an increment under a condition in SQL",
      `await pool.query("UPDATE wallets SET balance = balance + $1 WHERE id = $2 AND credited_at IS NULL", [1, 2]);`,
    ],
    [
      "given to a function that cannot be opened",
      `await processCheckout(session);
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "on one of two paths only",
      `const order = await Order.findOne({ sessionId: session.id });
       if (event.type === "x.paid" && order.status === "paid") return res.json({});
       await sendReceiptEmail(order.email);`,
    ],
    ["only written", `await prisma.order.update({ where: { id: 1 }, data: { status: "paid" } });`],
    ["queued", `await queue.add("paid", session);`],
    [
      "told of a failure",
      `try { await prisma.order.update({ where: { id: 1 }, data: { status: "paid" } }); } catch { await sendAlertEmail(event.id); }`,
    ],
    [
      "a transfer with a key",
      `await stripe.transfers.create({ amount: 1, destination }, { idempotencyKey: event.id });`,
    ],
    [
      "a row is there already",
      `const user = await User.findOne({ email: session.customer_email });
       if (!user) { await sendReceiptEmail(session.customer_email); }`,
    ],
  ])("%s", (_, body) => {
    expect(judged(body).answer).not.toBe("no");
  });
});

describe("unknown, and not yes: a guard is only presumed", () => {
  it.each([
    [
      "a function that stores the event, as its name says",
      `await saveEvent(event);
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "a function that logs the event",
      `await logEvent(event);
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "a service that is told of the event",
      `await events.markProcessed(event.id);
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "a lock that cannot be seen",
      `await withLock(event.id, async () => { await sendReceiptEmail(session.customer_email); });`,
    ],
    [
      "given to a function that cannot be opened, before the guard",
      `await processCheckout(session);
       if (await prisma.processedEvent.findUnique({ where: { id: event.id } })) return res.json({});
       await sendReceiptEmail(session.customer_email);`,
    ],
    [
      "given to a function that cannot be opened, on another way than the guard",
      `if (event.type === "charge.refunded") await processCheckout(session);
       else {
         if (await prisma.processedEvent.findUnique({ where: { id: event.id } })) return res.json({});
         await sendReceiptEmail(session.customer_email);
       }`,
    ],
    ["given to a function that cannot be opened, and nothing else", `await processCheckout(session);`],
  ])("%s", (_, body) => {
    expect([undefined, "unknown"]).toContain(judged(body).answer);
  });
});

it.each([
  ["nothing is done", ""],
  ["a look-up", `const user = await prisma.user.findUnique({ where: { id: session.id } });`],
  ["a log", `console.log(session.id); logger.info({ session });`],
])("does not apply where %s", (_, body) => {
  expect(judged(body).answer).toBeUndefined();
});
