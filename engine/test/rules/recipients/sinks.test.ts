import { describe } from "vitest";
import { type Case, reportsOn, silentOn } from "../lint.ts";

const RULE = "no-untrusted-recipient";
const DATABASE = `import { db, prisma, sequelize, supabase, pool } from "./db"; import { Transaction, Withdrawal } from "./models"; `;

function route(before: string, cases: readonly Case[]): Case[] {
  return cases.map(([what, code, ...reported]) => [
    what,
    `${before} app.post("/pay", async (req, res) => { const { to } = req.body; ${code} });`,
    ...reported,
  ]);
}

describe("reported: money sent on chains and over Lightning", () => {
  reportsOn(RULE, [
    ...route(`import { ethers } from "ethers"; const token = new ethers.Contract(ADDRESS, ABI, wallet);`, [
      ["a token's transfer", "await token.transfer(to, amount)", "to"],
      ["a token's transfer for another", "await token.transferFrom(TREASURY, to, amount)", "to"],
      [
        "an address in its proper form",
        "await wallet.sendTransaction({ to: ethers.getAddress(to) })",
        "ethers.getAddress(to)",
      ],
    ]),
    ...route(`const { Web3 } = require("web3");`, [
      ["a contract's method", "await contract.methods.transfer(to, amount).send({ from })", "to"],
      ["a signed transaction", "await web3.eth.accounts.signTransaction({ to, value }, key)", "to"],
    ]),
    ...route(
      `import { PublicKey, SystemProgram } from "https://esm.sh/@solana/web3.js@1.98"; import { createTransferInstruction, getAssociatedTokenAddress } from "npm:@solana/spl-token";`,
      [
        [
          "by a module's address",
          "tx.add(SystemProgram.transfer({ toPubkey: new PublicKey(to), lamports }))",
          "new PublicKey(to)",
        ],
        [
          "a token account of an address",
          "const account = await getAssociatedTokenAddress(mint, new PublicKey(to)); tx.add(createTransferInstruction(source, account, owner, amount))",
          "account",
        ],
      ],
    ),
    ...route(`import { Operation } from "@stellar/stellar-sdk";`, [
      [
        "a payment on Stellar",
        "tx.addOperation(Operation.payment({ destination: to, asset, amount }))",
        "to",
      ],
    ]),
    ...route(`import * as bitcoin from "bitcoinjs-lib";`, [
      ["an output", "psbt.addOutput({ address: to, value })", "to"],
    ]),
    ...route(`import xrpl from "xrpl";`, [
      [
        "a payment on the XRP ledger",
        `await client.submitAndWait({ TransactionType: "Payment", Account, Amount, Destination: to }, { wallet })`,
        "to",
      ],
    ]),
    ...route(`import { payViaPaymentRequest } from "ln-service";`, [
      ["an invoice", "await payViaPaymentRequest({ lnd, request: to })", "to"],
    ]),
    ...route(`import { SigningStargateClient } from "@cosmjs/stargate";`, [
      ["tokens on Cosmos", "await client.sendTokens(TREASURY, to, amount, fee)", "to"],
    ]),
  ]);
});

describe("reported: rows of money that is paid later", () => {
  reportsOn(
    RULE,
    route(DATABASE, [
      ["Prisma", "await prisma.payout.create({ data: { amount, iban: to } })", "to"],
      ["several at once", "await prisma.payout.createMany({ data: [{ amount, iban: to }] })", "to"],
      ["Mongoose", "await new Withdrawal({ amount, address: to }).save()", "to"],
      [
        "one table for all",
        `await Transaction.create({ type: "withdrawal", status: "pending", amount, address: to })`,
        "to",
      ],
      [
        "a kind by its constant",
        "await Transaction.create({ type: TransactionType.PAYOUT, amount, walletAddress: to })",
        "to",
      ],
      ["Drizzle", "await db.insert(withdrawals).values({ amount, address: to })", "to"],
      ["Knex", `await db("withdrawals").insert({ amount, address: to })`, "to"],
      ["Supabase", `await supabase.from("payout_requests").insert([{ amount, account_number: to }])`, "to"],
      [
        "all that a bank wants to know",
        "await prisma.withdrawal.create({ data: { accountDetails: to } })",
        "to",
      ],
      [
        "a procedure of the database",
        `await supabase.rpc("request_withdrawal", { p_amount: 1, p_address: to })`,
        "to",
      ],
      ["Firestore", `await addDoc(collection(db, "withdrawals"), { amount, address: to })`, "to"],
      [
        "SQL with numbers",
        `await pool.query("INSERT INTO withdrawals (user_id, amount, address) VALUES ($1, $2, $3)", [req.user.id, 1, to])`,
        "to",
      ],
      [
        "SQL with marks",
        `await pool.execute("insert into payouts (address, amount, state) values (?, ?, 'new')", [to, 1])`,
        "to",
      ],
      ["a queue", `await withdrawalQueue.add("send", { amount, address: to })`, "to"],
    ]),
  );
});

describe("reported: through what a provider or a helper makes of it", () => {
  reportsOn(RULE, [
    ...route("", [
      [
        "a recipient of Paystack's",
        `const made = await fetch("https://api.paystack.co/transferrecipient", { method: "POST", body: JSON.stringify({ type: "nuban", account_number: to, bank_code }) }); const { data } = await made.json();
        await fetch("https://api.paystack.co/transfer", { method: "POST", body: JSON.stringify({ source: "balance", amount: 1, recipient: data.recipient_code, reference }) })`,
        "data.recipient_code",
      ],
      [
        "a recipient by a helper",
        "const recipient = await createTransferRecipient({ accountNumber: to, bankCode }); await initiateTransfer({ amount, recipient: recipient.code })",
        "recipient.code",
      ],
      [
        "a phone in another form",
        "await sendB2CPayment({ phone: normalizePhone(to), amount })",
        "normalizePhone(to)",
      ],
      [
        "a body that a helper parses",
        "const parsed = parseWith(schema, req.body); await createPayout({ amount, accountNumber: parsed.data.accountNumber })",
        "parsed.data.accountNumber",
      ],
      [
        "M-Pesa at a configured address",
        "await axios.post(process.env.B2C_URL, { InitiatorName, SecurityCredential, CommandID, Amount: 1, PartyA, PartyB: to })",
        "to",
      ],
      [
        "a refund to an account",
        `await fetch("https://bank.example/v1/refunds", { method: "POST", headers: { authorization }, body: JSON.stringify({ amount: 1, accountNumber: to }) })`,
        "to",
      ],
    ]),
  ]);
});

describe("silent: no money to whoever is named", () => {
  silentOn(RULE, [
    ...route(`import { ethers } from "ethers"; const token = new ethers.Contract(ADDRESS, ABI, wallet);`, [
      ["a balance", "res.json(await token.balanceOf(to))"],
      ["an allowance", "await token.approve(to, amount)"],
      ["a transfer of the contract's own to the treasury", "await token.transfer(TREASURY, req.body.amount)"],
      [
        "the contract that is called",
        "await wallet.sendTransaction({ to: token.target, data: req.body.data })",
      ],
    ]),
    ...route(`import { PublicKey, SystemProgram } from "@solana/web3.js";`, [
      [
        "a transaction that whoever asks has to sign and pays",
        "tx.add(SystemProgram.transfer({ fromPubkey: new PublicKey(req.body.account), toPubkey: new PublicKey(to), lamports }))",
      ],
    ]),
    ...route(DATABASE, [
      ["a deposit", `await Transaction.create({ type: "deposit", amount, address: to })`],
      [
        "a row of another table",
        `await pool.query("INSERT INTO addresses (user_id, address) VALUES ($1, $2)", [req.user.id, to])`,
      ],
      [
        "another column",
        `await pool.query("INSERT INTO withdrawals (note, address) VALUES ($1, $2)", [to, user.address])`,
      ],
      ["a name for it", `await prisma.payout.create({ data: { amount, accountName: to } })`],
      ["a masked number that is kept", `await recordWithdrawal({ amount, bankAccountMasked: mask(to) })`],
      ["a message about it", "const html = transferSentTemplate(amount, to)"],
      ["a question whose account it is", "res.json(await bank.confirmTransferRecipient(to, bankCode))"],
    ]),
    ...route("", [
      [
        "a recipient that is only registered",
        `await fetch("https://api.paystack.co/transferrecipient", { method: "POST", body: JSON.stringify({ type: "nuban", account_number: to, bank_code }) })`,
      ],
      [
        "a payment that comes in",
        `await axios.post(process.env.STK_URL, { BusinessShortCode, PartyA: to, PartyB: SHORT_CODE, PhoneNumber: to })`,
      ],
      [
        "another user, by the name that the project gave",
        "await walletService.transferFunds({ recipientTag: req.body.recipientTag })",
      ],
      ["the project's own ledger", "await walletService.transfer({ walletNumber: to, amount })"],
      [
        "whom a token speaks of",
        "const { address } = decodeToken(req.body.token); await sendPayout({ address })",
      ],
    ]),
    [
      "a recharge from an account",
      `app.post("/recharge", async (req) => payments.processBankTransfer(req.body.amount, req.body.accountNumber))`,
    ],
  ]);
});
