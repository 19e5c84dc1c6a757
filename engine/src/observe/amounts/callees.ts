import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName, receiverOf } from "../../flow/callee.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { wordsOf } from "../names.ts";
import { urlOf } from "../requests.ts";
import { nameAt } from "./numbers.ts";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What a call does with an argument that may be money, as far as its name tells. */
export type Use =
  /** The result is the same amount. */
  | "same"
  /** The same, with its fraction cut off. */
  | "cut"
  /** Makes an exact number of it, with whatever binary fraction it has by then. */
  | "exact"
  /** Rounds it, shows it, logs it or compares it. */
  | "end"
  | "write"
  | "payment"
  | "unknown";

const SAME =
  /^(?:Number|String|BigInt|parseFloat|Number\.parseFloat|Math\.(?:abs|min|max)|JSON\.stringify|Object\.(?:assign|freeze|fromEntries)|structuredClone|Promise\.(?:resolve|all)|qs:stringify|querystring:stringify)$/;
const SAME_METHODS = /^(?:parseUnits|parseEther|toWei|toNano)$/;
const CUT = /^(?:Math\.(?:floor|trunc)|parseInt|Number\.parseInt)$/;
const END =
  /^(?:round|ceil|format|display|log|info|warn|error|debug|trace|json|render|status|expect|alert|toast|track|capture|emit|dispatch|notify|is|has|can|validate|check|assert|calculate|compute|plan|quote|preview|estimate|should|describe|get|find|max|min|mul|times|plus|minus|div|bad|t)$/;
const SETTER = /^set[A-Z]/;
const WRITES =
  /^(?:create|createMany|createAndSave|insert|insertOne|insertMany|insertInto|update|updateOne|updateMany|updateById|upsert|save|findByIdAndUpdate|findOneAndUpdate|findAndUpdate|bulkCreate|bulkWrite|build|increment|decrement|values|set|put|add|addDoc|setDoc|updateDoc|replaceOne|assign|patch|merge|hset|hincrbyfloat|incrByFloat)$/i;
const PAYMENT = new Set(
  "pay pays payment payments payout payouts charge charges refund refunds transfer transfers withdraw withdrawal withdrawals deposit invoice invoices checkout disburse disbursement send settle topup credit debit transaction transactions tx intent paypal stripe razorpay xendit paystack flutterwave wallet escrow sol eth usdc usdt".split(
    " ",
  ),
);
/** Payment words that only name a subject: `formatPayment`, `paymentEmail`, `sendNotification`. */
const TALK = new Set(
  "email mail sms message notification notifications event events log logger history list table row card page component schema format validate analytics webhook webhooks response telegram slack discord push error selector summary title text success reply data json file link".split(
    " ",
  ),
);
const BIG = /^(?:Decimal|Big|BigNumber|BN|Dinero|Money|Fraction|currency)$/;
const MAKES_BIG = /(?:^|\.)(?:(?:BigNumber|BN)\.from|toBN|toBigNumber)$/;
const NO_RECORD =
  /^(?:Error|Date|Map|Set|Array|Promise|Response|NextResponse|URL|RegExp|Intl|Number|String)$|(?:Error|Exception|Event|Dto|DTO|Response)$/;

/** What a call does with its arguments. */
export function useOf(call: Call, flow: Flow): Use {
  const name = calledName(call) ?? "";
  const meaning = flow.name(call.callee) ?? "";
  if (call.type === "NewExpression") return constructed(name);
  if (SAME.test(meaning)) return "same";
  if (CUT.test(meaning)) return "cut";
  if (SAME_METHODS.test(name)) return "same";
  if (BIG.test(name) || MAKES_BIG.test(flow.module.text.slice(...call.callee.range))) return "exact";
  if (ANSWERS.test(rootOf(call)) && !isOfDatabase(call)) return "end";
  const words = wordsOf(name);
  if (END.test(words[0] ?? "") || SETTER.test(name) || words.some((word) => TALK.has(word))) return "end";
  if (isQuery(call, flow)) return "write";
  if (words.some((word) => PAYMENT.has(word)) || /^(?:create|place|submit|make|capture)\w*Order$/.test(name))
    return "payment";
  const receiver = receiverOf(call);
  if (receiver && WRITES.test(name)) return "write";
  if (receiver && wordsOf(nameAt(receiver.object) ?? "").some((word) => PAYMENT.has(word) && !TALK.has(word)))
    return "payment";
  return call.arguments.some((argument) => isMoneyPath(argument, flow)) ? "payment" : "unknown";
}

const ANSWERS = /^(?:console|Math|Intl|z|yup|res|response|reply|ctx|toast|cy|t)$/;

/** `ctx.db.payout.create(…)`: a procedure's context holds its database, too. */
function isOfDatabase(call: Call): boolean {
  for (let node = bare(call.callee); node.type === "MemberExpression"; node = bare(node.object)) {
    if (/^(?:db|prisma|orm|models|em|entityManager)$/.test(propertyName(node) ?? "")) return true;
  }
  return false;
}

function constructed(name: string): Use {
  if (/^(?:URLSearchParams|FormData|Number|String|Array|Set|Map)$/.test(name)) return "same";
  if (BIG.test(name)) return "exact";
  if (NO_RECORD.test(name)) return "end";
  return /^[A-Z]/.test(name) ? "write" : "unknown";
}

function rootOf(call: TSESTree.CallExpression): string {
  let node: Node = bare(call.callee);
  for (;;) {
    if (node.type === "MemberExpression") node = bare(node.object);
    else if (node.type === "CallExpression") node = bare(node.callee);
    else return node.type === "Identifier" ? node.name : "";
  }
}

/** `db.query("INSERT INTO payments …", [amount])`. */
function isQuery(call: TSESTree.CallExpression, flow: Flow): boolean {
  const [first] = call.arguments;
  if (
    !first ||
    call.arguments.length < 2 ||
    !/^(?:query|execute|run|raw|exec|none|one|unsafe|\$executeRaw\w*)$/.test(calledName(call) ?? "")
  )
    return false;
  return /^\s*(?:insert|update)\b/i.test(urlOf(first, flow));
}

/** Whether a name is of something that takes a payment: `PaystackButton`, `usePaystackPayment`. */
export function namesPayment(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => PAYMENT.has(word)) && !words.some((word) => TALK.has(word));
}

/** An argument such as "/payouts" tells what a wrapper of an HTTP client asks for. */
function isMoneyPath(argument: Node, flow: Flow): boolean {
  const node = bare(argument);
  if (node.type !== "Literal" && node.type !== "TemplateLiteral") return false;
  return /^[^\s?]*\/[\w-]*(?:invoices?|payouts?|payments?|charges?|refunds?|transfers?|withdrawals?|checkouts?|disbursements?)\b[^\s]*$/i.test(
    urlOf(node, flow),
  );
}
