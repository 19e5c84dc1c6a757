import { describe, expect, it } from "vitest";
import { lintAmounts, reports, silent, STRIPE } from "./lint.ts";

const HELPERS = {
  "services/units.ts": `export const toCents = (amount: number) => Math.round(amount * 100); export const fromCents = (cents: number) => cents / 100; export const same = (amount: number) => amount;`,
};
const FLUTTERWAVE = `import Flutterwave from "flutterwave-node-v3"; const flw = new Flutterwave(a, b); `;
const XENDIT = `const xendit = (body) => fetch("https://api.xendit.co/v2/payouts", { method: "POST", headers: { authorization, "idempotency-key": id }, body: JSON.stringify(body) }); `;
const PAYPAL = (value: string, currency = "USD") =>
  `export const pay = (order) => fetch("https://api-m.paypal.com/v2/checkout/orders", { method: "POST", headers, body: JSON.stringify({ purchase_units: [{ amount: { currency_code: "${currency}", value: ${value} } }] }) });`;

describe("reported: small units to a provider that takes large ones", () => {
  reports(
    [
      [
        "times 100, rounded",
        "minor-units",
        "Math.round(order.total * 100)",
        `${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: Math.round(order.total * 100), currency: "NGN" });`,
      ],
      [
        "times 100, not rounded either",
        "minor-units",
        "order.total * 100",
        `${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: order.total * 100, currency: "NGN" });`,
      ],
      [
        "times 100 by way of a name",
        "minor-units",
        "cents",
        `${XENDIT}export const pay = (amount) => { const cents = Math.round(amount * 100); return xendit({ referenceId: id, amount: cents, currency: "IDR" }); }`,
      ],
      [
        "times 100 by a helper of another file",
        "minor-units",
        "toCents(order.total)",
        `import { toCents } from "./units"; ${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: toCents(order.total), currency: "NGN" });`,
      ],
      [
        "a name that says cents",
        "minor-units",
        "order.totalCents",
        `${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: order.totalCents, currency: "NGN" });`,
      ],
      [
        "cents as a decimal string",
        "minor-units",
        "String(order.amount_cents)",
        PAYPAL("String(order.amount_cents)"),
      ],
      [
        "times 100 as a decimal string",
        "minor-units",
        "(order.total * 100).toFixed(0)",
        PAYPAL("(order.total * 100).toFixed(0)"),
      ],
      [
        "times 100 by a decimal library",
        "minor-units",
        "new Decimal(order.total).times(100).toNumber()",
        `import Decimal from "decimal.js"; ${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: new Decimal(order.total).times(100).toNumber(), currency: "NGN" });`,
      ],
    ],
    HELPERS,
  );
});

describe("reported: large units to a provider that takes small ones", () => {
  reports(
    [
      [
        "divided by 100",
        "major-units",
        "order.amount / 100",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: order.amount / 100, currency: "usd" });`,
      ],
      [
        "divided by a helper of another file",
        "major-units",
        "fromCents(order.amount)",
        `import { fromCents } from "./units"; ${STRIPE}export const pay = (order) => stripe.charges.create({ amount: fromCents(order.amount), currency: "usd" });`,
      ],
      [
        "with two decimals",
        "major-units",
        "order.total.toFixed(2)",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: order.total.toFixed(2), currency: "usd" });`,
      ],
      [
        "written out with decimals",
        "major-units",
        "19.99",
        `${STRIPE}export const pay = () => stripe.charges.create({ amount: 19.99, currency: "usd" });`,
      ],
      [
        "a name that says dollars",
        "major-units",
        "amountInDollars",
        `${STRIPE}export const pay = (amountInDollars) => stripe.charges.create({ amount: amountInDollars, currency: "usd" });`,
      ],
    ],
    HELPERS,
  );
});

describe("reported: currencies with other decimals", () => {
  reports([
    [
      "yen times 100",
      "zero-decimal",
      "Math.round(price * 100)",
      `${STRIPE}export const pay = (price) => stripe.paymentIntents.create({ amount: Math.round(price * 100), currency: "jpy" });`,
    ],
    [
      "yen times 100, not rounded either",
      "zero-decimal",
      "price * 100",
      `${STRIPE}export const pay = (price) => stripe.paymentIntents.create({ amount: price * 100, currency: "JPY" });`,
    ],
    [
      "yen times 100 in line items",
      "zero-decimal",
      "Math.round(item.price * 100)",
      `${STRIPE}export const pay = (items) => stripe.checkout.sessions.create({ line_items: items.map((item) => ({ quantity: 1, price_data: { currency: "jpy", unit_amount: Math.round(item.price * 100) } })) });`,
    ],
    [
      "won by a constant",
      "zero-decimal",
      "Math.round(price * 100)",
      `${STRIPE}const CURRENCY = "krw"; export const pay = (price) => stripe.paymentIntents.create({ amount: Math.round(price * 100), currency: CURRENCY });`,
    ],
    [
      "dinars times 100",
      "three-decimal",
      "Math.round(price * 100)",
      `${STRIPE}export const pay = (price) => stripe.paymentIntents.create({ amount: Math.round(price * 100), currency: "kwd" });`,
    ],
    [
      "dinars by HTTP",
      "three-decimal",
      "Math.round(price * 100)",
      `export const pay = (price) => fetch("https://api.checkout.com/payments", { method: "POST", headers: { authorization, "Cko-Idempotency-Key": id }, body: JSON.stringify({ amount: Math.round(price * 100), currency: "BHD" }) });`,
    ],
    ["yen with decimals", "zero-decimal", "order.total.toFixed(2)", PAYPAL("order.total.toFixed(2)", "JPY")],
  ]);

  it("names the currency and the provider", () => {
    const [finding] = lintAmounts(
      `${STRIPE}export const pay = (price) => stripe.paymentIntents.create({ amount: Math.round(price * 100), currency: "jpy" });`,
    );
    expect(finding!.message).toContain("JPY");
    expect(finding!.message).toContain("Stripe");
  });
});

describe("silent: the right unit", () => {
  silent(
    [
      [
        "cents to Stripe",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: order.totalCents, currency: "usd" });`,
      ],
      [
        "times 100 to Stripe",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round(order.total * 100), currency: "usd" });`,
      ],
      [
        "yen as they are",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: order.total, currency: "jpy" });`,
      ],
      [
        "yen rounded",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round(order.total), currency: "jpy" });`,
      ],
      [
        "yen from hundredths",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round(order.amount / 100), currency: "jpy" });`,
      ],
      [
        "dinars times 1000",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round(order.total * 1000), currency: "kwd" });`,
      ],
      [
        "times 100 unless the currency has none",
        `${STRIPE}export const pay = (order, zero) => stripe.charges.create({ amount: zero ? Math.round(order.total) : Math.round(order.total * 100), currency: order.currency });`,
      ],
      [
        "divided where the currency has none",
        `${STRIPE}export function pay(order) { if (isZeroDecimal(order.currency)) return stripe.charges.create({ amount: order.amount / 100, currency: order.currency }); return stripe.charges.create({ amount: order.amount, currency: order.currency }); }`,
      ],
      [
        "a currency that the request decides",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round(order.total * 100), currency: order.currency });`,
      ],
      [
        "a currency with a fallback",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round(order.total * 100), currency: order.currency ?? "jpy" });`,
      ],
      [
        "constants, which somebody has looked at",
        `${STRIPE}export const pay = () => stripe.charges.create({ amount: 500 * 100, currency: "jpy" });`,
      ],
      [
        "a percentage",
        `${STRIPE}export const pay = (order) => stripe.charges.create({ amount: Math.round((order.amount * order.percent) / 100), currency: "usd" });`,
      ],
      [
        "large units to Flutterwave",
        `${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: order.total, currency: "NGN" });`,
      ],
      [
        "cents divided for Flutterwave",
        `${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: order.totalCents / 100, currency: "NGN" });`,
      ],
      [
        "cents divided by a helper of another file",
        `import { fromCents } from "./units"; ${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: fromCents(order.totalCents), currency: "NGN" });`,
      ],
      [
        "rounded to two decimals for Flutterwave",
        `${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: Math.round(order.total * 100) / 100, currency: "NGN" });`,
      ],
      [
        "a count of hundreds",
        `${FLUTTERWAVE}export const pay = (credits) => flw.Charge.card({ tx_ref: id, amount: credits * 100, currency: "NGN" });`,
      ],
      [
        "thousands of rupiah",
        `${XENDIT}export const pay = (price) => xendit({ referenceId: id, amount: price * 1000, currency: "IDR" });`,
      ],
      ["two decimals to PayPal", PAYPAL("order.total.toFixed(2)")],
      ["yen without decimals to PayPal", PAYPAL("order.total.toFixed(0)", "JPY")],
      ["cents divided for PayPal", PAYPAL("(order.totalCents / 100).toFixed(2)")],
      ["written out for PayPal", PAYPAL(`"19.99"`)],
      [
        "a helper of a file that is not there",
        `import { toUnits } from "./missing"; ${FLUTTERWAVE}export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: toUnits(order.total), currency: "NGN" });`,
      ],
      [
        "satoshis to a provider that takes them",
        `export const pay = (sats) => fetch("https://api.opennode.com/v1/charges", { method: "POST", headers, body: JSON.stringify({ amount: sats }) });`,
      ],
      [
        "a dollar amount whose unit nobody tells",
        `${STRIPE}export const pay = (amountUsd) => stripe.charges.create({ amount: amountUsd, currency: "usd" });`,
      ],
    ],
    HELPERS,
  );
});
