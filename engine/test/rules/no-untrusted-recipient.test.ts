import { describe, expect, it } from "vitest";
import { type Case, isReported, lintWith, placeOf, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-untrusted-recipient";
const EXPRESS = `import express from "express"; const app = express(); `;
const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;
const ETHERS = `import { ethers } from "ethers"; const wallet = new ethers.Wallet(process.env.WALLET_KEY); `;

function route(cases: readonly Case[], before = ""): Case[] {
  return cases.map(([what, code, ...reported]) => [
    what,
    `${before}${EXPRESS}app.post("/withdraw", async (req, res) => { ${code} });`,
    ...reported,
  ]);
}

describe("silent: the server chooses the recipient", () => {
  silentOn(RULE, [
    ...route(
      [
        [
          "a saved account, looked up by its owner",
          "const a = await db.account.findFirst({ where: { id: req.body.accountId, userId: req.user.id } }); await stripe.transfers.create({ amount: 1, destination: a.stripeId })",
        ],
        [
          "the user's own",
          "const user = await db.user.findById(req.user.id); await stripe.transfers.create({ destination: user.stripeAccount })",
        ],
        ["of the session", "await stripe.transfers.create({ destination: req.session.account })"],
        ["of the environment", "await stripe.transfers.create({ destination: process.env.TREASURY })"],
        [
          "a partner's row",
          "for (const p of partners) await stripe.transfers.create({ destination: p.accountId })",
        ],
        ["no recipient at all", "await stripe.payouts.create({ amount: req.body.amount })"],
        ["a refund goes back", "await stripe.refunds.create({ charge: req.body.charge })"],
        [
          "a payment method is charged, not paid",
          "await stripe.paymentIntents.create({ amount: 1, payment_method: req.body.id, customer: req.body.customer })",
        ],
      ],
      STRIPE,
    ),
    ...route(
      [
        [
          "the address of the user's row",
          "const user = await User.findById(req.user.id); await wallet.sendTransaction({ to: user.walletAddress, value: 1n })",
        ],
        ["only the value is sent", "await wallet.sendTransaction({ to: TREASURY, value: req.body.value })"],
        ["the address is only read for its history", "res.json(await provider.getHistory(req.body.address))"],
      ],
      ETHERS,
    ),
    [
      "a helper whose callers stand elsewhere",
      `${STRIPE}export const pay = (destination) => stripe.transfers.create({ destination })`,
    ],
    [
      "a whole body is another file's matter",
      `import { payouts } from "./payouts"; export const POST = async (req) => payouts.createPayout(await req.json())`,
    ],
  ]);
});

describe("silent: something may have tied it to its owner", () => {
  silentOn(
    RULE,
    route(
      [
        [
          "an allow-list",
          "const { to } = req.body; if (!approved.includes(to)) return res.sendStatus(403); await wallet.sendTransaction({ to })",
        ],
        [
          "a set",
          "if (!approved.has(req.body.to)) return res.sendStatus(403); await wallet.sendTransaction({ to: req.body.to })",
        ],
        [
          "a look-up of the owner's addresses",
          "const { to } = req.body; const row = await db.address.findFirst({ where: { address: to, userId: req.user.id } }); if (!row) return; await wallet.sendTransaction({ to })",
        ],
        [
          "a comparison with the stored one",
          "const { to } = req.body; const user = await User.findById(req.user.id); if (to !== user.wallet) return; await wallet.sendTransaction({ to })",
        ],
        [
          "a signature that binds it",
          "const { to, signature } = req.body; if (!verifyMessage(to, signature)) return; await wallet.sendTransaction({ to })",
        ],
        [
          "an ownership check elsewhere",
          "const { to } = req.body; await assertOwns(req.user, to); await wallet.sendTransaction({ to })",
        ],
      ],
      ETHERS,
    ),
  );
});

describe("silent: nothing is paid", () => {
  silentOn(RULE, [
    ...route(
      [
        [
          "the user's own address as the chain's own type",
          "const user = await User.findById(req.user.id); tx.add(SystemProgram.transfer({ toPubkey: new PublicKey(user.address) }))",
        ],
      ],
      `import { PublicKey, SystemProgram } from "@solana/web3.js"; `,
    ),
    ...route([
      [
        "an account saved as a payout method",
        "await prisma.payoutMethod.create({ data: { accountNumber: req.body.accountNumber } })",
      ],
      [
        "a bank account",
        "await prisma.bankAccount.create({ data: { accountNumber: req.body.accountNumber } })",
      ],
      [
        "a shipping address",
        "await createTransfer({ amount: 1, shippingAddress: req.body.shippingAddress })",
      ],
      [
        "a payout that was paid elsewhere, with its hash",
        "await Payout.create({ amount: 1, userAddress: req.body.userAddress, txHash: req.body.txHash })",
      ],
      [
        "the wallet that is paid from",
        "const { walletId } = req.body; await Withdrawal.create({ wallet: walletId, amount: 1 })",
      ],
      [
        "a saved recipient's id, handed on with its owner",
        "const { recipientId } = req.body; await payouts.initiatePayout(req.user.id, { recipientId })",
      ],
      ["an e-mail address", "await sendPaymentMail(req.body.emailAddress)"],
      ["a history", "await getTransfers(req.body.toAddress)"],
      ["a status", "await checkPayoutStatus(req.params.accountId)"],
      ["a transfer of files", "await transferFile(req.body.path)"],
    ]),
    [
      "a file that is a comment",
      "// app.post('/payout', (req) => wallet.sendTransaction({ to: req.body.to }))",
    ],
  ]);
});

describe("reported: the request decides", () => {
  reportsOn(RULE, [
    ...route(
      [
        [
          "a connected account",
          "await stripe.transfers.create({ amount: 1, destination: req.body.destination })",
          "req.body.destination",
        ],
        [
          "through variables",
          "const { destination } = req.body; const to = destination; await stripe.transfers.create({ amount: 1, destination: to })",
          "to",
        ],
        [
          "through a schema: form is not ownership",
          "const body = schema.parse(req.body); await stripe.transfers.create({ destination: body.destination })",
          "body.destination",
        ],
        ["from the query", "await stripe.transfers.create({ destination: req.query.to })", "req.query.to"],
        [
          "with a default",
          "await stripe.transfers.create({ destination: req.body.to ?? DEFAULT })",
          "req.body.to ?? DEFAULT",
        ],
        [
          "added later",
          "const p = { amount: 1 }; p.destination = req.body.to; await stripe.transfers.create(p)",
          "req.body.to",
        ],
      ],
      STRIPE,
    ),
    ...route(
      [
        [
          "a chain address",
          "await wallet.sendTransaction({ to: req.body.toAddress, value: 1n })",
          "req.body.toAddress",
        ],
        [
          "well-formed is not one's own",
          "const { to } = req.body; if (!ethers.isAddress(to)) return; await wallet.sendTransaction({ to })",
          "to",
        ],
      ],
      ETHERS,
    ),
    ...route([
      [
        "a service of another file",
        "await payoutService.createTransfer(req.body.amount, req.body.destination)",
        "req.body.destination",
      ],
      [
        "a helper that sends",
        "const toAddress = req.body.toAddress; await sendEthers(from, toAddress, key)",
        "toAddress",
      ],
      [
        "a row to be paid later",
        "await prisma.withdrawal.create({ data: { address: req.body.address, userId: req.user.id } })",
        "req.body.address",
      ],
      [
        "a phone to be paid",
        "await disburse({ phoneNumber: req.body.accountDetails.phoneNumber, amount })",
        "req.body.accountDetails.phoneNumber",
      ],
      ["a Lightning invoice", "await payInvoice(req.body.ln_invoice)", "req.body.ln_invoice"],
    ]),
    [
      "Next.js: a bank account to PayMongo",
      `export async function POST(request: Request) { const { number, bic } = await request.json();
        await fetch("https://api.paymongo.com/v2/batch_transfers", { method: "POST", body: JSON.stringify({ transfers: [{ amount: 1, destination_account: { number, bic } }] }) }) }`,
      "{ number, bic }",
    ],
    [
      "NestJS: a body parameter",
      `import Stripe from "stripe"; class Payouts { constructor(private stripe: Stripe) {} @Post() run(@Body("destination") destination: string) { return this.stripe.transfers.create({ destination }) } }`,
      "destination",
    ],
    [
      "Hono",
      `${STRIPE}app.post("/pay", async (c) => { const { account } = await c.req.json(); await stripe.transfers.create({ destination: account }) })`,
      "account",
    ],
    [
      "a private helper, called with the body",
      `${STRIPE}const send = (to) => stripe.transfers.create({ destination: to }); ${EXPRESS}app.post("/", (req) => send(req.body.account))`,
      "to",
    ],
  ]);
});

describe("reported: through a client of the project", () => {
  reportsOn(RULE, [
    ...route(
      [
        [
          "an address of the chain's own type",
          "const key = new PublicKey(req.body.toAddress); tx.add(SystemProgram.transfer({ toPubkey: key, lamports: 1 }))",
          "key",
        ],
      ],
      `import { PublicKey, SystemProgram } from "@solana/web3.js"; `,
    ),
    ...route([
      [
        "M-Pesa, business to customer",
        'await fetch("https://api.safaricom.co.ke/mpesa/b2c/v3/paymentrequest", { method: "POST", headers: { authorization }, body: JSON.stringify({ Amount: 1, PartyB: req.body.phone }) })',
        "req.body.phone",
      ],
    ]),
    ...route([
      [
        "at the field itself, not at a text that mentions it",
        "const { accountNumber, bank } = req.body; await bank.initiatePayout({ description: `to ${accountNumber}`, payeeBankCode: bank, payeeAccount: accountNumber })",
        "accountNumber",
      ],
      [
        "an account number handed on with the user",
        "await bank.initiatePayout(req.user.id, { accountNumber: req.body.accountNumber })",
        "req.body.accountNumber",
      ],
    ]),
    ...route(
      [
        [
          "named after the provider, with a path of its own",
          'await swapPay("/payouts", { amount, destination: req.body.address, destination_memo: req.body.memo })',
          "req.body.address",
        ],
      ],
      'import { swapPay } from "./services/swap-pay"; ',
    ),
  ]);
});

it("reports each recipient once and shows the way from the request", () => {
  const code = [
    STRIPE,
    "export async function POST(request) {",
    "  const { destination } = await request.json();",
    "  await sendPayout({ destination });",
    "  await stripe.transfers.create({ destination });",
    "}",
  ].join("\n");
  const { findings } = lintWith(RULE, code);
  expect(findings.map((finding) => placeOf(code, finding))).toEqual(["5:35-5:46"]);
  expect(findings[0]!.message).toContain("destination");
  expect(findings[0]!.related?.map((step) => placeOf(code, step))).toEqual(["3:33-3:47", "5:9-5:32"]);
});

it("leaves a field alone that the options name", () => {
  const [[, code]] = route([["", "await sendFunds({ amount, walletCode: 1, to: req.body.to })"]]) as [Case];
  expect([[], ["to"]].map((ignoreFields) => isReported(RULE, code, { ignoreFields }))).toEqual([true, false]);
});
