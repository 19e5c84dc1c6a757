import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/callee.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { moneyRequests } from "../money-requests.ts";
import { fieldsOf, valueOf, valuesAt } from "../objects.ts";
import { namesMoneyMove, namesMoneyRow, namesRecipient } from "./names.ts";

/** A value that says who receives money. */
export interface RecipientSink {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly value: Node;
  readonly field: string;
  readonly provider: string | undefined;
  /** Whether the place itself names the recipient; otherwise what it was sent as has to. */
  readonly isRecipientField: boolean;
}

/** All places of a file where a recipient is handed over, the surest first. */
export function* recipientSinks(flow: Flow): Generator<RecipientSink> {
  yield* providerSinks(flow);
  for (const call of [...flow.tree.all("CallExpression"), ...flow.tree.all("NewExpression")]) {
    yield* chainSinks(call, flow);
    yield* rowSinks(call, flow);
  }
  for (const call of flow.tree.all("CallExpression")) yield* helperSinks(call, flow);
}

/** The recipient fields of a provider's own requests. */
function* providerSinks(flow: Flow): Generator<RecipientSink> {
  for (const { call, provider, body, recipientFields, operation } of moneyRequests(flow)) {
    const unlisted =
      provider === undefined && /payout|transfer/.test(operation)
        ? [...body.values.keys()].filter(namesRecipient)
        : [];
    for (const field of [...recipientFields, ...unlisted]) {
      for (const value of valuesAt(body, field, flow))
        yield { call, value, field, provider, isRecipientField: true };
    }
  }
}

/** Calls of chain and Lightning libraries, by method and the field or argument that names the receiver. */
const CHAIN: Readonly<Record<string, readonly string[]>> = {
  sendTransaction: ["to"],
  signTransaction: ["to"],
  signAndSendTransaction: ["to"],
  transfer: ["to", "toPubkey", "destination", "recipient"],
  payment: ["destination"],
  createAccount: ["destination"],
  pathPaymentStrictSend: ["destination"],
  payInvoice: ["invoice", "request", "payment_request", "paymentRequest", "bolt11"],
  pay: ["request", "invoice", "bolt11"],
  sendPayment: ["payment_request", "paymentRequest", "invoice", "destination"],
  sendCoins: ["addr", "address"],
};
/** Packages that send money on a chain. */
export const CHAIN_PACKAGE =
  /^(?:ethers|web3|viem|@solana\/|@stellar\/|stellar-sdk|bitcoinjs-lib|tronweb|ln-service|lightning|@ton|xrpl|@mysten|near-api-js|@polkadot)/;

function* chainSinks(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  flow: Flow,
): Generator<RecipientSink> {
  const method = calledName(call);
  const names = method !== undefined && Object.hasOwn(CHAIN, method) ? CHAIN[method]! : undefined;
  if (!names || !usesChain(flow)) return;
  for (const argument of call.arguments) {
    const fields = fieldsOf(argument, flow);
    for (const field of names) {
      for (const value of fields.values.get(field) ?? [])
        yield { call, value, field, provider: undefined, isRecipientField: true };
    }
  }
  const [first] = call.arguments;
  if (first && bare(first).type !== "ObjectExpression")
    yield { call, value: first, field: method!, provider: undefined, isRecipientField: false };
}

const chains = new WeakMap<Flow, boolean>();

function usesChain(flow: Flow): boolean {
  let uses = chains.get(flow);
  if (uses === undefined) {
    const imports = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
    const required = flow.tree.all("CallExpression").flatMap((call) => {
      const [first] = call.arguments;
      return calledName(call) === "require" && first?.type === "Literal" ? [String(first.value)] : [];
    });
    chains.set(flow, (uses = [...imports, ...required].some((name) => CHAIN_PACKAGE.test(name))));
  }
  return uses;
}

/** A row of money to be sent: `prisma.withdrawal.create({ data })`, `Payout.create(…)`, `db("payouts").insert(…)`. */
function* rowSinks(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  flow: Flow,
): Generator<RecipientSink> {
  const method = calledName(call);
  const writes =
    call.type === "NewExpression"
      ? namesMoneyRow(method)
      : /^(?:create|insert|insertOne|insertMany|save|add|upsert)$/.test(method ?? "");
  if (!writes || !(call.type === "NewExpression" || rowNames(call.callee, flow).some(namesMoneyRow))) return;
  for (const argument of call.arguments) {
    const fields = fieldsOf(argument, flow);
    const data = fields.values.get("data") ?? fields.values.get("values");
    const inner = data ? data.map((node) => fieldsOf(node, flow)) : [fields];
    for (const { values } of inner) {
      // A row with a transaction's hash records what was paid elsewhere.
      if ([...values.keys()].some((name) => TRANSACTION_HASH.test(name))) continue;
      for (const [field, found] of values) {
        if (!namesRecipient(field)) continue;
        for (const value of found) yield { call, value, field, provider: undefined, isRecipientField: true };
      }
    }
  }
}

const TRANSACTION_HASH = /^(?:tx|transaction)?_?(?:hash|signature)$|^tx_?id$/i;

/** The names on the way to a method, and the table named in a call on that way. */
function rowNames(callee: Node, flow: Flow): string[] {
  const node = bare(callee);
  if (node.type === "MemberExpression")
    return [...rowNames(node.object, flow), ...rowOwn(propertyName(node))];
  if (node.type === "CallExpression") {
    const table = node.arguments[0] && flow.constant(node.arguments[0]);
    return typeof table === "string" ? [table] : rowNames(node.callee, flow);
  }
  return node.type === "Identifier" ? [node.name] : [];
}

function rowOwn(name: string | undefined): string[] {
  return name === undefined ? [] : [name];
}

/** A function of the project or of a service that sends money, as its name says, given something named a recipient. */
function* helperSinks(call: TSESTree.CallExpression, flow: Flow): Generator<RecipientSink> {
  const method = calledName(call);
  if (!namesMoneyMove(method)) return;
  for (const argument of call.arguments) {
    const value = valueOf(argument, flow);
    if (value.type !== "ObjectExpression") {
      yield {
        call,
        value: argument,
        field: nameOfArgument(argument) ?? method!,
        provider: undefined,
        isRecipientField: false,
      };
      continue;
    }
    // What says by its name that it is the recipient comes before a description that mentions it.
    const fields = [...fieldsOf(value, flow).values].map(([field, found]) => ({
      field,
      found,
      isRecipientField: namesRecipient(field),
    }));
    fields.sort((a, b) => Number(b.isRecipientField) - Number(a.isRecipientField));
    for (const { field, found, isRecipientField } of fields) {
      for (const inner of found) yield { call, value: inner, field, provider: undefined, isRecipientField };
    }
  }
}

function nameOfArgument(node: Node): string | undefined {
  const value = bare(node);
  if (value.type === "Identifier") return value.name;
  return value.type === "MemberExpression" ? propertyName(value) : undefined;
}
