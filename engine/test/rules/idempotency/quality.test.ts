import { describe, expect, it } from "vitest";
import { type Case, lintWith, silentOn } from "../lint.ts";

const RULE = "require-idempotency-key";
const STRIPE = `import Stripe from "stripe"; import { randomUUID, createHash } from "crypto"; const stripe = new Stripe(process.env.STRIPE_KEY); `;

function stripe(cases: readonly Case[]): Case[] {
  return cases.map(([what, code, ...reported]) => [what, STRIPE + code, ...reported] as const);
}

/** Cases that must be reported under a message, each at the texts given. */
function reports(messageId: string, cases: readonly Case[]): void {
  it.each(stripe(cases))("%s", (_, code, ...texts) => {
    const { findings, reported } = lintWith(RULE, code);
    expect(findings.map((finding) => finding.messageId)).toEqual(texts.map(() => messageId));
    expect(reported).toEqual(texts);
  });
}

describe("silent: keys of one operation", () => {
  silentOn(
    RULE,
    stripe([
      [
        "of the order",
        "export const pay = (order) => stripe.charges.create(p, { idempotencyKey: `order-${order.id}` })",
      ],
      ["a parameter", "export const pay = (key) => stripe.charges.create(p, { idempotencyKey: key })"],
      [
        "a hash of the order",
        `export const pay = (order) => stripe.charges.create(p, { idempotencyKey: createHash("sha256").update(order.id).digest("hex") })`,
      ],
      [
        "one a day",
        "export const payDaily = (seller) => stripe.payouts.create(p, { idempotencyKey: `${seller.id}-${new Date().toISOString().slice(0, 10)}` })",
      ],
      [
        "one a month",
        "export const payMonthly = (seller) => stripe.payouts.create(p, { idempotencyKey: `${seller.id}-${new Date().getMonth()}` })",
      ],
      [
        "one an hour",
        "export const payHourly = (seller) => stripe.payouts.create(p, { idempotencyKey: `${seller.id}-${Math.floor(Date.now() / 3600000)}` })",
      ],
      [
        "drawn by whoever calls, who may keep it",
        "export async function pay() { const key = randomUUID(); await stripe.charges.create(p, { idempotencyKey: key }); }",
      ],
      [
        "drawn before the retries",
        "export async function pay() { const key = randomUUID(); return retry(() => stripe.charges.create(p, { idempotencyKey: key })); }",
      ],
      [
        "drawn before the attempts",
        "export async function pay() { const key = randomUUID(); for (let attempt = 0; attempt < 3; attempt++) { await stripe.charges.create(p, { idempotencyKey: key }); } }",
      ],
      [
        "drawn for each payment of a list",
        "export async function pay(payments) { for (const payment of payments) { await stripe.charges.create({ amount: payment.amount }, { idempotencyKey: randomUUID() }); } }",
      ],
      [
        "drawn for each payment by its index",
        "export async function pay(payments) { for (let i = 0; i < payments.length; i++) { await stripe.charges.create({ amount: payments[i].amount }, { idempotencyKey: randomUUID() }); } }",
      ],
      [
        "drawn for each job taken",
        "export async function work() { while (true) { const job = await take(); await stripe.charges.create({ amount: job.amount }, { idempotencyKey: randomUUID() }); } }",
      ],
      [
        "drawn for each payment inside of a retried whole",
        "export const pay = (payments) => payments.map((payment) => stripe.charges.create({ amount: payment.amount }, { idempotencyKey: randomUUID() }))",
      ],
      [
        "a number that the database draws",
        "export const pay = async () => { const { id } = await db.attempt.create({ data: { at: Date.now() } }); await stripe.charges.create(p, { idempotencyKey: id }); }",
      ],
      [
        "written out in a script that runs once",
        `async function main() { await stripe.charges.create(p, { idempotencyKey: "correction-of-may" }); } main()`,
      ],
      [
        "two operations, told apart",
        "export async function pay(order) { await stripe.charges.create(p, { idempotencyKey: `charge-${order.id}` }); await stripe.transfers.create(p, { idempotencyKey: `transfer-${order.id}` }); }",
      ],
      [
        "two operations of which one is made",
        "export async function pay(order, back) { if (back) { await stripe.refunds.create(p, { idempotencyKey: order.id }); } else { await stripe.charges.create(p, { idempotencyKey: order.id }); } }",
      ],
      [
        "two operations of which the first ends the function",
        "export async function pay(order, back) { if (back) return stripe.refunds.create(p, { idempotencyKey: order.id }); return stripe.charges.create(p, { idempotencyKey: order.id }); }",
      ],
      [
        "the same operation tried again",
        "export async function pay(order) { try { await stripe.charges.create(p, { idempotencyKey: order.id }); } catch { await stripe.charges.create(p, { idempotencyKey: order.id }); } }",
      ],
      [
        "two providers",
        `export async function pay(order) { await stripe.charges.create(p, { idempotencyKey: order.id }); await fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { "Idempotency-Key": order.id } }); }`,
      ],
      [
        "a key of each round",
        "export async function pay(sellers, order) { for (const seller of sellers) await stripe.transfers.create({ destination: seller.account }, { idempotencyKey: `${order.id}-${seller.id}` }); }",
      ],
      [
        "a key of each round by way of a name",
        "export const pay = (sellers, order) => Promise.all(sellers.map((seller) => { const key = `${order.id}-${seller.id}`; return stripe.transfers.create({ destination: seller.account }, { idempotencyKey: key }); }))",
      ],
      [
        "a key of each round by a helper out of sight",
        `import { keyFor } from "./keys"; export const pay = (sellers) => sellers.map((seller) => stripe.transfers.create({ destination: seller.account }, { idempotencyKey: keyFor(seller) }))`,
      ],
      [
        "the same sent in each round",
        "export async function pay(order, urls) { for (const url of urls) { await stripe.charges.create({ amount: order.amount }, { idempotencyKey: order.id }); } }",
      ],
    ]),
  );
});

describe("silent: what need not be a key", () => {
  silentOn(RULE, [
    [
      "a text for reading, where nobody tells that it is a key",
      "export const pay = () => fetch(`${process.env.BANK}/payouts`, { method: 'POST', headers: { Authorization: k }, body: JSON.stringify({ amount: 5, reference: 'Payout' }) })",
    ],
  ]);
});

describe("reported: the same for every call", () => {
  reports("constant", [
    [
      "written out",
      `export const pay = () => stripe.charges.create(p, { idempotencyKey: "charge" })`,
      `"charge"`,
    ],
    [
      "written out elsewhere",
      `const KEY = "my-key"; export const pay = () => stripe.charges.create(p, { idempotencyKey: KEY })`,
      "KEY",
    ],
    [
      "drawn when the process starts",
      `const key = randomUUID(); export const pay = () => stripe.charges.create(p, { idempotencyKey: key })`,
      "key",
    ],
    [
      "a field of the body",
      `export const pay = () => fetch("https://api.mintcash.me/payments", { method: "POST", body: JSON.stringify({ amount: 1, externalId: "order-1" }) })`,
      `"order-1"`,
    ],
  ]);
});

describe("reported: made from the clock", () => {
  reports("clock", [
    [
      "with the order's number",
      "export const pay = (order) => stripe.charges.create(p, { idempotencyKey: `${order.id}-${Date.now()}` })",
      "`${order.id}-${Date.now()}`",
    ],
    [
      "by a helper that hashes it",
      `const keyOf = (id) => createHash("sha256").update(id + ":" + Date.now()).digest("hex"); export const pay = (order) => stripe.charges.create(p, { idempotencyKey: keyOf(order.id) })`,
      "keyOf(order.id)",
    ],
    [
      "used again for a log",
      "export async function pay() { const key = `c-${Date.now()}`; console.log(key); await stripe.charges.create(p, { idempotencyKey: key }); }",
      "key",
    ],
    [
      "a whole date",
      "export const pay = (order) => stripe.charges.create(p, { idempotencyKey: order.id + new Date().toISOString() })",
      "order.id + new Date().toISOString()",
    ],
  ]);
});

describe("reported: drawn anew on each try", () => {
  reports("minted", [
    [
      "inside the retried function",
      "export const pay = () => pRetry(async () => stripe.charges.create(p, { idempotencyKey: randomUUID() }), { retries: 3 })",
      "randomUUID()",
    ],
    [
      "in a loop of attempts",
      "export async function pay() { for (let attempt = 0; attempt < 3; attempt++) { try { return await stripe.charges.create(p, { idempotencyKey: randomUUID() }); } catch {} } }",
      "randomUUID()",
    ],
    [
      "in a loop, by way of a name",
      "export async function pay(order) { let done = false; while (!done) { const key = randomUUID(); await stripe.charges.create({ amount: order.amount }, { idempotencyKey: key }); done = true; } }",
      "key",
    ],
    [
      "in a function that is retried",
      "async function charge(order) { return stripe.charges.create({ amount: order.amount }, { idempotencyKey: randomUUID() }); } export const pay = (order) => withRetry(() => charge(order))",
      "randomUUID()",
    ],
    [
      "in a job that a queue runs again",
      `import { Worker } from "bullmq"; new Worker("payouts", async (job) => { await stripe.payouts.create(job.data, { idempotencyKey: randomUUID() }); })`,
      "randomUUID()",
    ],
    [
      "in a job of Nest's queues",
      `class Payouts { @Process() async pay(job) { await stripe.payouts.create(job.data, { idempotencyKey: randomUUID() }); } }`,
      "randomUUID()",
    ],
  ]);
});

describe("reported: shared with another operation", () => {
  reports("shared", [
    [
      "one name for both",
      "export async function pay(order) { const key = `order-${order.id}`; await stripe.charges.create(p, { idempotencyKey: key }); await stripe.transfers.create(q, { idempotencyKey: key }); }",
      "key",
    ],
    [
      "the same member for both",
      "export async function pay(order) { await stripe.charges.create(p, { idempotencyKey: order.id }); await stripe.transfers.create(q, { idempotencyKey: order.id }); }",
      "order.id",
    ],
    [
      "undone under the same key",
      "export async function pay(order) { try { await stripe.charges.create(p, { idempotencyKey: order.id }); await save(order); } catch { await stripe.refunds.create(q, { idempotencyKey: order.id }); } }",
      "order.id",
    ],
    [
      "all rounds of a loop",
      "export async function pay(sellers, order) { for (const seller of sellers) await stripe.transfers.create({ destination: seller.account }, { idempotencyKey: order.id }); }",
      "order.id",
    ],
    [
      "all elements of a list",
      "export const pay = (sellers, order) => Promise.all(sellers.map((seller) => stripe.transfers.create({ destination: seller.account }, { idempotencyKey: `payout-${order.id}` })))",
      "`payout-${order.id}`",
    ],
  ]);
});

it("shows the other place", () => {
  const code = `${STRIPE}export async function pay(order) { await stripe.charges.create(p, { idempotencyKey: order.id }); await stripe.transfers.create(q, { idempotencyKey: order.id }); }`;
  const [finding] = lintWith(RULE, code).findings;
  expect(
    finding!.related!.map(({ range, message }) => [code.slice(range.start, range.end), message]),
  ).toEqual([
    ["stripe.transfers.create", "the request that it should make repeatable"],
    ["stripe.charges.create", "the other request with the same key"],
  ]);
});
