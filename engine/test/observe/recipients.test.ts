import { expect, it } from "vitest";
import { lintText } from "../../src/lint.ts";

function trustOf(code: string): string[] {
  const { observations } = lintText({ fileName: "src/pay.ts", text: `${CLIENT}${code}` }, {});
  return observations.flatMap((found) => (found.kind === "recipient" ? [found.trusted.answer] : []));
}

const CLIENT = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;

it.each([
  [
    "the request names it",
    "export const POST = async (req) => stripe.transfers.create({ destination: (await req.json()).to })",
    ["no"],
  ],
  [
    "a stored row names it",
    "const row = await db.account.findFirst({ where: { ownerId } }); stripe.transfers.create({ destination: row.stripeId })",
    ["yes"],
  ],
  ["the environment names it", "stripe.transfers.create({ destination: process.env.TREASURY })", ["yes"]],
  [
    "a caller elsewhere names it",
    "export const pay = (to) => stripe.transfers.create({ destination: to })",
    ["unknown"],
  ],
  [
    "stored, or a caller elsewhere",
    "export const pay = (to) => stripe.transfers.create({ destination: to ?? process.env.TREASURY })",
    ["unknown"],
  ],
  [
    "checked against a list",
    "export const POST = async (req) => { const { to } = await req.json(); if (!approved.includes(to)) return; return stripe.transfers.create({ destination: to }) }",
    ["unknown"],
  ],
  ["nobody is paid", "stripe.customers.create({ email })", []],
])("%s", (_, code, trust) => {
  expect(trustOf(code)).toEqual(trust);
});
