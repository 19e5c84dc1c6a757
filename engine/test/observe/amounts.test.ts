import { describe, expect, test } from "vitest";
import { lintText } from "../../src/lint.ts";
import type { Amount } from "../../src/observe/observation.ts";

function observe(text: string, fileName = "pay.ts"): Amount[] {
  return lintText({ fileName, text }, {}).observations.filter((each) => each.kind === "amount");
}

function shown(text: string): string[] {
  return observe(text).map(({ exact, shape, provider, range }) => {
    return `${exact.answer} ${shape} ${provider ?? "-"} ${text.slice(range.start, range.end)}`;
  });
}

const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.KEY);\n`;
const pay = (amount: string) =>
  `${STRIPE}export const pay = (total) => stripe.paymentIntents.create({ amount: ${amount} });`;

describe("amounts", () => {
  test.each([
    ["Math.round(total * 100)", "yes"],
    ["1099", "yes"],
    ["total", "unknown"],
    ["await priceOf(total)", "unknown"],
  ])("a request's amount %s is whole: %s", (amount, answer) => {
    expect(shown(pay(amount))).toEqual([`${answer} whole stripe ${amount}`]);
  });

  test("an amount that a binary fraction can change is no longer exact, and says where it goes", () => {
    const text = pay("total * 100");
    const [amount, ...others] = observe(text);
    expect(others).toEqual([]);
    expect(amount).toMatchObject({ provider: "stripe", shape: "unrounded-unit", exact: { answer: "no" } });
    const [step] = amount!.exact.steps;
    expect(step!.note).toBe("the request that it is sent with");
    expect(text.slice(step!.range.start, step!.range.end)).toBe(
      "stripe.paymentIntents.create({ amount: total * 100 })",
    );
  });

  test("several mistakes in one another are one observation", () => {
    expect(
      shown(
        `export const fee = async (total) => Payment.create({ fee: Number((total * 0.029).toFixed(2)) });`,
      ),
    ).toEqual(["no rounded-trip - Number((total * 0.029).toFixed(2))"]);
  });

  test("a calculated float and the string that is sent of it are told apart", () => {
    const text = `export async function payout(to, amount) {\n  const share = amount * 0.5;\n  await sendUsdt(to, share.toFixed(2));\n}`;
    expect(shown(text)).toEqual(["no unrounded-factor - amount * 0.5", "no fixed-string - share.toFixed(2)"]);
  });

  test("both branches and both ways out of a function count", () => {
    const text = `${STRIPE}function sum(order, vip) { if (vip) return Math.round(order.price * 90); return order.price * 100; }\nexport const pay = (order) => stripe.charges.create({ amount: sum(order, true) });`;
    expect(shown(text)[0]).toBe("no unrounded-unit stripe order.price * 100");
  });

  test("a Prisma schema has float columns only where it sells something", () => {
    const model = `model Order {\n  id Int @id\n  price Float\n  payoutFee Float @default(0.05)\n  rating Float\n  amount Decimal\n}`;
    expect(
      observe(model, "schema.prisma").map(({ shape, range }) => [shape, model.slice(range.start, range.end)]),
    ).toEqual([["float-column", "price Float"]]);
    expect(observe("model Candle {\n  price Float\n}", "schema.prisma")).toEqual([]);
    expect(observe('{ "model": { "Order": { "price": "Float" } } }', "a.json")).toEqual([]);
  });

  test("a long chain of names is followed in linear time", () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `const total${at + 1} = total${at} * 1.1;`);
    const text = `${STRIPE}export async function pay(total0) {\n${lines.join("\n")}\nreturn stripe.charges.create({ amount: total3000 });\n}`;
    expect(observe(text).length).toBeGreaterThan(0);
  }, 20_000);
});
