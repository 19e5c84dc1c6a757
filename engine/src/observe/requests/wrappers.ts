import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { type Bound, fieldsOf, valueOf } from "../objects.ts";
import type { OutgoingRequest, Recogniser } from "./request.ts";
import { urlOf } from "./url.ts";

/**
 * A call of the project's own wrapper around one request, with what the call hands to it: `post("/payouts", body)`,
 * `this.request({ path, body })`. `recognise` tells the request inside. A wrapper that the call decides nothing of is
 * none: its request is the same for all.
 */
export function byWrapper(recognise: Recogniser): Recogniser {
  return (call, flow, bound) => {
    const fn = bound.size === 0 ? flow.calls.functionNamed(call.callee) : undefined;
    if (!fn || call.arguments.some(({ type }) => type === "SpreadElement")) return undefined;
    const [inner, ...others] = requestsIn(fn, flow, recognise);
    if (!inner || others.length > 0) return undefined;
    const binding = bindingOf(fn, call, flow);
    const sent = recognise(inner.call, flow, binding);
    if (!sent || !isDecided(inner, sent)) return undefined;
    return { ...sent, call, inner };
  };
}

const inside = new WeakMap<FunctionNode, readonly OutgoingRequest[]>();

function requestsIn(fn: FunctionNode, flow: Flow, recognise: Recogniser): readonly OutgoingRequest[] {
  let requests = inside.get(fn);
  if (!requests) {
    requests = flow.tree
      .all("CallExpression")
      .filter((call) => isInside(call, fn, flow))
      .flatMap((call) => recognise(call, flow, new Map()) ?? [])
      .filter(({ method }) => method !== "GET");
    inside.set(fn, requests);
  }
  return requests;
}

/** Also in a function that runs there, such as a retried one. */
function isInside(node: Node, fn: FunctionNode, flow: Flow): boolean {
  let home = flow.tree.functionOf(node);
  while (home && home !== fn && flow.calls.hostOf(home)) home = flow.tree.functionOf(home);
  return home === fn;
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
function bindingOf(fn: FunctionNode, call: TSESTree.CallExpression, flow: Flow): Bound {
  const bound = new Map<Variable, Node | undefined>();
  for (const [index, parameter] of fn.params.entries()) {
    const { target, fallback } = parameterOf(parameter);
    const argument = call.arguments[index] ?? fallback;
    if (target.type === "Identifier") bind(target, argument, bound, flow);
    else if (target.type === "ObjectPattern") bindMembers(target, argument, bound, flow);
  }
  return bound;
}

function parameterOf(parameter: TSESTree.Parameter): { target: Node; fallback: Node | undefined } {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return inner.type === "AssignmentPattern"
    ? { target: inner.left, fallback: inner.right }
    : { target: inner, fallback: undefined };
}

function bindMembers(
  pattern: TSESTree.ObjectPattern,
  argument: Node | undefined,
  bound: Map<Variable, Node | undefined>,
  flow: Flow,
): void {
  const fields = fieldsOf(argument, flow);
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const { target, fallback } = parameterOf(property.value as TSESTree.Parameter);
    const given = fields.values.get(propertyName(property) ?? "")?.[0];
    if (target.type === "Identifier" && (given || !fields.open)) bind(target, given ?? fallback, bound, flow);
  }
}

function bind(
  target: Node,
  value: Node | undefined,
  bound: Map<Variable, Node | undefined>,
  flow: Flow,
): void {
  const variable = flow.scopes.variableOf(target);
  // One that is written anew inside no longer is what was handed in.
  if (variable && flow.scopes.writesOf(variable).length === 1) bound.set(variable, value);
}

/** A wrapper of another file: `swapPay("/payouts", { destination })`, the path first and the body after it. */
export const byImportedWrapper: Recogniser = (call, flow, bound) => {
  const [path, body] = call.arguments;
  if (!path || !body || bare(call.callee).type !== "Identifier" || isFunction(valueOf(body, flow)))
    return undefined;
  const url = urlOf(path, flow, bound);
  if (!/^\/[\w/{}.-]+$/.test(url)) return undefined;
  const { root, path: way } = flow.resolve(call.callee);
  if (root.kind !== "import" || way.length > 1 || !/^[.@~#]/.test(root.module)) return undefined;
  return {
    call,
    method: "POST",
    // Whatever base the wrapper puts before it, it is no path of our own server.
    url: `{}${url}`,
    headers: { values: new Map(), open: true },
    body: fieldsOf(body, flow, bound),
    bodyNode: body,
    inner: undefined,
  };
};
