import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import type { Place } from "../../flow/link.ts";
import type { Meaning } from "../../flow/meaning.ts";
import { bare, type FunctionNode, isFunction, isWithin, type Node, propertyName } from "../../flow/tree.ts";
import { type Bound, fieldsOf, valueOf } from "../objects.ts";
import { CLIENTS } from "./instances.ts";
import { NOTHING, type OutgoingRequest, type Recogniser } from "./request.ts";
import { urlOf } from "./url.ts";

/**
 * A call of the project's own wrapper around one request, with what the call hands to it: `post("/payouts", body)`,
 * `this.request({ path, body })`, in this file or another. `recognise` tells the request inside. A wrapper that the
 * call decides nothing of is none: its request is the same for all.
 */
export function byWrapper(recognise: Recogniser): Recogniser {
  return (call, flow, bound) => {
    if (bound || call.arguments.some(({ type }) => type === "SpreadElement")) return undefined;
    const meaning = flow.resolve(call.callee);
    const place = maySend(meaning, flow) ? flow.place(meaning) : undefined;
    if (!place || !isFunction(place.node)) return undefined;
    const { node: fn, flow: home } = place;
    const [inner, ...others] = requestsIn(fn, home, recognise);
    if (!inner || others.length > 0) return undefined;
    const sent = recognise(inner.call, home, { call, flow, values: argumentsOf(call, fn, flow, home) });
    if (!sent || !isDecided(inner, sent)) return undefined;
    return { ...sent, call, sentBy: home === flow ? inner.call : undefined };
  };
}

/** What a function holds if it sends a request by itself, through whichever client. */
const SENDS =
  /\bmethod\b|\.(?:post|put|patch|delete|request|ajax)\b|\b(?:fetch|axios|got|ky|needle|superagent|request)\w{0,20}\s{0,9}\(/i;

/** Whether what a callee means may send a request, as far as the texts of files tell. */
function maySend(meaning: Meaning, flow: Flow): boolean {
  const text = flow.functionAtGlance(meaning);
  return text !== undefined && !SENDS.test(text) ? false : flow.mayLeadTo(CLIENTS, meaning);
}

/** By flow, since another look at a project may find other files. */
const inside = new WeakMap<Flow, Map<FunctionNode, readonly OutgoingRequest[]>>();

/** The requests that a function sends. */
function requestsIn(fn: FunctionNode, flow: Flow, recognise: Recogniser): readonly OutgoingRequest[] {
  let known = inside.get(flow);
  if (!known) inside.set(flow, (known = new Map<FunctionNode, readonly OutgoingRequest[]>()));
  let requests = known.get(fn);
  if (!requests) known.set(fn, (requests = [...requestsWithin(fn, flow, recognise)]));
  return requests;
}

/** Calls outside of the function are left alone: what they lead to would have to be opened. */
function* requestsWithin(fn: FunctionNode, flow: Flow, recognise: Recogniser): Generator<OutgoingRequest> {
  for (const call of flow.tree.all("CallExpression")) {
    if (!isWithin(call, fn) || ![...functionsAround(call, flow)].includes(fn)) continue;
    const request = recognise(call, flow, undefined);
    if (request && request.method !== "GET") yield request;
  }
}

/** The function that a node stands in and, where that runs in another one, such as a retried one, that too. */
function* functionsAround(node: Node, flow: Flow): Generator<FunctionNode> {
  for (let fn = flow.tree.functionOf(node); fn; fn = flow.tree.functionOf(fn)) {
    yield fn;
    if (!flow.calls.hostOf(fn)) return;
  }
}

/** Whether the call decides what is asked for, what is sent, or which headers go with it. */
function isDecided(inner: OutgoingRequest, sent: OutgoingRequest): boolean {
  if (
    inner.url !== sent.url ||
    inner.body.open !== sent.body.open ||
    inner.headers.open !== sent.headers.open
  )
    return true;
  const keys = ({ headers, body }: OutgoingRequest): string =>
    [headers, body].map(({ values }) => [...values.keys()].join()).join(";");
  return keys(inner) !== keys(sent);
}

/** What each parameter of a function stands for in a call. */
function argumentsOf(
  call: TSESTree.CallExpression,
  fn: FunctionNode,
  flow: Flow,
  home: Flow,
): Bound["values"] {
  const values = new Map<Variable, Place | undefined>();
  const bind = (target: Node, value: Place | undefined): void => {
    const variable = target.type === "Identifier" ? home.scopes.variableOf(target) : undefined;
    // One that is written anew inside no longer is what was handed in.
    if (variable && home.scopes.writesOf(variable).length === 1) values.set(variable, value);
  };
  for (const [index, parameter] of fn.params.entries()) {
    const { target, fallback } = parameterOf(parameter);
    const node = call.arguments[index];
    const argument = node ? { node, flow } : fallback && { node: fallback, flow: home };
    if (target.type === "Identifier") bind(target, argument);
    else if (target.type === "ObjectPattern") bindMembers(target, argument, home, bind);
  }
  return values;
}

function parameterOf(parameter: TSESTree.Parameter): { target: Node; fallback: Node | undefined } {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return inner.type === "AssignmentPattern"
    ? { target: inner.left, fallback: inner.right }
    : { target: inner, fallback: undefined };
}

function bindMembers(
  pattern: TSESTree.ObjectPattern,
  argument: Place | undefined,
  home: Flow,
  bind: (target: Node, value: Place | undefined) => void,
): void {
  const fields = argument ? fieldsOf(argument.node, argument.flow) : NOTHING;
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const { target, fallback } = parameterOf(property.value as TSESTree.Parameter);
    const [given] = fields.members.get(propertyName(property) ?? "") ?? [];
    if (given) bind(target, given.place);
    else if (!fields.open) bind(target, fallback && { node: fallback, flow: home });
  }
}

/** A wrapper that no file shows: `swapPay("/payouts", { destination })`, the path first and the body after it. */
export const byImportedWrapper: Recogniser = (call, flow, bound) => {
  const [path, body] = call.arguments;
  if (!path || !body || bare(call.callee).type !== "Identifier" || isFunction(valueOf(body, flow)))
    return undefined;
  const url = urlOf(path, flow, bound);
  if (!/^\/[\w/{}.-]+$/.test(url)) return undefined;
  const meaning = flow.resolve(call.callee);
  const { root, path: way } = meaning;
  if (root.kind !== "import" || way.length > 1 || !/^[.@~#]/.test(root.module)) return undefined;
  if (flow.place(meaning)) return undefined;
  return {
    call,
    method: "POST",
    // Whatever base the wrapper puts before it, it is no path of our own server.
    url: `{}${url}`,
    headers: { ...NOTHING, open: true },
    body: fieldsOf(body, flow, bound),
    sentBy: undefined,
  };
};
