import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { type Node, propertyName } from "../../flow/tree.ts";
import { packageOf, providers } from "../../providers/index.ts";
import { type MoneyRequest, moneyRequests } from "../money-requests.ts";
import { idempotencyNames } from "../../providers/index.ts";
import { wordsOf } from "../names.ts";
import { type OutgoingRequest, requestsOf } from "../requests.ts";
import { type Chain, chainOf, packageBehind } from "./effects/chain.ts";
import { databaseWrite } from "./effects/databases.ts";
import { isMessage, sendsMessage } from "./effects/messages.ts";
import { isQueued } from "./effects/queues.ts";
import { effectOfSql } from "./effects/sql.ts";

/** Something that a piece of code does to the world outside the process. */
export interface Effect {
  readonly node: Node;
  readonly kind: "write" | "increment" | "message" | "request" | "money" | "queue";
  /** Done twice, it surely shows twice: a balance raised, a mail sent. */
  readonly repeats: boolean;
  /** Whoever waits for it waits for another system than the database. */
  readonly slow: boolean;
}

const known = new WeakMap<Flow, Map<Node, Effect | undefined>>();

/**
 * The sure effect of a call, tagged template or assignment by itself: by the imports and the shapes of calls of ORMs,
 * databases, senders, HTTP clients, payment SDKs and queues. Undefined for a call that has none or is not known; what
 * a function of this file does is asked of its body.
 */
export function effectOf(node: Node, flow: Flow): Effect | undefined {
  let effects = known.get(flow);
  if (!effects) known.set(flow, (effects = new Map<Node, Effect | undefined>()));
  if (!effects.has(node)) effects.set(node, find(node, flow));
  return effects.get(node);
}

function find(node: Node, flow: Flow): Effect | undefined {
  switch (node.type) {
    case "CallExpression":
      return ofCall(node, flow);
    case "TaggedTemplateExpression":
      return written(node, effectOfSql(node, flow));
    case "AssignmentExpression":
      return isRaisedBalance(node) ? written(node, "increment") : undefined;
    default:
      return undefined;
  }
}

function written(node: Node, kind: "write" | "increment" | undefined): Effect | undefined {
  return kind && { node, kind, repeats: kind === "increment", slow: false };
}

function ofCall(node: TSESTree.CallExpression, flow: Flow): Effect | undefined {
  const money = moneyRequests(flow).find(({ call }) => call === node);
  if (money && money.operation !== "request")
    return { node, kind: "money", repeats: money.protection === "key" && isUnkeyed(money), slow: true };
  const request = requestsOf(flow).find(({ call }) => call === node);
  if (request) return ofRequest(request);
  const chain = chainOf(node, flow);
  if (isMessage(chain, flow)) return { node, kind: "message", repeats: true, slow: true };
  if (isQueued(chain, flow)) return { node, kind: "queue", repeats: false, slow: false };
  // What changes an object of the API is answered as quickly as what reads one.
  if (isProvidersAction(chain, flow)) return { node, kind: "money", repeats: false, slow: false };
  return written(node, databaseWrite(chain, flow));
}

function ofRequest(request: OutgoingRequest): Effect | undefined {
  if (request.method === undefined || /^(?:GET|HEAD|OPTIONS)$/.test(request.method)) return undefined;
  const message = sendsMessage(request);
  return { node: request.call, kind: message ? "message" : "request", repeats: message, slow: true };
}

function isUnkeyed({ headers, options, body, key }: MoneyRequest): boolean {
  const names = idempotencyNames();
  const has = (fields: MoneyRequest["headers"], wanted: ReadonlySet<string>) =>
    fields !== undefined &&
    (fields.open ||
      [...fields.values.keys()].some((name) => wanted.has(name) || wanted.has(name.toLowerCase())));
  return !key && !has(headers, names.headers) && !has(options, names.options) && !has(body, names.fields);
}

const PACKAGES = new Set(providers.flatMap(({ sdks }) => (sdks ?? []).map(({ package: name }) => name)));
const ACTIONS =
  /^(?:create|update|cancel|capture|confirm|del|refund|transfer|fetchAndCapture|finalizeInvoice|voidInvoice|pay|edit|pause|resume)$/;

/** Whether an SDK of a payment provider is asked to change something. */
function isProvidersAction(chain: Chain, flow: Flow): boolean {
  const { last, links, module } = chain;
  const library = ACTIONS.test(last) ? packageBehind(chain, flow) : undefined;
  if (library === undefined || !PACKAGES.has(packageOf(library).name)) return false;
  return library !== module || links.some(({ name }) => name === "new") || links[0]?.name === "";
}

const BALANCES = new Set([
  "balance",
  "credit",
  "credits",
  "wallet",
  "points",
  "coins",
  "tokens",
  "minutes",
  "earnings",
  "quota",
]);

/** `user.balance += amount`, `wallet.credits = wallet.credits + 5`; saved or not, it is meant to be. */
function isRaisedBalance({ left, operator, right }: TSESTree.AssignmentExpression): boolean {
  if (left.type !== "MemberExpression") return false;
  const name = propertyName(left);
  if (name === undefined || !wordsOf(name).some((word) => BALANCES.has(word))) return false;
  if (operator === "+=") return true;
  return (
    operator === "=" &&
    right.type === "BinaryExpression" &&
    right.operator === "+" &&
    right.left.type === "MemberExpression" &&
    propertyName(right.left) === name
  );
}
