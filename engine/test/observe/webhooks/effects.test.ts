import { describe, expect, it } from "vitest";
import { type Effect, effectOf } from "../../../src/observe/webhooks/effects.ts";
import { flowFor } from "../../flow/paths.ts";

/** The effects of a file's calls, templates and assignments, in source order, as words. */
function effectsIn(code: string): string[] {
  const flow = flowFor(code);
  const nodes = [
    ...flow.tree.all("CallExpression"),
    ...flow.tree.all("TaggedTemplateExpression"),
    ...flow.tree.all("AssignmentExpression"),
  ].sort((a, b) => a.range[0] - b.range[0]);
  return nodes.flatMap((node) => word(effectOf(node, flow)));
}

function word(effect: Effect | undefined): string[] {
  if (!effect) return [];
  return [[effect.kind, effect.repeats && "repeats", effect.slow && "slow"].filter(Boolean).join(" ")];
}

describe("databases", () => {
  it.each([
    ["Prisma", `await prisma.order.update({ where: { id }, data: { status: "paid" } })`],
    ["Prisma, many", `db.order.updateMany({ where: { id, status: "pending" }, data })`],
    ["Prisma, one made", `this.prisma.payment.create({ data: { id } })`],
    [
      "Mongoose",
      `import { Order } from "../models/order"; await Order.findByIdAndUpdate(id, { paid: true })`,
    ],
    ["Mongoose, made", `import Order from "../models/Order"; await Order.create({ id })`],
    [
      "Mongoose, loaded and saved",
      `const order = await Order.findOne({ id }); order.paid = true; await order.save()`,
    ],
    [
      "Mongoose, new and saved",
      `import Order from "./order"; const order = new Order({ id }); await order.save()`,
    ],
    ["Sequelize", `import { Order } from "./models"; Order.update({ paid: true }, { where: { id } })`],
    [
      "Sequelize, a row",
      `import { Order } from "./models"; const order = await Order.findByPk(id); await order.update({ paid: true })`,
    ],
    [
      "TypeORM",
      `class A { constructor(private orderRepository: Repository<Order>) {} paid(order) { return this.orderRepository.save(order) } }`,
    ],
    [
      "Drizzle, inserted",
      `import { db } from "@/db"; await db.insert(events).values({ id }).onConflictDoNothing()`,
    ],
    [
      "Drizzle, updated",
      `import { db } from "@/db"; await db.update(orders).set({ paid: true }).where(eq(orders.id, id))`,
    ],
    ["Drizzle, deleted", `await db.delete(orders).where(eq(orders.id, id))`],
    ["Knex", `await knex("orders").where({ id }).update({ paid: true })`],
    ["Supabase", `await supabase.from("orders").update({ paid: true }).eq("id", id)`],
    ["Supabase, deleted", `await supabase.from("orders").delete().eq("id", id)`],
    ["Firestore", `await db.collection("orders").doc(id).update({ paid: true })`],
    [
      "Firestore, a reference",
      `const ref = db.doc("orders/1"); await ref.set({ paid: true }, { merge: true })`,
    ],
    ["Firestore, in a transaction", `db.runTransaction(async (t) => { t.update(ref, { paid: true }) })`],
    [
      "Firestore, by functions",
      `import { updateDoc } from "firebase/firestore"; await updateDoc(ref, { paid: true })`,
    ],
    ["SQL", `await pool.query("UPDATE orders SET status = $1 WHERE id = $2", ["paid", id])`],
    [
      "SQL in a template",
      "await client.query(`\n insert into events (id) values ($1) on conflict do nothing`, [id])",
    ],
    ["SQL, tagged", "await sql`UPDATE orders SET paid = true WHERE id = ${id}`"],
    ["SQL, Prisma", "await prisma.$executeRaw`DELETE FROM carts WHERE id = ${id}`"],
    ["D1", `await env.DB.prepare("UPDATE orders SET paid = 1 WHERE id = ?").bind(id).run()`],
    [
      "SQLite, prepared before",
      `const mark = db.prepare("UPDATE orders SET paid = 1 WHERE id = ?"); mark.run(id)`,
    ],
    ["KV", `await env.ORDERS.put(id, "paid")`],
    ["Redis", `import Redis from "ioredis"; const redis = new Redis(); await redis.set(id, "paid")`],
    ["DynamoDB", `await client.send(new UpdateCommand({ TableName }))`],
  ])("writes: %s", (_, code) => {
    expect(effectsIn(code)).toEqual(["write"]);
  });

  it.each([
    ["Prisma", `prisma.user.update({ where: { id }, data: { credits: { increment: 5 } } })`],
    [
      "Prisma, from what was read",
      `prisma.user.update({ where: { id }, data: { balance: user.balance + amount } })`,
    ],
    ["Mongo", `users.updateOne({ id }, { $inc: { balance: amount } })`],
    [
      "Sequelize",
      `import { User } from "./models"; User.increment("balance", { by: amount, where: { id } })`,
    ],
    ["Drizzle", "db.update(users).set({ credits: sql`${users.credits} + ${amount}` })"],
    ["Supabase", `supabase.from("wallets").update({ balance: wallet.balance + amount }).eq("id", id)`],
    ["Supabase, procedure", `supabase.rpc("increment_balance", { id, amount })`],
    [
      "Firestore",
      `db.collection("users").doc(id).update({ credits: admin.firestore.FieldValue.increment(5) })`,
    ],
    ["SQL", `pool.query("UPDATE wallets SET balance = balance + $1 WHERE id = $2", [amount, id])`],
    ["SQL, with a default", `pool.query("UPDATE wallets SET balance = COALESCE(balance, 0) + $1", [amount])`],
    ["a member", `user.balance += amount`],
    ["a member, in words", `user.walletBalance = user.walletBalance + amount`],
  ])("increments: %s", (_, code) => {
    expect(effectsIn(code)).toEqual(["increment repeats"]);
  });

  it.each([
    ["attempts are counted", `prisma.job.update({ where: { id }, data: { attempts: { increment: 1 } } })`],
    ["SQL that counts attempts", `pool.query("UPDATE jobs SET attempts = attempts + 1")`],
  ])("only writes: %s", (_, code) => {
    expect(effectsIn(code)).toEqual(["write"]);
  });
});

describe("other systems", () => {
  it.each([
    [
      "Resend",
      `import { Resend } from "resend"; const resend = new Resend(key); await resend.emails.send({ to })`,
    ],
    ["SendGrid", `import sgMail from "@sendgrid/mail"; await sgMail.send(mail)`],
    [
      "Nodemailer",
      `import nodemailer from "nodemailer"; const t = nodemailer.createTransport({}); await t.sendMail(mail)`,
    ],
    [
      "Slack",
      `import { WebClient } from "@slack/web-api"; const slack = new WebClient(token); await slack.chat.postMessage({ text })`,
    ],
    [
      "Telegram by HTTP",
      'await fetch(`https://api.telegram.org/bot${token}/sendMessage`, { method: "POST", body })',
    ],
    [
      "the project's own",
      `import { sendOrderConfirmationEmail } from "../lib/mail"; await sendOrderConfirmationEmail(order)`,
    ],
    [
      "a service",
      `class A { constructor(private mail: MailService) {} run() { return this.mail.sendReceiptEmail(order) } }`,
    ],
    ["SES", `await ses.send(new SendEmailCommand({ Destination }))`],
  ])("messages: %s", (_, code) => {
    expect(effectsIn(code).at(-1)).toBe("message repeats slow");
  });

  it.each([
    ["fetch", `await fetch("https://erp.example.com/orders", { method: "POST", body })`],
    ["axios", `import axios from "axios"; await axios.post("https://erp.example.com/orders", order)`],
  ])("requests: %s", (_, code) => {
    expect(effectsIn(code)).toEqual(["request slow"]);
  });

  it.each([
    ["a transfer", `stripe.transfers.create({ amount, destination })`, "money repeats slow"],
    [
      "a keyed transfer",
      `stripe.transfers.create({ amount, destination }, { idempotencyKey: id })`,
      "money slow",
    ],
    ["a subscription ended", `stripe.subscriptions.cancel(id)`, "money"],
  ])("money: %s", (_, code, expected) => {
    expect(effectsIn(`import Stripe from "stripe"; const stripe = new Stripe(key); ${code}`)).toEqual([
      expected,
    ]);
  });

  it.each([
    [
      "BullMQ",
      `import { Queue } from "bullmq"; const jobs = new Queue("jobs"); await jobs.add("paid", data)`,
    ],
    [
      "a queue of another file",
      `import { emailQueue } from "../queues"; await emailQueue.add("receipt", data)`,
    ],
    ["SQS", `await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))`],
    ["Inngest", `import { inngest } from "@/inngest/client"; await inngest.send({ name: "paid", data })`],
    ["waitUntil", `ctx.waitUntil(work)`],
    ["Next's after", `import { after } from "next/server"; after(work)`],
  ])("queues: %s", (_, code) => {
    expect(effectsIn(code)).toEqual(["queue"]);
  });
});

describe("no effect", () => {
  it.each([
    `import { createHmac } from "crypto"; const mac = createHmac("sha256", key).update(body).digest("hex")`,
    `crypto.createHash("sha256").update("x").digest()`,
    `import { createHash } from "node:crypto"; const hash = createHash("sha1"); hash.update(body)`,
    `const seen = new Map(); seen.set(id, true); seen.delete(id)`,
    `const ids = new Set(); ids.add(id)`,
    `const list = []; list.push(event)`,
    `res.set("x-powered-by", "us"); res.status(200).json({ ok: true })`,
    `const url = new URL(base); url.searchParams.set("id", id)`,
    `headers.set("authorization", token); headers.append("a", "b")`,
    `Object.create({ data: 1 }); Object.assign({}, { where: 1 })`,
    `await prisma.order.findUnique({ where: { id } })`,
    `await Order.findOne({ id })`,
    `await supabase.from("orders").select("*").eq("id", id)`,
    `await pool.query("SELECT * FROM orders WHERE updated > $1", [at])`,
    "await sql`SELECT 1`",
    `await fetch("https://api.example.com/orders/1")`,
    `import Stripe from "stripe"; const stripe = new Stripe(key); await stripe.paymentIntents.retrieve(id)`,
    `import Stripe from "stripe"; const stripe = new Stripe(key); stripe.webhooks.constructEvent(b, s, k)`,
    `ctx.save(); canvas.update()`,
    `cache.set(id, value)`,
    `Buffer.from("orders").fill(0)`,
    `i += 1; total = total + amount`,
    `state.update({ a: 1 }); setOrder({ paid: true })`,
    `app.post("/hooks", handler); router.delete("/x", handler)`,
    `function sendReceiptEmail() {} sendReceiptEmail()`,
    `cipher.update("x", "utf8"); decipher.final()`,
  ])("%s", (code) => {
    expect(effectsIn(code)).toEqual([]);
  });
});
