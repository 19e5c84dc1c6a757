import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { callsOf } from "../../flow/meaning.ts";
import { calledName, receiverOf } from "../../flow/callee.ts";
import { bare, isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { type Fields, fieldsOf } from "../objects.ts";

/** Names of headers that make a request repeatable. */
const KEY = /idempot|request-?id/i;

/** The settings of a client that was made with some: `axios.create({ baseURL, headers })`, `got.extend({ … })`. */
export function settingsOf(call: TSESTree.CallExpression, flow: Flow): Fields | undefined {
  const maker = callsOf(flow.resolve(call.callee)).find((inner) =>
    /^(?:create|extend|defaults)$/.test(calledName(inner) ?? ""),
  );
  return maker?.arguments[0] && fieldsOf(maker.arguments[0], flow);
}

/**
 * Whether code that runs before each request of a client may add the key to it: a hook of its settings, an
 * interceptor in the file, a header set as the client's default.
 */
export function mayAddKey(settings: Fields | undefined, flow: Flow): boolean {
  const hooks = settings?.values.get("hooks") ?? [];
  return hooks.some((hook) => speaksOfKey(hook, flow)) || hasInterceptor(flow);
}

const intercepted = new WeakMap<Flow, boolean>();

function hasInterceptor(flow: Flow): boolean {
  let known = intercepted.get(flow);
  if (known === undefined) intercepted.set(flow, (known = findInterceptor(flow)));
  return known;
}

function findInterceptor(flow: Flow): boolean {
  if (!/\b(?:interceptors|defaults)\b/.test(flow.module.text)) return false;
  const isOne = (call: TSESTree.CallExpression): boolean => {
    const receiver = receiverOf(call);
    if (receiver?.method !== "use" || !/\binterceptors\??\.request$/.test(textAt(receiver.object, flow)))
      return false;
    return call.arguments.some((argument) => speaksOfKey(argument, flow));
  };
  const setsDefault = ({ left }: TSESTree.AssignmentExpression): boolean =>
    left.type === "MemberExpression" &&
    /\.defaults\??\.headers\b/.test(textAt(left, flow)) &&
    KEY.test(propertyName(left) ?? textAt(left.property, flow));
  return (
    flow.tree.all("CallExpression").some(isOne) || flow.tree.all("AssignmentExpression").some(setsDefault)
  );
}

/** Whether a function names the key; one of another file may do anything. */
function speaksOfKey(expression: Node, flow: Flow): boolean {
  const node = bare(expression);
  if (KEY.test(textAt(node, flow))) return true;
  if (node.type === "Identifier" || node.type === "MemberExpression") {
    const fn = flow.calls.functionNamed(node);
    return !fn || KEY.test(textAt(fn, flow));
  }
  return node.type === "CallExpression" && !isFunction(bare(node.callee));
}

function textAt({ range: [start, end] }: Node, flow: Flow): string {
  return flow.module.text.slice(start, end);
}
