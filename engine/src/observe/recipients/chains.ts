import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { packageOf } from "../../providers/index.ts";
import { fieldsOf, valueOf } from "../objects.ts";
import { isChainPackage, namesRecipient } from "./names.ts";
import type { RecipientCall, RecipientSink } from "./sinks.ts";
import { sentWays } from "./ways.ts";

/** Methods of chain and Lightning libraries that send, and the fields of their parameters that name the receiver. */
const BY_FIELD: Readonly<Record<string, readonly string[]>> = {
  sendTransaction: ["to"],
  signTransaction: ["to"],
  signAndSendTransaction: ["to"],
  populateTransaction: ["to"],
  transfer: ["to", "toPubkey", "destination", "recipient"],
  internal: ["to"],
  payment: ["destination"],
  createAccount: ["destination"],
  pathPaymentStrictSend: ["destination"],
  pathPaymentStrictReceive: ["destination"],
  payInvoice: ["invoice", "request", "payment_request", "paymentRequest", "bolt11"],
  pay: ["request", "invoice", "bolt11"],
  payViaPaymentRequest: ["request"],
  sendPayment: ["payment_request", "paymentRequest", "invoice", "destination"],
  sendPaymentSync: ["payment_request", "paymentRequest"],
  sendPaymentV2: ["payment_request", "paymentRequest"],
  sendCoins: ["addr", "address"],
  sendToChainAddress: ["address"],
  addOutput: ["address"],
  submitAndWait: ["Destination"],
  submit: ["Destination"],
  autofill: ["Destination"],
  makePaymentTxnWithSuggestedParamsFromObject: ["to", "receiver"],
};

/** Functions that send and take the receiver by its place. */
const BY_PLACE: Readonly<Record<string, number>> = {
  "@solana/spl-token:transfer": 3,
  "@solana/spl-token:transferChecked": 4,
  "@solana/spl-token:createTransferInstruction": 1,
  "@solana/spl-token:createTransferCheckedInstruction": 2,
};
const METHOD_BY_PLACE: Readonly<Record<string, number>> = {
  sendToAddress: 0,
  sendTrx: 0,
  sendMoney: 0,
  sendTokens: 1,
  transferKeepAlive: 0,
  transferAllowDeath: 0,
  transferObjects: 1,
};
/** Methods of token contracts, by which argument names the receiver. */
const OF_TOKEN: Readonly<Record<string, number>> = { transfer: 0, transferFrom: 1, safeTransferFrom: 1 };

function own<Value>(table: Readonly<Record<string, Value>>, name: string | undefined): Value | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The receivers of money that a call of a chain's library sends. */
export function* chainSinks(call: RecipientCall, flow: Flow): Generator<RecipientSink> {
  const method = calledName(call);
  if (method === undefined || !usesChain(flow)) return;
  const sink = (value: Node, field: string, isRecipientField = true): RecipientSink => ({
    call,
    value,
    field,
    provider: undefined,
    isRecipientField,
    isByName: false,
  });
  const place = placeOf(call, method, flow);
  const placed = place === undefined ? undefined : call.arguments[place];
  if (placed) yield sink(placed, nameOf(placed) ?? method);
  const names = own(BY_FIELD, method);
  if (!names || placed) return;
  for (const argument of call.arguments) {
    const { values } = fieldsOf(argument, flow);
    for (const field of names) for (const value of values.get(field) ?? []) yield sink(value, field);
  }
  const [first] = call.arguments;
  if (first && valueOf(first, flow).type !== "ObjectExpression")
    yield sink(first, nameOf(first) ?? method, false);
}

/** Whether who pays is whoever asks, and has to sign it: the server holds no key that could. */
export function isCallersOwn(call: RecipientCall, flow: Flow): boolean {
  const { text } = flow.module;
  if (!text.includes("fromPubkey") || /keypair|secret_?key|private_?key/i.test(text)) return false;
  return call.arguments
    .flatMap((argument) => fieldsOf(argument, flow).values.get("fromPubkey") ?? [])
    .some((payer) => !sentWays(payer, flow).next().done);
}

function placeOf(call: RecipientCall, method: string, flow: Flow): number | undefined {
  const bySelf = own(BY_PLACE, flow.name(call.callee)) ?? own(METHOD_BY_PLACE, method);
  if (bySelf !== undefined) return bySelf;
  const place = own(OF_TOKEN, method);
  const receiver = place === undefined ? undefined : receiverOf(call)?.object;
  return receiver && call.arguments.length > place! + 1 && isToken(receiver, flow) ? place : undefined;
}

/** A token's contract: `new ethers.Contract(…)`, `contract.methods`, or an object that is called so. */
function isToken(receiver: Node, flow: Flow): boolean {
  if (/Contract\.new\(\)|:getContract\(\)|\.methods$/.test(flow.name(receiver) ?? "")) return true;
  const name = nameOf(receiver);
  return name !== undefined && /contract|token|usd[tc]|erc20|trc20|methods|balances/i.test(name);
}

const chains = new WeakMap<Flow, boolean>();

/** Whether a file uses a chain's library at all. */
function usesChain(flow: Flow): boolean {
  let uses = chains.get(flow);
  if (uses === undefined) {
    const imports = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
    const required = flow.tree.all("CallExpression").flatMap((call) => {
      const [first] = call.arguments;
      return calledName(call) === "require" && first?.type === "Literal" ? [String(first.value)] : [];
    });
    uses = [...imports, ...required].some((name) => isChainPackage(packageOf(name).name));
    chains.set(flow, uses);
  }
  return uses;
}

/** The last name of an expression. */
export function nameOf(node: Node): string | undefined {
  const value = bare(node);
  if (value.type === "Identifier") return value.name;
  return value.type === "MemberExpression" ? propertyName(value) : undefined;
}

/** The name of an expression, where it speaks of a recipient. */
export function recipientNameOf(node: Node): string | undefined {
  const name = nameOf(node);
  return namesRecipient(name) ? name : undefined;
}
