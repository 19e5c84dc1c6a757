import { describe, expect, it } from "vitest";
import { offered, repaired } from "./repairing.ts";

const RULE = "no-float-amounts";
const STRIPE = `import Stripe from "stripe";\nconst stripe = new Stripe(process.env.KEY);\n`;
const FLUTTERWAVE = `import Flutterwave from "flutterwave-node-v3";\nconst flw = new Flutterwave(a, b);\n`;

/** What it shows, the code before, and the code after. */
type Row = readonly [what: string, before: string, after: string];

function table(head: string, rows: readonly Row[]): void {
  it.each(rows)("%s", (_, before, after) => {
    expect(repaired(RULE, head + before)).toBe(head + after);
  });
}

describe("rounds", () => {
  table(STRIPE, [
    [
      "a product where it is sent",
      "export const pay = (total) => stripe.charges.create({ amount: total * 100 });",
      "export const pay = (total) => stripe.charges.create({ amount: Math.round(total * 100) });",
    ],
    [
      "a product where it is made",
      "export const pay = (total) => { const cents = parseFloat(total) * 100; return stripe.charges.create({ amount: cents }); };",
      "export const pay = (total) => { const cents = Math.round(parseFloat(total) * 100); return stripe.charges.create({ amount: cents }); };",
    ],
    [
      "a product assigned in place",
      "export const pay = (amount) => { amount *= 100; return stripe.charges.create({ amount }); };",
      "export const pay = (amount) => { amount = Math.round(amount * 100); return stripe.charges.create({ amount }); };",
    ],
    [
      "instead of cutting off",
      "export const pay = (total) => stripe.charges.create({ amount: Math.floor(total * 100) });",
      "export const pay = (total) => stripe.charges.create({ amount: Math.round(total * 100) });",
    ],
    [
      "instead of parsing",
      "export const pay = (total) => stripe.charges.create({ amount: parseInt(total * 100, 10) });",
      "export const pay = (total) => stripe.charges.create({ amount: Math.round(total * 100) });",
    ],
    [
      "instead of an operator on bits",
      "export const pay = (total) => stripe.charges.create({ amount: (total * 100) | 0 });",
      "export const pay = (total) => stripe.charges.create({ amount: Math.round(total * 100) });",
    ],
    [
      "a part that is sent as it is",
      "export const pay = (amount) => stripe.charges.create({ amount, application_fee_amount: amount * 0.1 });",
      "export const pay = (amount) => stripe.charges.create({ amount, application_fee_amount: Math.round(amount * 0.1) });",
    ],
    [
      "a part that is scaled, once",
      "export const pay = (total) => stripe.charges.create({ amount: total * 0.1 * 100 });",
      "export const pay = (total) => stripe.charges.create({ amount: Math.round(total * 0.1 * 100) });",
    ],
    [
      "lamports",
      "export const pay = (from, to, amount) => SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports: amount * LAMPORTS_PER_SOL });",
      "export const pay = (from, to, amount) => SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports: Math.round(amount * LAMPORTS_PER_SOL) });",
    ],
  ]);
});

describe("sends the unit that the provider takes", () => {
  table(STRIPE, [
    [
      "yen",
      `export const pay = (price) => stripe.charges.create({ amount: Math.round(price * 100), currency: "jpy" });`,
      `export const pay = (price) => stripe.charges.create({ amount: Math.round(price), currency: "jpy" });`,
    ],
    [
      "yen that were not rounded",
      `export const pay = (price) => stripe.charges.create({ amount: price * 100, currency: "jpy" });`,
      `export const pay = (price) => stripe.charges.create({ amount: Math.round(price), currency: "jpy" });`,
    ],
    [
      "dinars",
      `export const pay = (price) => stripe.charges.create({ amount: Math.round(price * 100), currency: "kwd" });`,
      `export const pay = (price) => stripe.charges.create({ amount: Math.round(price * 1000), currency: "kwd" });`,
    ],
    [
      "dollars with two decimals",
      `export const pay = (order) => stripe.charges.create({ amount: order.total.toFixed(2), currency: "usd" });`,
      `export const pay = (order) => stripe.charges.create({ amount: Math.round(order.total * 100), currency: "usd" });`,
    ],
    [
      "dollars written out",
      `export const pay = () => stripe.charges.create({ amount: 19.99, currency: "usd" });`,
      `export const pay = () => stripe.charges.create({ amount: 1999, currency: "usd" });`,
    ],
  ]);
  table(FLUTTERWAVE, [
    [
      "cents",
      "export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: order.totalCents });",
      "export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: order.totalCents / 100 });",
    ],
    [
      "times 100",
      "export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: Math.round(order.total * 100) });",
      "export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: Math.round(order.total * 100) / 100 });",
    ],
  ]);
});

describe("offers nothing", () => {
  it.each([
    [
      "where a number has no room for the units",
      "export const payout = (token, to, amount) => token.transfer(to, amount * 1e18);",
    ],
    [
      "where the unit is known at run time only",
      "export const payout = (token, to, amount, decimals) => token.transfer(to, amount * 10 ** decimals);",
    ],
    [
      "where nobody tells in which unit a part is kept",
      "export const settle = (amount) => Ledger.create({ fee: amount * 0.029 });",
    ],
    ["for a column", `sequelize.define("payment", { amount: { type: DataTypes.FLOAT } });`],
    [
      "for a string made of a float",
      "export async function order(total) { const tax = Number((total * 0.15).toFixed(2)); await Order.create({ tax }); }",
    ],
  ])("%s", (_, code) => {
    expect(offered(RULE, code)).toBe(0);
  });
});
