import type { Variable } from "@typescript-eslint/scope-manager";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import type { Trace } from "../../flow/origin.ts";
import { PER_ELEMENT } from "../../flow/passing.ts";
import { type FunctionNode, isFunction, isWithin, type Node } from "../../flow/tree.ts";

const LOOP = /^(?:While|DoWhile|For|ForOf|ForIn)Statement$/;
const RETRY = /retr(?:y|ies)|backoff|attempt/i;
/** How many functions that call one another are followed. */
const HOPS = 3;

/**
 * What repeats a request together with the making of its key: a loop around both that sends the same again, a function
 * for retries, a queue that runs a failed job anew. `made` is the place where the key is made.
 */
export function repeating(made: Trace, call: Node, flow: Flow): Node | undefined {
  const names = new Set(made.steps.flatMap(({ node }) => flow.scopes.variableOf(node) ?? []));
  return around(made.origin.node, call, names, flow, 0);
}

function around(
  node: Node,
  call: Node,
  names: ReadonlySet<Variable>,
  flow: Flow,
  hops: number,
): Node | undefined {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (LOOP.test(up.type) && isWithin(call, up)) return sendsOther(call, up, names, flow) ? undefined : up;
    if (isFunction(up)) return aroundFunction(up, call, names, flow, hops);
  }
  return undefined;
}

function aroundFunction(
  fn: FunctionNode,
  call: Node,
  names: ReadonlySet<Variable>,
  flow: Flow,
  hops: number,
): Node | undefined {
  const host = flow.calls.hostOf(fn)?.call;
  if (host) {
    const method = receiverOf(host)?.method;
    if (RETRY.test(textOf(host.callee, flow)) || isQueue(host, flow)) return host;
    // What is done for each element is another thing each time.
    if (method !== undefined && PER_ELEMENT.has(method)) return undefined;
    return around(host, isWithin(call, host) ? host : call, names, flow, hops);
  }
  if (isJob(fn, flow)) return fn;
  if (hops === HOPS) return undefined;
  for (const site of flow.calls.sitesOf(fn).calls) {
    const found = around(site, site, names, flow, hops + 1);
    if (found) return found;
  }
  return undefined;
}

/** `new Worker("payouts", async (job) => …)`, `queue.process(async (job) => …)`: failed jobs are run again. */
function isQueue(host: Extract<Node, { callee: Node }>, flow: Flow): boolean {
  if (host.type === "NewExpression") return flow.name(host.callee) === "bullmq:Worker";
  if (host.type !== "CallExpression") return false;
  const receiver = receiverOf(host);
  return receiver?.method === "process" && /queue|bull/i.test(textOf(receiver.object, flow));
}

/** A method that Nest's queues call: `@Process() pay(job) { … }`. */
function isJob(fn: FunctionNode, flow: Flow): boolean {
  const method = flow.tree.parentOf(fn);
  if (method?.type !== "MethodDefinition") return false;
  return (method.decorators ?? []).some(
    ({ expression }) => expression.type === "CallExpression" && calledName(expression) === "Process",
  );
}

/** Whether a loop sends something else in each round: what is sent comes from a variable that the loop gives values. */
function sendsOther(call: Node, loop: Node, names: ReadonlySet<Variable>, flow: Flow): boolean {
  return identifiersIn(call, flow).some((identifier) => {
    const variable = flow.scopes.variableOf(identifier);
    if (!variable || names.has(variable)) return false;
    return flow.scopes.writesOf(variable).some(({ target }) => isWithin(target, loop));
  });
}

function identifiersIn(outer: Node, flow: Flow): readonly Node[] {
  return flow.tree.all("Identifier").filter((identifier) => isWithin(identifier, outer));
}

function textOf({ range: [start, end] }: Node, flow: Flow): string {
  return flow.module.text.slice(start, end);
}
