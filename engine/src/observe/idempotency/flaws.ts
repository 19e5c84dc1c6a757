import type { Flow } from "../../flow/flow.ts";
import type { Trace } from "../../flow/origin.ts";
import { isFunction, type Node, rangeOf } from "../../flow/tree.ts";
import { type MoneyRequest, moneyRequests } from "../money-requests.ts";
import type { Step } from "../observation.ts";
import { isClock, isRandom, keyTraces } from "./origins.ts";
import { repeating } from "./repetition.ts";
import { sharing } from "./sharing.ts";

/**
 * What is wrong with a key. `constant`: the same for every call; `clock`: another one at each moment; `minted`: another
 * one on each try; `shared`: the same for different operations.
 */
export interface Flaw {
  readonly kind: "constant" | "clock" | "minted" | "shared";
  readonly steps: readonly Step[];
}

/** What a key's own making shows to be wrong with it. */
export function flawOf(key: Node, request: MoneyRequest, flow: Flow): Flaw | undefined {
  const traces = keyTraces(key, flow);
  const sent = step(request.call, "the request that it should make repeatable");
  if (isConstant(key, traces, request, flow)) return { kind: "constant", steps: [sent] };
  if (traces.some((trace) => isClock(trace) && !isKept(trace, flow))) return { kind: "clock", steps: [sent] };
  for (const trace of traces.filter(isRandom)) {
    const again = repeating(trace, request.call, flow);
    if (again) return { kind: "minted", steps: [sent, step(again, "what tries it again")] };
  }
  const other = sharing(key, traces, request, flow);
  return other && { kind: "shared", steps: [sent, step(other.node, other.note)] };
}

function step(node: Node, note: string): Step {
  const shown = node.type === "CallExpression" || node.type === "NewExpression" ? node.callee : node;
  return { range: rangeOf(shown), note };
}

/** Written out, or drawn when the process starts, while the call is made more than once. */
function isConstant(key: Node, traces: readonly Trace[], request: MoneyRequest, flow: Flow): boolean {
  // Without a provider a field of the body may be one for reading.
  if (request.provider === undefined && ![...(request.headers?.values.values() ?? [])].flat().includes(key))
    return false;
  if (runsOnce(request.call, flow)) return false;
  if (typeof flow.constant(key) === "string") return true;
  return traces.every((trace) => trace.origin.kind === "literal" || isDrawnAtStart(trace, flow));
}

function isDrawnAtStart(trace: Trace, flow: Flow): boolean {
  if (!isRandom(trace) && !isClock(trace)) return false;
  for (let up = flow.tree.parentOf(trace.origin.node); up; up = flow.tree.parentOf(up)) {
    if (isFunction(up) || up.type === "PropertyDefinition") return false;
  }
  return true;
}

/** Whether a call is part of a script's only run: at its top level, or in functions that only that calls. */
function runsOnce(call: Node, flow: Flow, depth = 0): boolean {
  const fn = flow.tree.functionOf(call);
  if (!fn) return true;
  const { calls, escapes } = flow.calls.sitesOf(fn);
  return !escapes && depth < 5 && calls.every((site) => runsOnce(site, flow, depth + 1));
}

/** A key that is also stored can be sent again as it was. */
function isKept(trace: Trace, flow: Flow): boolean {
  const names = trace.steps
    .filter(({ kind }) => kind === "alias" || kind === "argument")
    .map(({ node }) => flow.scopes.variableOf(node));
  const uses = names
    .flatMap((variable) => variable?.references ?? [])
    .filter((reference) => !reference.isWrite());
  return uses.some(({ identifier }) => isStored(identifier, flow));
}

const STORES = /\.(?:create|save|insert|insertOne|update|upsert|set|add|query|findOrCreate)\w*$/;
const SENDS = /(?:headers?|params|form\w*)\.(?:set|append)$/i;

/** Whether a key is handed to a database. */
function isStored(identifier: Node, flow: Flow): boolean {
  const requests = moneyRequests(flow);
  for (let up = flow.tree.parentOf(identifier); up && !isFunction(up); up = flow.tree.parentOf(up)) {
    if (up.type !== "CallExpression" || requests.some(({ call }) => call === up)) continue;
    const callee = flow.module.text.slice(...up.callee.range);
    if (STORES.test(callee) && !SENDS.test(callee)) return true;
  }
  return false;
}
