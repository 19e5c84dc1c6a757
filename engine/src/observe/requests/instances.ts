import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Place } from "../../flow/link.ts";
import { asInstance, callsOf, nameOf } from "../../flow/meaning.ts";
import { bare, isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { type Fields, fieldsOf } from "../objects.ts";

/** Names of headers that make a request repeatable. */
const KEY = /idempot|request-?id/i;

/** What stands in a file that sends a request by itself, or in one that it has its client from. */
export const CLIENTS =
  /\bfetch\b|\baxios\b|\bHttpService\b|\bjQuery\b|\$\.(?:ajax|post)\b|["'](?:got|ky|needle|superagent|undici|ofetch|jquery|request|request-promise|(?:node:)?https?)(?:["'/-])/;

/** The settings of a client that was made with some: `axios.create({ baseURL, headers })`, `got.extend({ … })`. */
export interface Instance {
  readonly settings: Fields;
  /** The flow of the file that makes it. */
  readonly flow: Flow;
  readonly isElsewhere: boolean;
}

const known = new WeakMap<Flow, Map<Node, string>>();

/** What a callee is called: a parameter by the class that it is annotated with, an import by what it leads to. */
export function calleeOf(call: TSESTree.CallExpression, flow: Flow): string {
  let names = known.get(flow);
  if (!names) known.set(flow, (names = new Map<Node, string>()));
  let name = names.get(call);
  if (name === undefined) names.set(call, (name = findName(call, flow)));
  return name;
}

/** What clients call their methods; a client of another file keeps them. */
const SENDS = /^(?:\$?fetch|get|post|put|patch|delete|request|axiosRef|ajax)$/;

function findName(call: TSESTree.CallExpression, flow: Flow): string {
  const meaning = asInstance(flow.resolve(call.callee));
  const name = nameOf(meaning) ?? "";
  if (!/^(?:[.@~#/]|this\b)/.test(name)) return name;
  const receiver = receiverOf(call);
  if (receiver && receiver.object.type !== "ThisExpression" && !SENDS.test(receiver.method)) return name;
  if (flow.functionAtGlance(meaning) !== undefined || !flow.mayLeadTo(CLIENTS, meaning)) return name;
  return flow.nameBeyond(meaning) ?? name;
}

export function instanceOf(call: TSESTree.CallExpression, flow: Flow): Instance | undefined {
  const place = makerOf(call, flow);
  const argument = place && (place.node as TSESTree.CallExpression).arguments[0];
  return (
    argument && {
      settings: fieldsOf(argument, place.flow),
      flow: place.flow,
      isElsewhere: place.flow !== flow,
    }
  );
}

function makerOf(call: TSESTree.CallExpression, flow: Flow): Place | undefined {
  const local = callsOf(flow.resolve(call.callee)).find(makes);
  if (local) return { node: local, flow };
  const client = receiverOf(call)?.object ?? call.callee;
  const place = flow.elsewhere(flow.resolve(client));
  return place?.node.type === "CallExpression" && makes(place.node) ? place : undefined;
}

function makes(call: TSESTree.CallExpression): boolean {
  return /^(?:create|extend|defaults)$/.test(calledName(call) ?? "");
}

/**
 * Whether code that runs before each request of a client may add the key to it: a hook of its settings, an
 * interceptor in the file, a header set as the client's default.
 */
export function mayAddKey(instance: Instance | undefined, flow: Flow): boolean {
  const hooks = (instance?.settings.members.get("hooks") ?? []).map(({ place }) => place);
  return (
    hooks.some(({ node, flow }) => speaksOfKey(node, flow)) ||
    hasInterceptor(flow) ||
    (instance !== undefined && hasInterceptor(instance.flow))
  );
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

/** Whether a function names the key; one that no file shows may do anything. */
function speaksOfKey(expression: Node, flow: Flow): boolean {
  const node = bare(expression);
  if (KEY.test(textAt(node, flow))) return true;
  if (node.type === "CallExpression") return !isFunction(bare(node.callee));
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return false;
  const place = flow.place(flow.resolve(node));
  return !place || KEY.test(textAt(place.node, place.flow));
}

function textAt({ range: [start, end] }: Node, flow: Flow): string {
  return flow.module.text.slice(start, end);
}
