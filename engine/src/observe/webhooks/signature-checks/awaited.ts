import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, isWithin, type Node, rangeOf } from "../../../flow/tree.ts";
import type { Answer, Fact, Repair, SignatureCheck } from "../../observation.ts";
import { repairAwaiting } from "../../repairs/awaiting.ts";
import { usesOf } from "../checks/uses.ts";

/** How a check tells its outcome. */
export interface Telling {
  /** `end`: it throws, or its promise is rejected. `verdict`: a value says so. `unknown`: one or the other, or both. */
  readonly by: "end" | "verdict" | "unknown";
  readonly promise: boolean;
}

interface Awaited extends Pick<SignatureCheck, "awaited" | "outcome"> {
  readonly repairs?: readonly Repair[];
}

/** Whether the outcome of a check is waited for and looked at. */
export function awaitedOf(check: Node, telling: Telling, flow: Flow): Awaited {
  if (telling.promise) return ofPromise(check, telling, flow);
  return telling.by === "verdict" ? ofVerdict(check, check, flow) : told("yes", check);
}

function ofPromise(check: Node, { by }: Telling, flow: Flow): Awaited {
  const uses = usesOf(check, flow);
  if (uses.has("unknown")) return told("unknown", check);
  if (isTestedIn(flow.tree.functionOf(check), uses.has("returned"), flow))
    return told("no", check, "unawaited", "the list's method is answered a promise, which is always true");
  if (uses.has("awaited")) {
    const waiting = waitingOf(check, flow);
    if (by === "end" || !waiting) return told(by === "end" ? "yes" : "unknown", check);
    return by === "verdict" ? ofVerdict(waiting, check, flow) : told("unknown", check);
  }
  if (uses.has("returned")) return told(uses.has("tested") ? "unknown" : "yes", check);
  // What is received goes on within the promise, or its failure is answered there.
  if (uses.has("dropped") && handlesItself(check, flow)) return told("unknown", check);
  // A verdict that is dropped would be waited for in vain.
  const repairs = by === "verdict" && uses.has("dropped") ? [] : repairAwaiting(check, flow);
  return { ...told("no", check, "unawaited", NOTES[uses.has("tested") ? "tested" : "other"]), repairs };
}

const NOTES = {
  tested: "a promise is always true, whatever becomes of the check",
  other: "what follows runs before the outcome is known",
};

/** A verdict that nobody looks at; one that is logged or stored may be looked at elsewhere. */
function ofVerdict(value: Node, check: Node, flow: Flow): Awaited {
  const uses = usesOf(value, flow);
  if ([...uses].every((use) => use === "dropped"))
    return leadsNowhere(value, check, flow)
      ? told("unknown", check)
      : told("no", check, "ignored", "what follows runs for a wrong signature, too");
  return told(uses.has("tested") || uses.has("returned") ? "yes" : "unknown", check);
}

function told(
  answer: Answer,
  check: Node,
  outcome: SignatureCheck["outcome"] = "looked-at",
  note?: string,
): Awaited {
  const range = rangeOf(check);
  const awaited: Fact = { answer, range, steps: note === undefined ? [] : [{ range, note }] };
  return { awaited, outcome };
}

const TESTS = /^(?:some|every|find|findLast|findIndex|filter)$/;

/** Whether a function answers a list's test with a promise: `secrets.some(async (secret) => …)`. */
function isTestedIn(fn: ReturnType<Flow["tree"]["functionOf"]>, isReturned: boolean, flow: Flow): boolean {
  const host = fn && flow.calls.hostOf(fn);
  if (!host || host.index !== 0 || !(fn.async || isReturned)) return false;
  return host.call.type === "CallExpression" && TESTS.test(calledName(host.call) ?? "");
}

/** The `await` around a call. */
function waitingOf(call: Node, flow: Flow): TSESTree.AwaitExpression | undefined {
  return flow.tree.all("AwaitExpression").find((waiting) => bare(waiting.argument) === call);
}

function handlesItself(check: Node, flow: Flow): boolean {
  if (check.type === "CallExpression" && /receive|handle|process/i.test(calledName(check) ?? "")) return true;
  const up = flow.tree.parentOf(check);
  return up?.type === "MemberExpression" && up.object === check;
}

/**
 * A comparison made only to take its time, before the answer is no in any case: what is compared is the same twice, or
 * nothing but a refusal follows.
 */
function leadsNowhere(value: Node, check: Node, flow: Flow): boolean {
  if (check.type === "CallExpression") {
    const [first, second] = check.arguments.map(({ range }) => flow.module.text.slice(...range));
    if (first !== undefined && first === second) return true;
  }
  const next = nextStatement(value, flow);
  if (next?.type === "ThrowStatement") return true;
  if (next?.type !== "ReturnStatement") return false;
  return next.argument === null || [false, null, undefined].includes(flow.constant(next.argument) as never);
}

function nextStatement(node: Node, flow: Flow): Node | undefined {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (up.type !== "BlockStatement" && up.type !== "Program") continue;
    const at = up.body.findIndex((statement) => isWithin(node, statement));
    return up.body[at + 1];
  }
  return undefined;
}
