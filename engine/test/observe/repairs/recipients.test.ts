import { describe, expect, it } from "vitest";
import { offered, repaired } from "./repairing.ts";

const RULE = "no-untrusted-recipient";
const STRIPE = `import Stripe from "stripe";\nconst stripe = new Stripe(process.env.KEY);\n`;
const PRISMA = `${STRIPE}import { prisma } from "./prisma";\n`;

type Row = readonly [what: string, before: string, after: string];

function table(head: string, rows: readonly Row[]): void {
  it.each(rows)("%s", (_, before, after) => {
    expect(repaired(RULE, head + before)).toBe(head + after);
  });
}

/** An Express route, a statement a line. */
const express = (...lines: readonly string[]) =>
  `export const pay = async (req, res) => {\n${lines.map((line) => `  ${line}\n`).join("")}};`;
const REFUSED = `if (!payoutAccount) return res.status(404).json({ error: "Unknown payout account" });`;

describe("looks a saved recipient up by its owner", () => {
  table(PRISMA, [
    [
      "with Prisma, in a guessed model",
      express(
        "const user = await prisma.user.findUnique({ where: { id: req.user.id } });",
        "await stripe.transfers.create({ amount: user.balance, destination: req.body.destination });",
      ),
      express(
        "const user = await prisma.user.findUnique({ where: { id: req.user.id } });",
        "const payoutAccount = await prisma.payoutAccount.findFirst({ where: { id: req.body.payoutAccountId, userId: req.user.id } });",
        REFUSED,
        "await stripe.transfers.create({ amount: user.balance, destination: payoutAccount.destination });",
      ),
    ],
    [
      "in the model and with the column that the file has",
      express(
        "const accounts = await prisma.bankAccount.findMany({ where: { ownerId: req.user.id } });",
        "await stripe.transfers.create({ amount: 1, destination: req.body.destination, metadata: { of: accounts.length } });",
      ),
      express(
        "const accounts = await prisma.bankAccount.findMany({ where: { ownerId: req.user.id } });",
        "const payoutAccount = await prisma.bankAccount.findFirst({ where: { id: req.body.payoutAccountId, ownerId: req.user.id } });",
        REFUSED,
        "await stripe.transfers.create({ amount: 1, destination: payoutAccount.destination, metadata: { of: accounts.length } });",
      ),
    ],
    [
      "from a body that is taken apart",
      express(
        "const { amount, destination } = req.body;",
        "await prisma.payout.create({ data: { amount, userId: req.user.id } });",
        "await stripe.transfers.create({ amount, destination });",
      ),
      express(
        "const { amount, payoutAccountId } = req.body;",
        "await prisma.payout.create({ data: { amount, userId: req.user.id } });",
        "const payoutAccount = await prisma.payoutAccount.findFirst({ where: { id: payoutAccountId, userId: req.user.id } });",
        REFUSED,
        "await stripe.transfers.create({ amount, destination: payoutAccount.destination });",
      ),
    ],
    [
      "beside a name that is of other use",
      express(
        "const { amount, destination } = req.body;",
        "if (!destination) return res.sendStatus(400);",
        "await prisma.user.update({ where: { id: req.user.id }, data: { paid: amount } });",
        "await stripe.transfers.create({ amount, destination });",
      ),
      express(
        "const { amount, destination, payoutAccountId } = req.body;",
        "if (!destination) return res.sendStatus(400);",
        "await prisma.user.update({ where: { id: req.user.id }, data: { paid: amount } });",
        "const payoutAccount = await prisma.payoutAccount.findFirst({ where: { id: payoutAccountId, userId: req.user.id } });",
        REFUSED,
        "await stripe.transfers.create({ amount, destination: payoutAccount.destination });",
      ),
    ],
    [
      "in a web route, of a session",
      `export async function POST(request) {\n  const body = await request.json();\n  const session = await auth();\n  await prisma.user.findUnique({ where: { id: session.user.id } });\n  await stripe.transfers.create({ amount: 1, destination: body.account });\n  return Response.json({ ok: true });\n}`,
      `export async function POST(request) {\n  const body = await request.json();\n  const session = await auth();\n  await prisma.user.findUnique({ where: { id: session.user.id } });\n  const payoutAccount = await prisma.payoutAccount.findFirst({ where: { id: body.payoutAccountId, userId: session.user.id } });\n  if (!payoutAccount) return Response.json({ error: "Unknown payout account" }, { status: 404 });\n  await stripe.transfers.create({ amount: 1, destination: payoutAccount.destination });\n  return Response.json({ ok: true });\n}`,
    ],
  ]);
  table(`${STRIPE}import { db } from "./db";\n`, [
    [
      "with Prisma under another name",
      express(
        "const user = await db.user.findUnique({ where: { id: req.user.id } });",
        "await stripe.transfers.create({ amount: user.balance, destination: req.body.destination });",
      ),
      express(
        "const user = await db.user.findUnique({ where: { id: req.user.id } });",
        "const payoutAccount = await db.payoutAccount.findFirst({ where: { id: req.body.payoutAccountId, userId: req.user.id } });",
        REFUSED,
        "await stripe.transfers.create({ amount: user.balance, destination: payoutAccount.destination });",
      ),
    ],
  ]);
  table(`${STRIPE}import knex from "./knex";\n`, [
    [
      "with Knex",
      express(
        `await knex("users").where({ id: req.user.id }).first();`,
        "await stripe.transfers.create({ amount: 1, destination: req.body.destination });",
      ),
      express(
        `await knex("users").where({ id: req.user.id }).first();`,
        `const payoutAccount = await knex("payout_accounts").where({ id: req.body.payoutAccountId, user_id: req.user.id }).first();`,
        REFUSED,
        "await stripe.transfers.create({ amount: 1, destination: payoutAccount.destination });",
      ),
    ],
  ]);
  table(`${STRIPE}import mongoose from "mongoose";\nimport User from "./user";\n`, [
    [
      "with Mongoose",
      express(
        "const user = await User.findById(req.user._id);",
        "await stripe.transfers.create({ amount: user.balance, destination: req.body.destination });",
      ),
      express(
        "const user = await User.findById(req.user._id);",
        `const payoutAccount = await mongoose.model("PayoutAccount").findOne({ _id: req.body.payoutAccountId, userId: req.user._id });`,
        REFUSED,
        "await stripe.transfers.create({ amount: user.balance, destination: payoutAccount.destination });",
      ),
    ],
  ]);
  table(`${STRIPE}import { BankAccount, User } from "./models";\n`, [
    [
      "with Sequelize",
      express(
        "const user = await User.findByPk(req.user.id);",
        "const accounts = await BankAccount.findAll({ where: { userId: req.user.id } });",
        "await stripe.transfers.create({ amount: user.balance, destination: req.body.destination });",
      ),
      express(
        "const user = await User.findByPk(req.user.id);",
        "const accounts = await BankAccount.findAll({ where: { userId: req.user.id } });",
        "const payoutAccount = await BankAccount.findOne({ where: { id: req.body.payoutAccountId, userId: req.user.id } });",
        REFUSED,
        "await stripe.transfers.create({ amount: user.balance, destination: payoutAccount.destination });",
      ),
    ],
  ]);
  table(`${STRIPE}import { db } from "./db";\nimport { eq } from "drizzle-orm";\n`, [
    [
      "with Drizzle",
      express(
        "const user = await db.query.users.findFirst({ where: eq(users.id, req.user.id) });",
        "await stripe.transfers.create({ amount: user.balance, destination: req.body.destination });",
      ),
      express(
        "const user = await db.query.users.findFirst({ where: eq(users.id, req.user.id) });",
        "const payoutAccount = await db.query.payoutAccounts.findFirst({ where: (row, { and, eq }) => and(eq(row.id, req.body.payoutAccountId), eq(row.userId, req.user.id)) });",
        REFUSED,
        "await stripe.transfers.create({ amount: user.balance, destination: payoutAccount.destination });",
      ),
    ],
  ]);
  table(`import { prisma } from "./prisma";\n`, [
    [
      "for all that one payout is told",
      express(
        "const seller = await prisma.seller.findUnique({ where: { id: req.user.id } });",
        `await fetch("https://api.xendit.co/disbursements", { method: "POST", headers, body: JSON.stringify({ amount: seller.balance, bank_code: req.body.bank_code, account_number: req.body.account_number }) });`,
      ),
      express(
        "const seller = await prisma.seller.findUnique({ where: { id: req.user.id } });",
        "const payoutAccount = await prisma.payoutAccount.findFirst({ where: { id: req.body.payoutAccountId, userId: req.user.id } });",
        REFUSED,
        `await fetch("https://api.xendit.co/disbursements", { method: "POST", headers, body: JSON.stringify({ amount: seller.balance, bank_code: payoutAccount.bank_code, account_number: payoutAccount.account_number }) });`,
      ),
    ],
  ]);
});

describe("offers nothing", () => {
  it.each([
    [
      "no database is seen",
      STRIPE +
        express("await stripe.transfers.create({ amount: req.user.id, destination: req.body.destination });"),
    ],
    [
      "nobody who asks is seen",
      PRISMA +
        express(
          "await prisma.payout.create({ data: {} });",
          "await stripe.transfers.create({ destination: req.body.destination });",
        ),
    ],
    [
      "the caller names itself",
      PRISMA +
        express(
          "const { userId } = req.body;",
          "await prisma.user.findUnique({ where: { id: userId } });",
          "await stripe.transfers.create({ destination: req.body.destination });",
        ),
    ],
    [
      "a schema lets nothing else through",
      PRISMA +
        express(
          "const { destination } = schema.parse(req.body);",
          "await prisma.user.findUnique({ where: { id: req.user.id } });",
          "await stripe.transfers.create({ destination });",
        ),
    ],
    [
      "a type says what is sent",
      PRISMA +
        express(
          "const { destination }: { destination: string } = req.body;",
          "await prisma.user.findUnique({ where: { id: req.user.id } });",
          "await stripe.transfers.create({ destination });",
        ),
    ],
    [
      "the name is taken",
      PRISMA +
        express(
          "const payoutAccount = req.user;",
          "await prisma.user.findUnique({ where: { id: req.user.id } });",
          "await stripe.transfers.create({ destination: req.body.destination });",
        ),
    ],
    [
      "there is no place for it",
      `${PRISMA}export const pay = async (req) => stripe.transfers.create({ destination: req.body.destination, metadata: { user: req.user.id, n: await prisma.user.count({}) } });`,
    ],
  ])("where %s", (_, text) => {
    expect(offered(RULE, text)).toBe(0);
  });
});
