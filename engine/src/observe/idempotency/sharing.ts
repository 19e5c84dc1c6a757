import type { Variable } from "@typescript-eslint/scope-manager";
import { receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { runAutomaton } from "../../flow/order.ts";
import type { Trace } from "../../flow/origin.ts";
import { PER_ELEMENT } from "../../flow/passing.ts";
import { bare, isFunction, isWithin, type Node } from "../../flow/tree.ts";
import { type MoneyRequest, moneyRequests } from "../money-requests.ts";
import { keysOf } from "./keys.ts";

interface Sharer {
  readonly node: Node;
  readonly note: string;
}

/** What makes a key one of several operations: an earlier request with the same, or a loop in which it stays the same. */
export function sharing(
  key: Node,
  traces: readonly Trace[],
  request: MoneyRequest,
  flow: Flow,
): Sharer | undefined {
  const earlier = earlierWith(key, request, flow);
  if (earlier) return { node: earlier.call, note: "the other request with the same key" };
  const each = loopAround(request.call, flow);
  if (!each || !differs(request, key, each, flow) || varies(key, traces, each, flow)) return undefined;
  return { node: each, note: "each of these has the same key" };
}

/** A request for something else that is sent before in the same run of the function, with the same key. */
function earlierWith(key: Node, request: MoneyRequest, flow: Flow): MoneyRequest | undefined {
  const home = flow.tree.functionOf(request.call);
  return moneyRequests(flow).find(
    (other) =>
      other.provider !== undefined &&
      other.provider === request.provider &&
      other.protection === "key" &&
      other.operation !== request.operation &&
      other.operation !== "request" &&
      flow.tree.functionOf(other.call) === home &&
      keysOf(other, flow).values.some((value) => isSame(value, key, flow)) &&
      follows(request.call, other.call, flow),
  );
}

function isSame(one: Node, other: Node, flow: Flow): boolean {
  const [a, b] = [bare(one), bare(other)];
  if (a.type === "Identifier" && b.type === "Identifier") {
    const variable = flow.scopes.variableOf(a);
    return variable !== undefined && variable === flow.scopes.variableOf(b) && isWrittenOnce(variable, flow);
  }
  const text = ({ range: [start, end] }: Node): string => flow.module.text.slice(start, end);
  return (a.type === "TemplateLiteral" || a.type === "MemberExpression") && text(a) === text(b);
}

function isWrittenOnce(variable: Variable, flow: Flow): boolean {
  return flow.scopes.writesOf(variable).length === 1;
}

/** Whether one call may run after another. */
function follows(later: Node, earlier: Node, flow: Flow): boolean {
  const graph = flow.graphOf(flow.tree.functionOf(later) ?? flow.module.program);
  const order = runAutomaton<"before" | "after">(graph, {
    start: "before",
    step: (state, node) => (node === earlier ? "after" : state),
  });
  return order.before(later)?.has("after") ?? false;
}

/** The loop over elements in which a call stands, in its own function or as the callback of a method. */
function loopAround(call: Node, flow: Flow): Node | undefined {
  for (let up = flow.tree.parentOf(call); up; up = flow.tree.parentOf(up)) {
    if (up.type === "ForOfStatement" || up.type === "ForInStatement") return up;
    if (!isFunction(up)) continue;
    const host = flow.calls.hostOf(up)?.call;
    const method = host && receiverOf(host)?.method;
    return method !== undefined && PER_ELEMENT.has(method) ? host : undefined;
  }
  return undefined;
}

/** Whether a request sends other things in each round, the key itself left out. */
function differs({ call }: MoneyRequest, key: Node, loop: Node, flow: Flow): boolean {
  return call.arguments.some((argument) =>
    identifiersIn(argument, flow).some((node) => !isWithin(node, key) && isOfRound(node, loop, flow)),
  );
}

/** Whether a key is another one in each round. */
function varies(key: Node, traces: readonly Trace[], loop: Node, flow: Flow): boolean {
  const way = traces.flatMap(({ origin, steps }) => [origin.node, ...steps.map(({ node }) => node)]);
  // What is called in the loop may answer something else each time.
  const isFresh = ({ origin: { kind, node } }: Trace): boolean =>
    kind === "unknown" ||
    kind === "made" ||
    (isWithin(node, loop) && (node.type === "CallExpression" || node.type === "NewExpression"));
  return (
    traces.some(isFresh) ||
    [key, ...way].some((node) => identifiersIn(node, flow).some((each) => isOfRound(each, loop, flow)))
  );
}

function isOfRound(identifier: Node, loop: Node, flow: Flow): boolean {
  const variable = flow.scopes.variableOf(identifier);
  return (
    variable !== undefined && flow.scopes.writesOf(variable).some(({ target }) => isWithin(target, loop))
  );
}

function identifiersIn(outer: Node, flow: Flow): readonly Node[] {
  return flow.tree.all("Identifier").filter((identifier) => isWithin(identifier, outer));
}
