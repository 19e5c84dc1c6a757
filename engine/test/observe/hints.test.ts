import { describe, expect, it, test } from "vitest";
import { hintsAmount, hintsFloatColumn } from "../../src/observe/amounts/hints.ts";
import {
  hintsComparison,
  hintsHandler,
  hintsMoneyRequest,
  hintsRecipient,
  hintsSecret,
  hintsSignature,
  hintsVerifierCall,
  runsInBrowser,
} from "../../src/observe/hints.ts";

const HINTS = {
  runsInBrowser,
  hintsAmount,
  hintsComparison,
  hintsFloatColumn,
  hintsHandler: (text: string, fileName = "src/file.ts") => hintsHandler(text, fileName),
  hintsMoneyRequest,
  hintsRecipient,
  hintsSecret,
  hintsSignature,
  hintsVerifierCall,
};

describe("texts with the sign", () => {
  test.each([
    ["hintsComparison", "if (signature !== expected) return;"],
    ["hintsComparison", "if (header !==\n  `Bearer ${process.env.CRON_SECRET}`) return;"],
    ["hintsComparison", "mac.equals(other)"],
    ["hintsComparison", "crypto.timingSafeEqual(a, b)"],
    ["hintsComparison", "if (given == (await secretOf(id))) pay();"],
    ["hintsHandler", 'app.post("/webhooks/stripe", (req, res) => {});'],
    ["hintsHandler", 'export const POST = async ({ request }) => request.headers.get("x-signature");'],
    ["hintsHandler", 'router.post("/payments/ipn", async ctx => {});'],
    ["hintsHandler", '@Controller("payment-callback")\nclass C { @Post() handle(@Body() body: Body) {} }'],
    [
      "hintsHandler",
      'export const handler = async (event) => verify(event.headers["x-signature"], event.body);',
    ],
    ["hintsRecipient", "await prisma.withdrawal.create({ data: { address } });"],
    ["hintsRecipient", 'await db("payouts")\n  .insert(row);'],
    ["hintsRecipient", "const payout = new Payout({ iban: req.body.iban });"],
    ["hintsRecipient", "await this.wallet.sendEthers(req.body.to, sum);"],
    ["hintsRecipient", 'import { SystemProgram } from "@solana/web3.js";'],
    ["hintsRecipient", 'fetch(base + "/transfers", { method: "POST", body })'],
    ["hintsSecret", 'createHmac("sha256", key)'],
    ["hintsSecret", "if (signatureFor(body) === computeSignature(body)) pay();"],
    ["hintsSecret", "if (given === process.env.CALLBACK_TOKEN) pay();"],
    ["hintsSecret", "return token === this.callbackToken;"],
    ["hintsSecret", "return given === config.webhooks?.token;"],
    ["hintsSecret", 'return given === this.config.get("CALLBACK_TOKEN");'],
    [
      "hintsSecret",
      'import { TOKEN } from "../config/xendit";\nexport const ok = (token) => token === TOKEN;',
    ],
    ["hintsSecret", "const { webhookSecret } = settings;"],
    ["hintsSecret", "return req.headers.token !== token;"],
    ["hintsVerifierCall", "verifyQueueSignature(request);"],
    ["hintsVerifierCall", "if (!webhookIsValid (body)) return;"],
    ["hintsSignature", 'createHmac("sha256", key)'],
    ["hintsSignature", "CryptoJS.HmacSHA256(body, key)"],
    ["hintsSignature", "await crypto.subtle.sign(algorithm, key, bytes)"],
    ["hintsSignature", 'stripe.webhooks.constructEvent(body, req.headers["stripe-signature"], key)'],
    ["hintsSignature", 'isValidSignature(req.body, req.get("x-signature"))'],
    ["hintsSignature", 'app.use(bodyParser.json());\napp.post("/hook", bodyParser.raw(), handle);'],
    ["hintsMoneyRequest", 'import Stripe from "stripe";'],
    ["hintsMoneyRequest", 'import Stripe from "npm:stripe@17";'],
    ["hintsMoneyRequest", 'import Stripe from "https://esm.sh/stripe@14?target=deno";'],
    ["hintsMoneyRequest", "this.stripe.paymentIntents\n  .create(options)"],
    ["hintsMoneyRequest", "await stripe!.refunds?.create(options)"],
    ["hintsMoneyRequest", "axios.post(`${base}/v1/refunds`, { amount })"],
    ["hintsMoneyRequest", 'client.post("/payouts", { amount })'],
    ["hintsMoneyRequest", 'acquirerFetch("/v2/payouts", { amount })'],
    ["hintsMoneyRequest", 'fetch(base + "transfers", { method: "POST" })'],
    ["runsInBrowser", '// A form.\n"use client";\nexport default function Form() {}'],
    ["runsInBrowser", "const [sum, setSum] = useState<number>(0);"],
    ["hintsAmount", "const fee = order.total * 0.05;"],
    ["hintsAmount", 'const fee = order["total"] * rate;'],
    ["hintsAmount", "const fee = 0.05 * getTotal(order);"],
    ["hintsAmount", "orderTotal *= 1.2;"],
    ["hintsAmount", "const local = TOTAL_USD / exchange;"],
    ["hintsAmount", "const price =\n  (item.price ?? 0) *\n  1.2;"],
    ["hintsAmount", "const paid = Number(req.body.amount);"],
    ["hintsAmount", "const paid = parseFloat(String(input.amount));"],
    ["hintsAmount", "pay({ paid: +amount });"],
    ["hintsAmount", "const x = subtotal + shipping;\npay(x * 0.05);"],
    ["hintsAmount", "const x = Number((a / b).toFixed(2));"],
    ["hintsAmount", "const x = +(a / b).toFixed(2);"],
    ["hintsFloatColumn", "price: DataTypes.FLOAT,"],
    ["hintsFloatColumn", 'price: real("price"),'],
    ["hintsFloatColumn", '@Column("float") price;'],
    ["hintsFloatColumn", 'table.float("price")'],
    ["hintsFloatColumn", "@Column({ type: 'double' }) price;"],
  ] as const)("%s: %s", (hint, text) => {
    expect(HINTS[hint](text)).toBe(true);
  });
});

describe("texts without it", () => {
  test.each([
    ["hintsComparison", 'if (token === null || typeof token === "string" || token.length === 3) return;'],
    ["hintsComparison", 'token.match("a"); token.toEqualize;'],
    ["hintsHandler", "export const webhookUrl = process.env.WEBHOOK_URL;"],
    ["hintsHandler", "app.get('/', (req, res) => res.send('hello'));"],
    ["hintsHandler", "export const rule = { create(context) { check(context, 'signature'); } };"],
    ["hintsHandler", "function onMessage(event, callback) { queue.push({ callback: event }); }"],
    ["hintsVerifierCall", "checkAssignment(node); isDesignValid(node); validate(design);"],
    ["hintsRecipient", "// The destination that control transfers to.\nconst destination = path.next;"],
    ["hintsSecret", "if (sourceCode.getFirstToken(node) !== token) report(token);"],
    ["hintsSecret", "if (parser.token.type === types.name) parser.nextToken();"],
    ["hintsSecret", "const key = keys[0]; if (key !== node.key) return;"],
    ["hintsSignature", "const webhook = settings.webhook; send(webhook);"],
    ["hintsMoneyRequest", "const payment = order.payment; show(payment.charge);"],
    ["hintsMoneyRequest", 'fetch("/api/users")'],
    [
      "runsInBrowser",
      "export async function action({ request }) {}\nfunction Page() { useEffect(() => {}); }",
    ],
    ["runsInBrowser", "export function handle(req, res) {}"],
    ["hintsAmount", "/**\n * The total\n * amount\n * of it. */\nshow(total);"],
    ["hintsAmount", "<Total>{total}</Total>; // total"],
    ["hintsAmount", "const totally = 3 * generated;"],
    ["hintsFloatColumn", "style={{ float: left }}; // a real double"],
  ] as const)("%s: %s", (hint, text) => {
    expect(HINTS[hint](text)).toBe(false);
  });
});

test.each(Object.entries(HINTS))("%s takes time in proportion to the text", (_, hint) => {
  const lines = [
    "/** a // b */ // total // c",
    "* price + (total) - fee",
    "x = [amount, (1), 'a/b', `c`];",
    "if (a ===",
  ];
  const time = (repeat: number): number => {
    const text = lines.map((line) => `${line}\n`.repeat(repeat)).join("");
    const start = performance.now();
    hint(text);
    return performance.now() - start;
  };
  time(100);
  expect(time(8000)).toBeLessThan(2000);
});

it("takes a file's name for a sign of a handler", () => {
  const text = "export async function POST(request: Request) {}";
  expect(
    ["app/api/webhooks/route.ts", "app/api/users/route.ts"].map((name) => hintsHandler(text, name)),
  ).toEqual([true, false]);
});
