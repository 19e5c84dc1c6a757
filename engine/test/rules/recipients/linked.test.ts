import { describe, expect, it } from "vitest";
import { lintText } from "../../../src/lint.ts";
import { type Files, hostOf } from "../../flow/linked.ts";

const RULE = "no-untrusted-recipient";
const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;

function reportedIn(files: Files, fileName = Object.keys(files)[0]!): string[] {
  const text = files[fileName]!;
  const { findings, problems } = lintText(
    { fileName, text },
    { [RULE]: { severity: "error" } },
    hostOf(files),
  );
  expect(problems).toEqual([]);
  return findings.map(({ range }) => text.slice(range.start, range.end));
}

type Linked = readonly [what: string, controller: string, service: string, ...reported: string[]];

const CONTROLLER = (body: string) =>
  `import { pay } from "./service.js"; import { sql } from "./db"; export const withdraw = async (req, res) => { ${body} };`;

describe("reported at the call that hands the recipient on", () => {
  it.each<Linked>([
    [
      "a function of any name",
      CONTROLLER("await pay(req.body.account)"),
      `${STRIPE} export const pay = (destination) => stripe.transfers.create({ destination })`,
      "req.body.account",
    ],
    [
      "a whole body",
      CONTROLLER("await pay(req.body)"),
      `${STRIPE} export const pay = (data) => stripe.transfers.create({ amount: data.amount, destination: data.account })`,
      "req.body",
    ],
    [
      "a body with more",
      CONTROLLER("await pay({ ...req.body, userId: req.user.id })"),
      `${STRIPE} export const pay = ({ account }) => stripe.transfers.create({ destination: account })`,
      "{ ...req.body, userId: req.user.id }",
    ],
    [
      "one field of an object",
      CONTROLLER("const { iban } = req.body; await pay({ userId: req.user.id, iban })"),
      `${STRIPE} export async function pay(input) { await stripe.transfers.create({ destination: input.iban }) }`,
      "iban",
    ],
    [
      "a row",
      CONTROLLER("await pay(req.user.id, req.body.address)"),
      `import { Withdrawal } from "./models"; export const pay = async (userId, address) => Withdrawal.create({ userId, address })`,
      "req.body.address",
    ],
  ])("%s", (_, controller, service, ...reported) => {
    expect(reportedIn({ "withdraw.js": controller, "service.js": service })).toEqual(reported);
  });

  it("through two files", () => {
    const files = {
      "withdraw.js": CONTROLLER("await pay(req.body)"),
      "service.js": `import { send } from "./bank.js"; export const pay = (data) => send(data.to, data.amount)`,
      "bank.js": `${STRIPE} export const send = (account, amount) => stripe.transfers.create({ destination: account, amount })`,
    };
    expect(reportedIn(files)).toEqual(["req.body"]);
    expect(reportedIn(files, "bank.js")).toEqual([]);
  });

  it("a service that looks up whose money it is, and nothing of the recipient", () => {
    const files = {
      "withdraw.js": `import { withdrawFunds } from "./service.js"; export const send = (req) => withdrawFunds(req.user.id, req.body.beneficiaryAccount)`,
      "service.js": `import { Wallet } from "./models"; export const withdrawFunds = async (userId, account) => { const wallet = await Wallet.findOne({ userId }); wallet.balance -= 1; await bank.submit({ account }) }`,
    };
    expect(reportedIn(files)).toEqual(["req.body.beneficiaryAccount"]);
  });

  it("a service that Nest hands in", () => {
    const files = {
      "payouts.controller.ts": `import { PayoutsService } from "./payouts.service";
        export class PayoutsController { constructor(private readonly payouts: PayoutsService) {} @Post() withdraw(@Req() req, @Body() dto: WithdrawDto) { return this.payouts.request(req.user.id, dto) } }`,
      "payouts.service.ts": `export class PayoutsService { constructor(private prisma: PrismaService) {} async request(userId: string, dto: WithdrawDto) { return this.prisma.payout.create({ data: { userId, amount: dto.amount, accountNumber: dto.accountNumber } }) } }`,
    };
    expect(reportedIn(files)).toEqual(["dto"]);
  });
});

describe("silent", () => {
  it.each<Linked>([
    [
      "looked up by its owner there",
      CONTROLLER("await pay(req.user.id, req.body.account)"),
      `${STRIPE} import { db } from "./db"; export const pay = async (userId, destination) => { const row = await db.account.findFirst({ where: { id: destination, userId } }); if (!row) return; await stripe.transfers.create({ destination }) }`,
    ],
    [
      "only the amount is taken",
      CONTROLLER("await pay(req.body)"),
      `${STRIPE} export const pay = (data) => stripe.transfers.create({ amount: data.amount, destination: TREASURY })`,
    ],
    [
      "another field of the object",
      CONTROLLER("await pay({ to: req.user.account, note: req.body.to })"),
      `${STRIPE} export const pay = (data) => stripe.transfers.create({ destination: data.to })`,
    ],
    [
      "nothing is paid there",
      CONTROLLER("await pay(req.body)"),
      `import { db } from "./db"; export const pay = (data) => db.user.update({ data })`,
    ],
    [
      "set over what was sent",
      CONTROLLER("await pay({ ...req.body, account: req.user.account })"),
      `${STRIPE} export const pay = ({ account }) => stripe.transfers.create({ destination: account })`,
    ],
  ])("%s", (_, controller, service) => {
    expect(reportedIn({ "withdraw.js": controller, "service.js": service })).toEqual([]);
  });

  it("a transfer whose service looks the receiver up in its own ledger", () => {
    const files = {
      "withdraw.js": `import { transferFunds } from "./service.js"; export const send = (req) => transferFunds(req.user, req.body.toAccount)`,
      "service.js": `import { Wallet } from "./models"; export const transferFunds = async (user, toAccount) => { const receiver = await Wallet.findOne({ toAccount }); receiver.balance += 1; await receiver.save() }`,
    };
    expect(reportedIn(files)).toEqual([]);
  });

  it("a handler that another file registers for operators", () => {
    const files = {
      "withdraw.js": `${STRIPE} export const withdraw = (req) => stripe.transfers.create({ destination: req.body.to })`,
      "routes.js": `import { withdraw } from "./withdraw.js"; router.post("/withdraw", requireRole("admin"), withdraw)`,
    };
    expect(reportedIn(files)).toEqual([]);
    expect(
      reportedIn({
        ...files,
        "routes.js": files["routes.js"].replace(`requireRole("admin")`, "requireAuth"),
      }),
    ).toEqual(["req.body.to"]);
  });
});
