import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { nameOf, type Segment } from "../../flow/meaning.ts";
import type { Origin, Trace, TraceStep } from "../../flow/origin.ts";
import type { Node } from "../../flow/tree.ts";
import { packageOf } from "../../providers/index.ts";
import { hintsMoneyRequest } from "../hints.ts";
import { moneyRequests } from "../money-requests.ts";
import { wordsOf } from "../names.ts";
import { fieldsOf, valuesAt } from "../objects.ts";
import { type Sent, sentBy } from "./callers.ts";
import { isChainPackage, namesMakingRecipient, namesRecipient } from "./names.ts";

/** A way on which a value gets to where it is used. */
export interface Way {
  readonly origin: Origin;
  /** From the value back to its origin, as a trace has them. */
  readonly steps: readonly TraceStep[];
}

/** A way that begins at what a caller sends. */
export interface SentWay extends Way {
  readonly sent: Sent;
}

/** Conversions behind one another are followed so far. */
const DEPTH = 4;

/**
 * The ways of a value. Unlike a trace they lead through functions that check or change no more than its form, through
 * the address types of chains, and through the recipient that a provider makes of an account.
 */
export function* waysOf(value: Node, flow: Flow, depth = 0): Generator<Way> {
  for (const { origin, steps } of flow.traces(value)) {
    const carried = depth < DEPTH && origin.kind === "named" ? carriedBy(origin, flow) : [];
    if (carried.length === 0) yield { origin, steps };
    for (const { node, by } of carried) {
      const step: TraceStep = { kind: "call", node: by, name: calledName(by) };
      for (const inner of waysOf(node, flow, depth + 1))
        yield { origin: inner.origin, steps: [...steps, step, ...inner.steps] };
    }
  }
}

/** The ways of a value that begin at what a caller sends, in their order. */
export function* sentWays(value: Node, flow: Flow): Generator<SentWay> {
  for (const way of waysOf(value, flow)) {
    const sent = sentBy(way.origin, flow);
    if (sent) yield { ...way, sent: { field: sent.field ?? nameOnTheWay(way) } };
  }
}

/** The name that a part of the whole is given first: of `const { to } = schema.parse(await request.json())` it is to. */
function nameOnTheWay({ steps, origin }: Trace): string | undefined {
  for (const { kind, node, name } of steps.toReversed()) {
    if (node === origin.node) continue;
    if (kind === "member" && name !== undefined && !HOLDER.test(name)) return name;
    if (kind === "alias" && node.type === "Identifier" && !HOLDER.test(node.name)) return node.name;
  }
  return undefined;
}

/** Whether a name is one for all that was sent: `body`, `parsed`, `input`. */
export function namesWhole(name: string): boolean {
  return HOLDER.test(name);
}

const HOLDER =
  /^(?:\w*(?:body|data|input|payload|parsed|params|query|dto|json|result|values|form)|value|success|\d+)$/i;

interface Carried {
  readonly node: Node;
  readonly by: TSESTree.CallExpression | TSESTree.NewExpression;
}

/** What an origin is made of although the calls on its way stand in other files. */
function carriedBy({ meaning }: Extract<Origin, { kind: "named" }>, flow: Flow): readonly Carried[] {
  for (const [at, segment] of meaning.path.entries()) {
    if (segment.kind === "member" || !segment.node) continue;
    const { node: by } = segment;
    const callee = nameOf({ root: meaning.root, path: meaning.path.slice(0, at) });
    const parts = recipientParts(by, flow) ?? formParts(by, callee, meaning.path.slice(at + 1));
    if (parts && parts.length > 0) return parts.map((node) => ({ node, by }));
  }
  return [];
}

/** The account that a provider makes a recipient of, by its own API or by a helper of the project's. */
function recipientParts(
  by: TSESTree.CallExpression | TSESTree.NewExpression,
  flow: Flow,
): readonly Node[] | undefined {
  if (by.type === "NewExpression") return undefined;
  const request = speaksOfRecipients(flow) && moneyRequests(flow).find(({ call }) => call === by);
  if (request && request.operation === "recipient")
    return request.recipientFields.flatMap((field) => valuesAt(request.body, field, flow));
  if (!namesMakingRecipient(calledName(by))) return undefined;
  return by.arguments.flatMap((argument) => {
    const fields = [...fieldsOf(argument, flow).values].filter(([name]) => namesRecipient(name));
    return fields.length > 0 ? fields.flatMap(([, values]) => values) : [argument];
  });
}

const ADDRESS_TYPE =
  /^(?:PublicKey|publicKey|Address|address|getAddress|toChecksumAddress|fromString|parse|fromPublicKey|toBase58Check|fromBech32|hexToAddress)$/;
const RECIPIENTS = /recipient|beneficiar|fund_?account|payee/i;
const speaking = new WeakMap<Flow, boolean>();

/** Whether a file may make recipients at a provider; otherwise its requests need no look. */
function speaksOfRecipients(flow: Flow): boolean {
  let speaks = speaking.get(flow);
  if (speaks === undefined)
    speaking.set(flow, (speaks = RECIPIENTS.test(flow.module.text) && hintsMoneyRequest(flow.module.text)));
  return speaks;
}

/** Solana's functions that tell whose account for a token it is, by the place of its owner. */
const TOKEN_ACCOUNT: Readonly<Record<string, number>> = {
  getAssociatedTokenAddress: 1,
  getAssociatedTokenAddressSync: 1,
  getOrCreateAssociatedTokenAccount: 3,
};
/** Verbs of functions that answer what they are given in another form. */
const CHANGES = /^(?:sanitize|sanitise|normalize|normalise|format|clean|trim|strip|checksum)$/;
/** Verbs of functions that do so with what is sent, and look a record up for other nouns: `validateUser(id)`. */
const CHECKS = /^(?:parse|validate|coerce|cast)$/;
const SENT =
  /^(?:with|body|input|request|payload|params|query|data|dto|schema|form|json|phone|mobile|msisdn|number|address|string|iban)$/;
const PROOF = /token|jwt|session|cookie|signature|signed|webhook|event/i;

/** What a function of form answers, whoever wrote it: `normalizePhone(phone)`, `new PublicKey(to)`, `parseWith(schema, body)`. */
function formParts(
  by: TSESTree.CallExpression | TSESTree.NewExpression,
  callee: string | undefined,
  rest: readonly Segment[],
): readonly Node[] | undefined {
  const name = calledName(by) ?? "";
  const owner = Object.hasOwn(TOKEN_ACCOUNT, name) ? by.arguments[TOKEN_ACCOUNT[name]!] : undefined;
  if (owner) return [owner];
  const colon = callee?.lastIndexOf(":") ?? -1;
  if (colon > 0 && isChainPackage(packageOf(callee!.slice(0, colon)).name))
    return ADDRESS_TYPE.test(name) ? by.arguments.slice(0, 1) : undefined;
  if (by.type === "NewExpression")
    return /^(?:PublicKey|Address|PhoneNumber)$/.test(name) ? by.arguments.slice(0, 1) : undefined;
  // What it answers a method of is another thing.
  if (PROOF.test(name) || rest.some(({ kind }) => kind !== "member")) return undefined;
  const words = wordsOf(name);
  if (words.some((word) => CHANGES.test(word))) return by.arguments;
  if (words.some((word) => CHECKS.test(word)) && words.some((word) => SENT.test(word))) return by.arguments;
  return /^to(?:ChecksumAddress|E164|Address)$/.test(name) ? by.arguments.slice(0, 1) : undefined;
}
