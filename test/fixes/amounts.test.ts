import { describe, expect, it } from "vitest";
import { repaired } from "../../engine/test/observe/repairs/repairing.ts";
import { exportsOf, seeded } from "./running.ts";

const RULE = "no-float-amounts";
const PRICES = 10_000;

/** The amount that a function hands to its provider for a price. */
type Pay = { readonly pay: (stripe: unknown, price: number | string) => number | bigint };

/** A provider that answers with the amount it is asked for. */
const stripe = { charges: { create: ({ amount }: { amount: number }) => amount } };

/** Prices with two decimals, of a cent to a million, and the cents they are: written, not calculated. */
function* prices(count: number): Generator<{ readonly cents: number; readonly text: string }> {
  const random = seeded(20_261_127);
  for (let at = 0; at < count; at++) {
    const cents = 1 + Math.floor(random.next().value * 100_000_000);
    const digits = String(cents).padStart(3, "0");
    yield { cents, text: `${digits.slice(0, -2)}.${digits.slice(-2)}` };
  }
}

/** The prices whose amount is not the price in cents. */
function wrong(code: string, asText: boolean): readonly string[] {
  const { pay } = exportsOf<Pay>(code);
  return [...prices(PRICES)]
    .filter(({ cents, text }) => Number(pay(stripe, asText ? text : Number(text))) !== cents)
    .map(({ text }) => text);
}

describe.each([
  [
    "a product that is not rounded",
    "export function pay(stripe, price) { return stripe.charges.create({ amount: price * 100, currency: 'usd' }); }",
    false,
  ],
  [
    "a product of a string",
    "export function pay(stripe, price) { const amount = parseFloat(price) * 100; return stripe.charges.create({ amount, currency: 'usd' }); }",
    true,
  ],
  [
    "a product that is assigned",
    "export function pay(stripe, price) { let amount = Number(price); amount *= 100; return stripe.charges.create({ amount, currency: 'usd' }); }",
    true,
  ],
  [
    "a product that is cut off",
    "export function pay(stripe, price) { return stripe.charges.create({ amount: Math.floor(price * 100), currency: 'usd' }); }",
    false,
  ],
  [
    "a product that is parsed",
    "export function pay(stripe, price) { return stripe.charges.create({ amount: parseInt(price * 100), currency: 'usd' }); }",
    false,
  ],
])("%s", (_, code, asText) => {
  it(`changes some of ${PRICES} prices, and none once it is repaired`, () => {
    expect(wrong(code, asText).length).toBeGreaterThan(PRICES / 100);
    expect(wrong(repaired(RULE, code), asText)).toEqual([]);
  });
});

it("asks for yen as they are once it is repaired, and for a hundred times as many before", () => {
  const code =
    "export function pay(stripe, price) { return stripe.charges.create({ amount: Math.round(price * 100), currency: 'jpy' }); }";
  const asked = (text: string) => exportsOf<Pay>(text).pay(stripe, 500);
  expect([asked(code), asked(repaired(RULE, code))]).toEqual([50_000, 500]);
});

it("asks for whole units of a share once it is repaired", () => {
  const code =
    "export function pay(stripe, amount) { return stripe.charges.create({ amount, application_fee_amount: amount * 0.029, currency: 'usd' }); }";
  const fees = (text: string): readonly number[] => {
    const asked: number[] = [];
    const provider = {
      charges: {
        create: (body: { application_fee_amount: number }) => asked.push(body.application_fee_amount),
      },
    };
    const { pay } = exportsOf<Pay>(text);
    for (const { cents } of prices(PRICES)) pay(provider, cents);
    return asked;
  };
  expect(fees(code).some((fee) => !Number.isInteger(fee))).toBe(true);
  expect(fees(repaired(RULE, code)).every(Number.isInteger)).toBe(true);
});
