import { describe } from "vitest";
import { reports, silent, STRIPE } from "./lint.ts";

const CONFIG = {
  "services/config.ts": `export const CUT = 0.05; export const TIMES = 2; export const CENTS = 100; export const fees = { platform: 0.029, places: 2 }; export class Fees { static readonly SHARE = 0.1; } export const bps = 290n;`,
};

describe("reported: units", () => {
  reports([
    [
      "a power of ten by way of a name",
      "truncated",
      "Math.floor(amount * multiplier)",
      `export function toSmallestUnit(amount: number, decimals: number): bigint { const multiplier = Math.pow(10, decimals); return BigInt(Math.floor(amount * multiplier)); } // wallet`,
    ],
    [
      "a big number made of the product",
      "unrounded-unit",
      "amount * LAMPORTS_PER_SOL",
      `import { BN } from "@coral-xyz/anchor"; export const pay = (program, to, amount) => program.transfer(to, new BN(amount * LAMPORTS_PER_SOL));`,
    ],
    [
      "a bigint made of the product",
      "unrounded-unit",
      "amount * 1e9",
      `export const pay = (from, to, amount) => SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports: BigInt(amount * 1e9) });`,
    ],
    [
      "ethers' big number made of the product",
      "unrounded-unit",
      "amount * 1e6",
      `import { ethers } from "ethers"; export const pay = (usdc, to, amount) => usdc.transfer(to, ethers.BigNumber.from(amount * 1e6));`,
    ],
    [
      "web3's big number made of the product",
      "unrounded-unit",
      "amount * 1e18",
      `export const pay = (web3, to, amount) => web3.eth.sendTransaction({ to, value: web3.utils.toBN(amount * 1e18) });`,
    ],
    [
      "satoshis",
      "truncated",
      "Math.floor(amountBtc * 1e8)",
      `export const withdraw = (lnd, address, amountBtc) => lnd.sendCoins({ address, amount: Math.floor(amountBtc * 1e8) });`,
    ],
    [
      "satoshis by a name",
      "unrounded-unit",
      "amount * SATS_PER_BTC",
      `const SATS_PER_BTC = 100_000_000; export const withdraw = (wallet, address, amount) => wallet.sendCoins({ address, sats: amount * SATS_PER_BTC });`,
    ],
    [
      "taken out of an object made on the spot",
      "unrounded-unit",
      "Number(useramount)*100",
      `import Razorpay from "razorpay"; const instance = new Razorpay({ key_id: k, key_secret: s }); export function order(useramount) { const { amount, currency } = { amount: Number(useramount)*100, currency: "INR" }; return instance.orders.create({ amount, currency }); }`,
    ],
    [
      "posted by jQuery",
      "unrounded-unit",
      "total * 100",
      `export function pay(total) { $.ajax({ url: PAYMENT_URL, method: "POST", data: JSON.stringify({ amount: total * 100 }) }); }`,
    ],
    [
      "a client of another spelling",
      "unrounded-unit",
      "Number(amount) * 100",
      `export class PaystackService { async start({ amount, email }) { const { data } = await this.paystack.transaction.initialize({ amount: Number(amount) * 100, email }); return data; } }`,
    ],
  ]);
});

describe("silent: units", () => {
  silent([
    [
      "cut and made large again by a helper that says so",
      `export function roundAmount(amount, decimals) { const m = Math.pow(10, decimals); return Math.floor(amount * m) / m; } // invoice`,
    ],
    [
      "the same by way of another function",
      `function roundDown(amount, places) { const m = 10 ** places; return Math.floor(amount * m) / m; } export async function record(amount) { await Payment.create({ amount: roundDown(amount, 2) }); }`,
    ],
    [
      "a big number multiplied",
      `import { BN } from "@coral-xyz/anchor"; export const pay = (program, to, amount) => program.transfer(to, new BN(amount).mul(new BN(10).pow(new BN(6))));`,
    ],
    [
      "rounded before it is a bigint",
      `export const pay = (token, to, amount) => token.transfer(to, BigInt(Math.round(amount * 1e6)));`,
    ],
    [
      "rounded to cents of large units",
      `export async function place(order) { await Order.create({ total: Math.round(order.total * 100) / 100 }); }`,
    ],
    [
      "whole satoshis",
      `export const withdraw = (wallet, address, sats) => wallet.sendCoins({ address, sats: sats * 1000 });`,
    ],
    [
      "milliseconds",
      `export const wait = (payment, seconds) => payment.update({ retryAfter: seconds * 1000, amount: payment.amount });`,
    ],
    [
      "points of a hundred",
      `export const collect = (wallet, points) => wallet.sendCoins({ amount: points * 100 });`,
    ],
  ]);
});

describe("reported: factors by way of constants", () => {
  reports(
    [
      [
        "a member of an object",
        "unrounded-factor",
        "amount * FEES.platform",
        `const FEES = { platform: 0.05 }; export async function settle(amount) { await Ledger.create({ fee: amount * FEES.platform }); }`,
      ],
      [
        "a static field",
        "unrounded-factor",
        "amount * Shop.SHARE",
        `class Shop { static SHARE = 0.1; static async settle(amount) { await Ledger.create({ fee: amount * Shop.SHARE }); } }`,
      ],
      [
        "a field of the class",
        "unrounded-factor",
        "amount * this.cut",
        `class Shop { private readonly cut = 0.1; async settle(amount) { await Ledger.create({ fee: amount * this.cut }); } }`,
      ],
      [
        "another file's constant",
        "unrounded-factor",
        "amount * CUT",
        `import { CUT } from "./config"; export async function settle(amount) { await Ledger.create({ fee: amount * CUT }); }`,
      ],
      [
        "a member of another file's object",
        "unrounded-factor",
        "amount * fees.platform",
        `import { fees } from "./config"; export async function settle(amount) { await Ledger.create({ fee: amount * fees.platform }); }`,
      ],
      [
        "another file's static field",
        "unrounded-factor",
        "amount * Fees.SHARE",
        `import { Fees } from "./config"; export async function settle(amount) { await Ledger.create({ fee: amount * Fees.SHARE }); }`,
      ],
      [
        "another file's unit",
        "unrounded-unit",
        "amount * CENTS",
        `import Stripe from "stripe"; import { CENTS } from "./config"; const stripe = new Stripe(k); export const pay = (amount) => stripe.charges.create({ amount: amount * CENTS });`,
      ],
      [
        "taken from a percentage of the environment",
        "unrounded-factor",
        "amount * (FEE / 100)",
        `const FEE = Number(process.env.FEE_PERCENT); export async function settle(amount) { await Ledger.create({ fee: amount * (FEE / 100) }); }`,
      ],
    ],
    CONFIG,
  );
});

describe("silent: factors by way of constants", () => {
  silent(
    [
      [
        "a whole one of another file",
        `import { TIMES } from "./config"; export async function place(price) { await Order.create({ total: price * TIMES }); }`,
      ],
      [
        "a number of decimals",
        `import { fees } from "./config"; export async function place(price) { await Order.create({ total: price * fees.places }); }`,
      ],
      [
        "basis points as bigint",
        `import { bps } from "./config"; export async function settle(amount) { await Ledger.create({ fee: (amount * bps) / 10_000n }); }`,
      ],
      [
        "rounded",
        `import { CUT } from "./config"; export async function settle(cents) { await Ledger.create({ fee: Math.round(cents * CUT) }); }`,
      ],
      [
        "a name of a file that is not there",
        `import { COUNT } from "./missing"; export async function place(price) { await Order.create({ total: price * COUNT }); }`,
      ],
    ],
    CONFIG,
  );
});

describe("silent: sums that nobody pays", () => {
  silent([
    [
      "a rate of rates",
      `export function rateOf(from, to) { const fromToUsd = RATES[from]; const usdToTo = 1 / RATES[to]; return fromToUsd * usdToTo; } // currency`,
    ],
    [
      "a price by a price",
      `export async function priceInEth(currencyPrice, ethPrice) { return parseFloat(currencyPrice) / parseFloat(ethPrice); } // wallet`,
    ],
    [
      "an estimate",
      `export const overview = (services, pct) => services.map((service) => ({ estimatedEarnings: (service.price * pct) / 100, invoice: true }));`,
    ],
    [
      "what a model's tokens cost",
      `export function costOf(usage) { const cost = usage.inputTokens * INPUT_COST; return { totalCost: Number(cost.toFixed(6)) }; } // subscription`,
    ],
    [
      "sums kept in a map",
      `export function revenueOf(links) { const byCode = new Map(); for (const link of links) { const current = byCode.get(link.code); byCode.set(link.code, { amount: current.amount + Number(link.amount) }); } return byCode.size; } // invoice`,
    ],
    [
      "so many tokens of a collection",
      `export async function move(nftEntity, amount) { await repository.update(nftEntity.id, { amount: (+nftEntity.amount - amount).toString() }); } // wallet`,
    ],
  ]);
});

describe("reported: parsed, added to and written", () => {
  reports([
    [
      "a balance afterwards",
      "parsed-sum",
      "Number(store.balance) + share",
      `export async function credit(store, share) { await WalletTransaction.create({ data: { amount: share, balanceAfter: Number(store.balance) + share } }); }`,
    ],
    [
      "a balance afterwards by way of a name",
      "parsed-sum",
      "Number(wallet.balance) - amount",
      `export async function debit(prisma, wallet, amount) { const newBalance = Number(wallet.balance) - amount; await prisma.wallet.update({ where: { id: wallet.id }, data: { balance: newBalance } }); }`,
    ],
    [
      "a bigint made a number",
      "narrowed",
      "Number(value)",
      `export async function record(prisma, hex) { const value = BigInt(hex); await prisma.payment.create({ data: { amountWei: Number(value) } }); }`,
    ],
    [
      "a bigint made a number for a transfer",
      "narrowed",
      "Number(parseEther(amount))",
      `export const pay = (web3, to, amount) => web3.eth.sendTransaction({ to, value: Number(parseEther(amount)) });`,
    ],
  ]);
});

describe("silent: parsed, added to or shown", () => {
  silent([
    [
      "whether there is enough",
      `export function check(wallet, amount) { const left = Number(wallet.balance) - amount; if (left < 0) throw new Error("Not enough money in the wallet"); }`,
    ],
    [
      "shown afterwards",
      `export const text = (wallet, amount) => \`Balance: \${(Number(wallet.balance) - amount).toFixed(2)}\`;`,
    ],
    [
      "a bigint shown",
      `export const row = (payment) => ({ label: (Number(BigInt(payment.amountRaw)) / 1e6).toFixed(2) });`,
    ],
    [
      "a bigint compared",
      `export const enough = (wallet, price) => Number(BigInt(wallet.balanceRaw)) >= price;`,
    ],
    [
      "a bigint that counts",
      `export async function record(prisma, log) { await prisma.payment.create({ data: { blockNumber: Number(BigInt(log.blockNumber)) } }); }`,
    ],
    [
      "rounded for a provider that takes large units as numbers",
      `import Flutterwave from "flutterwave-node-v3"; const flw = new Flutterwave(a, b); export const pay = (order) => flw.Charge.card({ tx_ref: order.id, amount: Number(order.total.toFixed(2)), currency: "NGN" });`,
    ],
    [
      "a typed string with its two decimals for a provider that takes strings",
      `export async function POST(req) { const { amount } = await req.json(); return fetch("https://api-m.paypal.com/v2/checkout/orders", { method: "POST", headers, body: JSON.stringify({ purchase_units: [{ amount: { currency_code: "USD", value: Number(amount).toFixed(2) } }] }) }); }`,
    ],
    [
      "a typed number for Stripe, rounded",
      `${STRIPE} export const pay = (req) => stripe.charges.create({ amount: Math.round(parseFloat(req.body.amount) * 100), currency: "usd" });`,
    ],
  ]);
});
