import { describe, expect, it } from "vitest";
import { offered, repaired } from "./repairing.ts";

const RULE = "require-idempotency-key";
const STRIPE = `import Stripe from "stripe";\nimport { randomUUID } from "crypto";\nconst stripe = new Stripe(process.env.KEY);\n`;

type Row = readonly [what: string, before: string, after: string];

function table(head: string, rows: readonly Row[]): void {
  it.each(rows)("%s", (_, before, after) => {
    expect(repaired(RULE, head + before)).toBe(head + after);
  });
}

describe("adds a key", () => {
  table(STRIPE, [
    [
      "as a second argument",
      "export const pay = (order) => stripe.charges.create({ amount: order.amount, metadata: { order: order.id } });",
      "export const pay = (order) => stripe.charges.create({ amount: order.amount, metadata: { order: order.id } }, { idempotencyKey: `payment-${order.id}` });",
    ],
    [
      "beside the connected account",
      "export const pay = (orderId, account) => stripe.payouts.create({ amount: 1 }, { stripeAccount: account });",
      "export const pay = (orderId, account) => stripe.payouts.create({ amount: 1 }, { idempotencyKey: `payout-${orderId}`, stripeAccount: account });",
    ],
    [
      "of the attempt rather than of the order",
      "export const pay = ({ orderId, attemptId }) => stripe.charges.create({ amount: 1 });",
      "export const pay = ({ orderId, attemptId }) => stripe.charges.create({ amount: 1 }, { idempotencyKey: `payment-${attemptId}` });",
    ],
    [
      "in options that are empty",
      "export const pay = (orderId) => stripe.charges.create({ amount: 1 }, {});",
      "export const pay = (orderId) => stripe.charges.create({ amount: 1 }, { idempotencyKey: `payment-${orderId}` });",
    ],
  ]);
  table("", [
    [
      "as a header",
      `export const refund = (refundId) => fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { authorization }, body });`,
      'export const refund = (refundId) => fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { "Idempotency-Key": `refund-${refundId}`, authorization }, body });',
    ],
    [
      "as a header, on a line of its own",
      `export const refund = (refundId) =>\n  fetch("https://api.paymongo.com/v1/refunds", {\n    method: "POST",\n    headers: {\n      authorization,\n    },\n  });`,
      `export const refund = (refundId) =>\n  fetch("https://api.paymongo.com/v1/refunds", {\n    method: "POST",\n    headers: {\n      "Idempotency-Key": \`refund-\${refundId}\`,\n      authorization,\n    },\n  });`,
    ],
    [
      "as a field of the body",
      `export const pay = (order) => fetch("https://api.mintcash.me/payments", { method: "POST", body: JSON.stringify({ amount: order.amount, note: order.id }) });`,
      'export const pay = (order) => fetch("https://api.mintcash.me/payments", { method: "POST", body: JSON.stringify({ externalId: `payment-${order.id}`, amount: order.amount, note: order.id }) });',
    ],
  ]);
});

describe("replaces a key", () => {
  table(STRIPE, [
    [
      "of the clock",
      "export const pay = (order) => stripe.charges.create({ amount: 1, description: order.id }, { idempotencyKey: `c-${Date.now()}` });",
      "export const pay = (order) => stripe.charges.create({ amount: 1, description: order.id }, { idempotencyKey: `payment-${order.id}` });",
    ],
    [
      "that is drawn on each try",
      "export const pay = (orderId) => retry(() => stripe.charges.create({ amount: 1 }, { idempotencyKey: randomUUID() }));",
      "export const pay = (orderId) => retry(() => stripe.charges.create({ amount: 1 }, { idempotencyKey: `payment-${orderId}` }));",
    ],
    [
      "that all calls have",
      `export const pay = (orderId) => stripe.charges.create({ amount: 1 }, { idempotencyKey: "charge" });`,
      "export const pay = (orderId) => stripe.charges.create({ amount: 1 }, { idempotencyKey: `payment-${orderId}` });",
    ],
    [
      "of another operation",
      "export async function pay(order) { await stripe.charges.create(p, { idempotencyKey: order.id }); await stripe.transfers.create(q, { idempotencyKey: order.id }); }",
      "export async function pay(order) { await stripe.charges.create(p, { idempotencyKey: order.id }); await stripe.transfers.create(q, { idempotencyKey: `transfer-${order.id}` }); }",
    ],
    [
      "of all rounds of a loop",
      "export async function pay(sellers, order) { for (const seller of sellers) await stripe.transfers.create({ destination: seller.account, description: seller.id }, { idempotencyKey: `payout-${order.id}` }); }",
      "export async function pay(sellers, order) { for (const seller of sellers) await stripe.transfers.create({ destination: seller.account, description: seller.id }, { idempotencyKey: `payout-${order.id}-${seller.id}` }); }",
    ],
    [
      "that stands among the parameters",
      "export const pay = (orderId) => stripe.charges.create({ amount: 1, idempotency_key: orderId });",
      "export const pay = (orderId) => stripe.charges.create({ amount: 1 }, { idempotencyKey: orderId });",
    ],
    [
      "that stands first among the parameters",
      "export const pay = (orderId) => stripe.charges.create({ idempotencyKey: orderId, amount: 1 });",
      "export const pay = (orderId) => stripe.charges.create({ amount: 1 }, { idempotencyKey: orderId });",
    ],
  ]);
});

describe("offers nothing", () => {
  it.each([
    ["without an id in scope", "export const pay = (amount) => stripe.charges.create({ amount });"],
    [
      "with the customer's alone",
      "export const pay = (userId, customer) => stripe.charges.create({ amount: 1, customer: customer.id });",
    ],
    [
      "where the id is drawn in the same run",
      "export async function pay() { const orderId = randomUUID(); await stripe.charges.create({ amount: 1 }); }",
    ],
    [
      "where the id is of the clock",
      "export async function pay() { const orderId = `O-${Date.now()}`; await stripe.charges.create({ amount: 1 }); }",
    ],
    [
      "where the id comes afterwards",
      "export async function pay() { const charge = await stripe.charges.create({ amount: 1 }); const paymentId = charge.id; return paymentId; }",
    ],
    [
      "where the id is of another function",
      "export const read = (orderId) => orderId; export const pay = () => stripe.charges.create({ amount: 1 });",
    ],
    [
      "where the id is of another block",
      "export async function pay(flag) { if (flag) { const orderId = read(flag); log(orderId); } await stripe.charges.create({ amount: 1 }); }",
    ],
    [
      "where a UUID is asked for",
      `export const pay = (payoutId) => fetch("https://api.wise.com/v1/transfers", { method: "POST", headers: { authorization }, body: JSON.stringify({ targetAccount: 1 }) });`,
    ],
    [
      "where the headers stand elsewhere",
      `const headers = { authorization }; export const refund = (refundId) => fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers });`,
    ],
  ])("%s", (_, code) => {
    expect(offered(RULE, STRIPE + code)).toBe(0);
  });
});
