import { describe, expect, test } from "vitest";
import { lintText } from "../../src/lint.ts";
import type { Finding } from "../../src/rules/rule.ts";

function lint(text: string, fileName = "services/payments.ts"): readonly Finding[] {
  return lintText({ fileName, text }, { "no-float-amounts": { severity: "error" } }).findings;
}

const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_SECRET_KEY); `;

/** What is wrong, the message it gets, the code that is to be marked, and the code around it. */
const WRONG: readonly (readonly [string, string, string, string])[] = [
  [
    "times 100 in a request",
    "unrounded-unit",
    "total * 100",
    `${STRIPE} export async function pay(total) { await stripe.paymentIntents.create({ amount: total * 100, currency: "usd" }); }`,
  ],
  [
    "times 100 by way of a variable",
    "unrounded-unit",
    "order.total * 100",
    `${STRIPE} async function pay(order) { const cents = order.total * 100; await stripe.paymentIntents.create({ amount: cents, currency: "usd" }); }`,
  ],
  [
    "times 100 assigned anew",
    "unrounded-unit",
    "amount * 100",
    `${STRIPE} async function pay(amount) { amount = amount * 100; return stripe.charges.create({ amount, currency: "usd" }); }`,
  ],
  [
    "times 100 in place",
    "unrounded-unit",
    "amount *= 100",
    `${STRIPE} async function pay(amount) { amount *= 100; return stripe.charges.create({ amount, currency: "usd" }); }`,
  ],
  [
    "times 100 wrapped in Number",
    "unrounded-unit",
    "req.body.amount * 100",
    `${STRIPE} export async function pay(req) { await stripe.refunds.create({ amount: Number(req.body.amount * 100) }); }`,
  ],
  [
    "times 100 of a parsed string",
    "unrounded-unit",
    "parseFloat(price) * 100",
    `${STRIPE} export async function pay(price) { await stripe.paymentIntents.create({ amount: parseFloat(price) * 100 }); }`,
  ],
  [
    "times 100 of line items",
    "unrounded-unit",
    "item.price * 100",
    `${STRIPE} export const pay = (items) => stripe.checkout.sessions.create({ mode: "payment", line_items: items.map((item) => ({ quantity: 1, price_data: { currency: "usd", unit_amount: item.price * 100 } })) });`,
  ],
  [
    "times 100 in options made before",
    "unrounded-unit",
    "req.body.amount * 100",
    `import Razorpay from "razorpay"; const instance = new Razorpay({ key_id: "k", key_secret: process.env.S }); export async function order(req) { const options = { amount: req.body.amount * 100, currency: "INR" }; return instance.orders.create(options); }`,
  ],
  [
    "times 100 over HTTP",
    "unrounded-unit",
    "amount * 100",
    `import axios from "axios"; export async function start(email, amount) { return axios.post("https://api.paystack.co/transaction/initialize", { email, amount: amount * 100 }, { headers: { Authorization: process.env.KEY } }); }`,
  ],
  [
    "times 100 in a payment window",
    "unrounded-unit",
    "total * 100",
    `export function open(total, order) { const options = { key: "rzp", amount: total * 100, order_id: order }; new window.Razorpay(options).open(); }`,
  ],
  [
    "times 100 in a payment button",
    "unrounded-unit",
    "total * 100",
    `export const Pay = ({ total }) => <PaystackButton email="a@b.c" amount={total * 100} />;`,
  ],
  [
    "times 100 in a payment hook",
    "unrounded-unit",
    "total * 100",
    `export function Pay({ total }) { const config = { email: "a@b.c", amount: total * 100 }; const start = usePaystackPayment(config); return <button onClick={() => start()} />; }`,
  ],
  [
    "times 100 in a helper",
    "unrounded-unit",
    "dollars * 100",
    `// Stripe amounts\nexport function toCents(dollars) { return dollars * 100; }`,
  ],
  [
    "times lamports",
    "unrounded-unit",
    "amount * LAMPORTS_PER_SOL",
    `import { SystemProgram, LAMPORTS_PER_SOL } from "@solana/web3.js"; export const pay = (from, to, amount) => SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports: amount * LAMPORTS_PER_SOL });`,
  ],
  [
    "times a power of decimals",
    "unrounded-unit",
    "amount * 10 ** decimals",
    `export async function payout(token, to, amount, decimals) { await token.transfer(to, amount * 10 ** decimals); }`,
  ],
  [
    "floor of times 100",
    "truncated",
    "Math.floor(price * 100)",
    `${STRIPE} export const pay = (price) => stripe.paymentIntents.create({ amount: Math.floor(price * 100), currency: "usd" });`,
  ],
  [
    "parseInt of times 100",
    "truncated",
    "parseInt(price * 100)",
    `${STRIPE} export const pay = (price) => stripe.paymentIntents.create({ amount: parseInt(price * 100), currency: "usd" });`,
  ],
  [
    "trunc of times 100 in a helper",
    "truncated",
    "Math.trunc(amount * 100)",
    `// for Stripe\nexport const toMinorUnits = (amount: number) => Math.trunc(amount * 100);`,
  ],
  [
    "floor of a parsed string, then BigInt",
    "truncated",
    "Math.floor(parseFloat(amount) * 1_000_000)",
    `export function quote(amount: string) { return { amount, amountRaw: BigInt(Math.floor(parseFloat(amount) * 1_000_000)).toString(), usdc: true }; }`,
  ],
  [
    "percentage as fee of the platform",
    "unrounded-factor",
    "amount * 0.1",
    `${STRIPE} export const pay = (amount) => stripe.paymentIntents.create({ amount, application_fee_amount: amount * 0.1 });`,
  ],
  [
    "named percentage",
    "unrounded-factor",
    "amount * FEE_RATE",
    `const FEE_RATE = 0.029; export async function settle(amount) { const fee = amount * FEE_RATE; await Ledger.create({ amount, fee }); }`,
  ],
  [
    "percentage divided by 100",
    "unrounded-factor",
    "amount * (percent / 100)",
    `export function payoutFee(amount: number, percent: number) { const fee = amount * (percent / 100); return { amount, fee }; }`,
  ],
  [
    "percentage divided afterwards",
    "unrounded-factor",
    "total * taxRate",
    `export async function checkout(total, taxRate) { const tax = (total * taxRate) / 100; await prisma.order.create({ data: { total: total + tax } }); }`,
  ],
  [
    "whole percentage",
    "unrounded-factor",
    "price * 18",
    `export async function order(price) { const gst = (price * 18) / 100; await Order.create({ price, gst, totalPrice: price + gst }); }`,
  ],
  [
    "whole percentage of a hundredth",
    "unrounded-factor",
    "(amount / 100) * 5",
    `export async function payout(amount) { await Payout.create({ fee: (amount / 100) * 5 }); }`,
  ],
  [
    "discount off",
    "unrounded-factor",
    "price * discount",
    `export async function order(price, discount) { await Order.create({ totalPrice: price - (price * discount) / 100 }); }`,
  ],
  [
    "discount as a factor",
    "unrounded-factor",
    "price * (1 - discount)",
    `export async function checkout(price, discount) { await Order.create({ total: price * (1 - discount) }); }`,
  ],
  [
    "commission off a balance",
    "unrounded-factor",
    "order.total * COMMISSION",
    `const COMMISSION = 0.05; export function credit(wallet, order) { wallet.balance += order.total - order.total * COMMISSION; }`,
  ],
  [
    "share sent on chain",
    "unrounded-factor",
    "amount * 0.95",
    `export async function payout(contract, to, amount) { await contract.transfer(to, ethers.utils.parseEther((amount * 0.95).toString())); }`,
  ],
  [
    "tax by SQL",
    "unrounded-factor",
    "subtotal * 0.2",
    `export const invoice = (db, subtotal) => db.query("INSERT INTO invoices (tax) VALUES ($1)", [subtotal * 0.2]);`,
  ],
  [
    "share of an unnamed sum",
    "unrounded-factor",
    "base * 1.2",
    `${STRIPE} export const pay = (base) => stripe.charges.create({ amount: base * 1.2, currency: "usd" });`,
  ],
  [
    "rate multiplied",
    "rate",
    "amount * exchangeRate",
    `export async function deposit(amount, exchangeRate) { await Transaction.create({ amount: amount * exchangeRate }); }`,
  ],
  [
    "rate from a table",
    "rate",
    "amount * rates[currency]",
    `export async function withdraw(amount, rates, currency) { await payouts.insertOne({ amount: amount * rates[currency] }); }`,
  ],
  [
    "rate divided",
    "rate",
    "pesos / PHP_PER_USDT",
    `const PHP_PER_USDT = 58; export function toUsdt(pesos: number) { return pesos / PHP_PER_USDT; }`,
  ],
  [
    "rate of two currencies",
    "rate",
    "amount / USD_TO_NGN",
    `const USD_TO_NGN = 1500; export function convert(amount) { return amount / USD_TO_NGN; } // wallet`,
  ],
  [
    "round trip in a record",
    "rounded-trip",
    "Number((total * 0.15).toFixed(2))",
    `export async function order(total) { const tax = Number((total * 0.15).toFixed(2)); await Order.create({ tax }); }`,
  ],
  [
    "round trip of a balance",
    "rounded-trip",
    "Number(wallet.balance.toFixed(2))",
    `export async function credit(wallet, amount) { wallet.balance += amount; wallet.balance = Number(wallet.balance.toFixed(2)); await wallet.save(); }`,
  ],
  [
    "round trip by parseFloat",
    "rounded-trip",
    "parseFloat((price + shipping).toFixed(2))",
    `export async function checkout(price, shipping) { const order = new Order({ total: parseFloat((price + shipping).toFixed(2)) }); await order.save(); }`,
  ],
  [
    "round trip by plus",
    "rounded-trip",
    "+(subtotal - discount).toFixed(2)",
    `export const checkout = (subtotal, discount) => ({ total: +(subtotal - discount).toFixed(2) });`,
  ],
  [
    "typed sum to a provider",
    "parsed-fraction",
    "Number(req.body.amount)",
    `export async function payout(req) { return fetch("https://api.swapss.lol/api/v1/merchant/payouts", { method: "POST", headers: { Authorization: key }, body: JSON.stringify({ amount: Number(req.body.amount) }) }); }`,
  ],
  [
    "typed sum to a transfer",
    "parsed-fraction",
    "parseFloat(amount)",
    `export async function POST(req) { const { amount, to } = await req.json(); const parsed = parseFloat(amount); await sendUsdc(to, parsed); }`,
  ],
  [
    "column added to",
    "parsed-sum",
    "before + amount",
    `export async function credit(wallet, amount) { const before = Number(wallet.balance); const after = before + amount; wallet.balance = after.toFixed(2); await repo.save(wallet); }`,
  ],
  [
    "factor that is made a string over several lines",
    "unrounded-factor",
    "Number(amount) * 1.01",
    `export const tip = (amount) => fetch(process.env.PAYCHAIN_API + "/businesses/b/invoices", { method: "POST", headers: { "x-api-key": process.env.PAYCHAIN_API_KEY }, body: JSON.stringify({ amount: (Number(amount) * 1.01).toFixed(\n2\n), token: "USDC" }) });`,
  ],
  [
    "column subtracted from in a query builder",
    "parsed-sum",
    "parseFloat(wallet.balance) - amount",
    `export const debit = (db, wallet, amount) => db.update(wallets).set({ balance: (parseFloat(wallet.balance) - amount).toFixed(2) });`,
  ],
  [
    "column written by SQL",
    "parsed-sum",
    "balance - amount",
    `export async function debit(pool, user, amount) { const balance = parseFloat(user.balance); const left = balance - amount; await pool.query("UPDATE wallets SET balance = $1", [left]); }`,
  ],
  [
    "Sequelize FLOAT",
    "float-column",
    "amount: { type: DataTypes.FLOAT }",
    `sequelize.define("payment", { amount: { type: DataTypes.FLOAT } });`,
  ],
  [
    "Sequelize DOUBLE with digits",
    "float-column",
    "price: DataTypes.DOUBLE(10, 2)",
    `sequelize.define("product", { price: DataTypes.DOUBLE(10, 2) });`,
  ],
  [
    "Sequelize migration",
    "float-column",
    `queryInterface.addColumn("orders", "subtotal", { type: Sequelize.FLOAT })`,
    `export const up = (queryInterface, Sequelize) => queryInterface.addColumn("orders", "subtotal", { type: Sequelize.FLOAT });`,
  ],
  [
    "Drizzle real",
    "float-column",
    `price: real("price").notNull()`,
    `import { pgTable, real } from "drizzle-orm/pg-core"; export const orders = pgTable("orders", { price: real("price").notNull() });`,
  ],
  [
    "Drizzle doublePrecision",
    "float-column",
    `fee: doublePrecision()`,
    `import { pgTable, doublePrecision } from "drizzle-orm/pg-core"; export const payouts = pgTable("payouts", { fee: doublePrecision() });`,
  ],
  [
    "TypeORM by name",
    "float-column",
    `@Column("float") amount: number;`,
    `import { Column } from "typeorm"; export class Payment { @Column("float") amount: number; }`,
  ],
  [
    "TypeORM by options",
    "float-column",
    `@Column({ type: "double precision" }) price: number;`,
    `import { Column } from "typeorm"; export class Order { @Column({ type: "double precision" }) price: number; }`,
  ],
  [
    "Knex",
    "float-column",
    `table.float("price")`,
    `export const up = (knex) => knex.schema.createTable("orders", (table) => { table.float("price").notNullable(); });`,
  ],
  [
    "a part stored through a procedure's context",
    "unrounded-factor",
    "input.amount * 0.1",
    `export const withdraw = procedure.mutation(async ({ ctx, input }) => { await ctx.db.payout.create({ data: { taxAmount: input.amount * 0.1 } }); });`,
  ],
  [
    "a migration's way there",
    "float-column",
    `queryInterface.addColumn("orders", "amount", { type: DataTypes.FLOAT })`,
    `export const up = (queryInterface) => queryInterface.addColumn("orders", "amount", { type: DataTypes.FLOAT });`,
  ],
];

/** Code that looks like one of these and loses nothing. */
const RIGHT: readonly (readonly [string, string])[] = [
  [
    "rounded times 100",
    `${STRIPE} export const pay = (price) => stripe.paymentIntents.create({ amount: Math.round(price * 100) });`,
  ],
  [
    "rounded by way of a variable",
    `${STRIPE} export async function pay(price) { const exact = price * 100; await stripe.paymentIntents.create({ amount: Math.round(exact) }); }`,
  ],
  [
    "rounded by toFixed without decimals",
    `${STRIPE} export const pay = (price) => stripe.paymentIntents.create({ amount: Number((price * 100).toFixed(0)) });`,
  ],
  [
    "rounded by assignment",
    `${STRIPE} export async function pay(total) { total = total * 1.1; total = Math.round(total); await stripe.charges.create({ amount: total }); }`,
  ],
  [
    "rounded by a function of the file",
    `${STRIPE} const cents = (value) => Math.round(value * 100); export const pay = (price) => stripe.charges.create({ amount: cents(price) });`,
  ],
  [
    "rounded fee",
    `${STRIPE} export const pay = (amount) => stripe.paymentIntents.create({ amount, application_fee_amount: Math.round(amount * 0.1) });`,
  ],
  [
    "fee rounded up",
    `${STRIPE} export const pay = (amount) => stripe.paymentIntents.create({ amount, application_fee_amount: Math.ceil(amount * 0.1) });`,
  ],
  [
    "fee of cents rounded down",
    `export const platformFee = (amountInCents) => Math.floor((amountInCents * 10) / 100); // Stripe`,
  ],
  [
    "basis points",
    `const FEE_BPS = 290; export const withFee = (total) => total + Math.round((total * FEE_BPS) / 10_000); // payment`,
  ],
  [
    "bigint basis points",
    `export function payoutFee(amount: bigint) { const fee = (amount * 120n) / 10_000n; return { amount, fee }; }`,
  ],
  [
    "bigint by BigInt()",
    `export async function payout(token, to, amount) { await token.transfer(to, BigInt(amount) * 1_000_000n); }`,
  ],
  [
    "bigint by parseUnits",
    `export async function pay(token, to, amount) { const value = parseUnits(amount, 6); await token.transfer(to, value * feeRate / scale); }`,
  ],
  [
    "parseUnits of the string",
    `export const pay = (wallet, to, amount) => wallet.sendTransaction({ to, value: ethers.parseUnits(amount, 18) });`,
  ],
  [
    "toWei of the string",
    `export const pay = (web3, to, ethers) => web3.eth.sendTransaction({ to, value: web3.utils.toWei(ethers, "ether") });`,
  ],
  [
    "integer literal",
    `${STRIPE} export const pay = () => stripe.paymentIntents.create({ amount: 1099, currency: "usd" });`,
  ],
  [
    "constants multiplied",
    `${STRIPE} const PRICE = 20; export const pay = () => stripe.paymentIntents.create({ amount: PRICE * 100, currency: "usd" });`,
  ],
  [
    "amount passed on",
    `${STRIPE} export const pay = (order) => stripe.paymentIntents.create({ amount: order.total, currency: "usd" });`,
  ],
  [
    "sum of cents",
    `${STRIPE} export const pay = (items) => stripe.charges.create({ amount: items.reduce((sum, item) => sum + item.amount * item.quantity, 0) });`,
  ],
  [
    "parseInt of whole units",
    `${STRIPE} export const pay = (amount) => stripe.charges.create({ amount: parseInt(amount) * 100 });`,
  ],
  [
    "count times 100",
    `${STRIPE} export const pay = (credits) => stripe.charges.create({ amount: credits * 100 });`,
  ],
  [
    "cents by a count for reading",
    `export const row = (line) => ({ total: (line.unit_amount * line.quantity) / 100, invoice: line.id });`,
  ],
  ["whole factor", `export const place = (order) => Order.create({ deposit: order.total * 2 });`],
  [
    "cents for reading",
    `export const text = (order) => \`Paid \${(order.amount / 100).toFixed(2)} \${order.currency}\`;`,
  ],
  [
    "cents in a mail",
    `export async function mail(payment) { await sendEmail({ to: payment.email, text: "You paid " + payment.amount / 100 }); }`,
  ],
  ["cents in JSX", `export const Total = ({ payment }) => <b>{(payment.amount / 100).toFixed(2)}</b>;`],
  ["cents in a log", `export function log(payment) { console.log("payout", payment.amount * 0.01); }`],
  [
    "cents as number for reading",
    `export const row = (payout) => ({ amount: Number((payout.amount / 100).toFixed(2)) });`,
  ],
  [
    "total with tax in JSX",
    `export const Cart = ({ subtotal }) => { const tax = subtotal * 0.08; const total = subtotal + tax; return <b>{total.toFixed(2)}</b>; };`,
  ],
  [
    "percentage of a total",
    `export const share = (paid, total) => ({ percent: (paid / total) * 100, invoice: true });`,
  ],
  [
    "percentage setting",
    `export async function save(req) { await settings.update({ feePercent: Number(req.body.feePercent) }); } // payout`,
  ],
  [
    "threshold",
    `const MIN_WITHDRAW = parseFloat(process.env.MIN_WITHDRAW); export const may = (amount) => amount >= MIN_WITHDRAW;`,
  ],
  [
    "compared only",
    `export function check(user, amount) { if (Number(user.balance) < amount * 1.01) throw new Error("Not enough balance"); }`,
  ],
  [
    "page and limit",
    `export const list = (req) => Payment.find().skip((Number(req.query.page) - 1) * 100).limit(parseInt(req.query.limit) * 1.5);`,
  ],
  [
    "time",
    `export const expires = (invoice) => invoice.save({ expiresAt: Date.now() + invoice.ttl * 1000 });`,
  ],
  [
    "retry delay",
    `export const delay = (payment, attempt) => payment.update({ retryInMs: attempt * 1.5 * 1000 });`,
  ],
  [
    "price by quantity",
    `export const place = (product, quantity) => Order.create({ total: product.price * quantity });`,
  ],
  [
    "integer division of a count",
    `export const perPage = (totalPages) => Invoice.create({ pages: totalPages * 0.5 });`,
  ],
  [
    "rating",
    `export const rate = (product, rating) => Product.update({ rating: Number((product.rating * 0.9 + rating * 0.1).toFixed(1)), price: product.price });`,
  ],
  [
    "decimal.js",
    `import Decimal from "decimal.js"; export const fee = (amount) => Payment.create({ fee: new Decimal(amount).mul(0.029).toFixed(2) });`,
  ],
  [
    "big.js on output",
    `import Big from "big.js"; export const fee = (amount) => Payment.create({ fee: Number(new Big(amount).times("0.029").toFixed(2, 1).toString()) });`,
  ],
  ["BigNumber wrapped", `export const payoutFee = (amount) => BigNumber(amount * 1.5);`],
  [
    "dinero",
    `import { dinero, multiply } from "dinero.js"; export const fee = (amount) => multiply(amount, { amount: 29, scale: 3 }); // payment`,
  ],
  [
    "rounding helper of a library",
    `import round from "lodash/round"; export const tax = async (subtotal) => Order.create({ tax: round(subtotal * 0.2, 2) });`,
  ],
  [
    "gas",
    `export const pay = async (wallet, tx, gasPrice) => wallet.sendTransaction({ ...tx, gasPrice: gasPrice * 1.2 });`,
  ],
  [
    "minor units read as a number",
    `${STRIPE} export const refund = (req) => stripe.refunds.create({ amount: Number(req.body.amount) });`,
  ],
  [
    "major units to a provider that takes them",
    `export const pay = (req) => fetch("https://api.nowpayments.io/v1/payment", { method: "POST", headers: { "x-api-key": key }, body: JSON.stringify({ price_amount: Number(req.body.amount) }) });`,
  ],
  [
    "toFixed for a provider that takes strings",
    `export const pay = (order) => fetch("https://api-m.paypal.com/v2/checkout/orders", { method: "POST", headers, body: JSON.stringify({ purchase_units: [{ amount: { value: order.total.toFixed(2) } }] }) });`,
  ],
  [
    "price of a catalogue",
    `export async function POST(req) { const { price } = await req.json(); await prisma.product.create({ data: { price: parseFloat(price) } }); } // checkout`,
  ],
  [
    "cents read as a number and added",
    `export async function credit(wallet, cents) { wallet.balanceCents = Number(wallet.balanceCents) + cents; await wallet.save(); }`,
  ],
  ["a test", `${STRIPE} test("pays", () => stripe.charges.create({ amount: price * 100 }));`],
  [
    "code of another kind",
    `export function shade(value, factor) { return { total: value * 0.5, cost: Math.floor(value * 100) }; }`,
  ],
  ["commented out", `// stripe.charges.create({ amount: price * 100 })\nexport const amount = 1;`],
  [
    "decimal columns",
    `sequelize.define("payment", { amount: { type: DataTypes.DECIMAL(10, 2) }, cents: DataTypes.INTEGER, fee: DataTypes.BIGINT });`,
  ],
  [
    "float columns of other things",
    `sequelize.define("orderItem", { rating: DataTypes.FLOAT, quantity: { type: DataTypes.DOUBLE }, latitude: DataTypes.FLOAT, feePercentage: DataTypes.FLOAT, taxRate: DataTypes.FLOAT, discount: DataTypes.FLOAT });`,
  ],
  [
    "Drizzle numeric",
    `import { numeric, real } from "drizzle-orm/pg-core"; export const t = { price: numeric("price"), weight: real("weight") };`,
  ],
  [
    "real of another library",
    `import { real } from "./numbers"; export const order = { price: real("price") };`,
  ],
  [
    "TypeORM decimal",
    `import { Column } from "typeorm"; export class Payment { @Column({ type: "numeric", precision: 20, scale: 2 }) amount: string; @Column("float") score: number; }`,
  ],
  [
    "JSON schema",
    `export const schema = { price: { type: "number", format: "float" }, order: { type: "object" } };`,
  ],
  [
    "a fee in basis points",
    `export function payoutAmount(amount, fee) { const multiplier = 10000 - Math.floor(fee * 10000); return convert(amount, multiplier); } export const toFeeAmount = (fee) => Math.floor(fee * 10000);`,
  ],
  [
    "whole units added to whole units",
    `export function route(payment, share) { payment.fees = +payment.fees + Math.floor(payment.sum * share); }`,
  ],
  [
    "fees and limits that an operator sets",
    `export async function save(req) { const { fee, maxAmount } = req.body; settings.tiers.fee = parseFloat(fee); limits.maxAmount = parseFloat(maxAmount); await settings.save(); } // payouts`,
  ],
  [
    "sums under statistics",
    `export async function overview(payouts) { return { stats: { netEarnings: Number(payouts.earnings.toFixed(2)) } }; }`,
  ],
  [
    "a function that reports",
    `export function monthlyReport(orders) { return { revenue: Number(orders.revenue.toFixed(2)) }; }`,
  ],
  [
    "what a migration's way back restores",
    `export const down = (queryInterface) => queryInterface.changeColumn("payments", "amount", { type: DataTypes.FLOAT });`,
  ],
  [
    "the same as a method",
    `module.exports = { down: (queryInterface) => queryInterface.createTable("orders", { amount: DataTypes.FLOAT }) };`,
  ],
  ["a seed", `export const fill = () => prisma.payout.create({ data: { amount: order.amount * 0.9 } });`],
  ["Mongoose number", `new Schema({ amount: { type: Number, required: true } }); // payment`],
];

describe("no-float-amounts", () => {
  test.each(WRONG)("reports %s", (_, messageId, marked, text) => {
    const found = lint(text, text.includes("=> <") || text.includes("return <") ? "app/pay.tsx" : undefined);
    expect(found.map(({ messageId, range }) => [messageId, text.slice(range.start, range.end)])).toEqual([
      [messageId, marked],
    ]);
  });

  test.each(RIGHT)("is silent about %s", (name, text) => {
    const fileName =
      name === "a test"
        ? "test/pay.test.ts"
        : name === "a seed"
          ? "prisma/seed-payouts.ts"
          : text.includes("=> <") || text.includes("return <")
            ? "app/pay.tsx"
            : undefined;
    expect(lint(text, fileName)).toEqual([]);
  });

  test("has more valid than invalid cases", () => {
    expect(RIGHT.length).toBeGreaterThan(WRONG.length);
  });

  test("leaves columns alone that are meant to be floats", () => {
    const column = `sequelize.define("payment", { amount: DataTypes.FLOAT });`;
    const sum = `${STRIPE} export const pay = (total) => stripe.charges.create({ amount: total * 100 });`;
    const found = (text: string, columns: boolean) =>
      lintText(
        { fileName: "services/payments.ts", text },
        { "no-float-amounts": { severity: "error", options: { columns } } },
      ).findings.length;
    expect([found(column, true), found(column, false), found(sum, false)]).toEqual([1, 0, 1]);
  });
});
