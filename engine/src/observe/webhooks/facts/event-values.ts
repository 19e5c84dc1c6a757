import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { callsOf, type Meaning, nameOf } from "../../../flow/meaning.ts";
import type { Origin, TraceOptions } from "../../../flow/origin.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import { verifierByCallee } from "../../../providers/index.ts";
import { sourceOf } from "../../sources.ts";

/** What a value in a handler is made of. */
export interface Made {
  /** It is the event, or a part of it, as the sender or a verifier gave it. */
  readonly event: boolean;
  /** The calls that answered it otherwise: look-ups, helpers of other files. */
  readonly answered: readonly Meaning[];
  /** Some of its origins are not known. */
  readonly unknown: boolean;
}

const EVENTS = /construct|verif|unwrap|parse|webhook|event|payload|body|decode|notification$/i;

const options = new WeakMap<Flow, TraceOptions>();

/** Stops where something is waited for that this file does not hold: what is answered there is an origin by itself. */
function untilAwaited(flow: Flow): TraceOptions {
  let known = options.get(flow);
  if (!known) {
    known = {
      stop: (node) => {
        if (node.type !== "AwaitExpression") return false;
        const awaited = bare(node.argument);
        return awaited.type !== "CallExpression" || flow.calls.functionNamed(awaited.callee) === undefined;
      },
    };
    options.set(flow, known);
  }
  return known;
}

/** What a value is made of, as far as its file shows. */
export function madeOf(node: Node, flow: Flow): Made {
  const origins = flow.traces(node, untilAwaited(flow)).map(({ origin }) => origin);
  const answered = origins.flatMap((origin) =>
    origin.kind === "named" && !isEvent(origin, flow) && callsOf(origin.meaning).length > 0
      ? [origin.meaning]
      : [],
  );
  return {
    event: origins.some((origin) => isEvent(origin, flow)),
    answered,
    unknown: origins.some(({ kind }) => kind === "unknown"),
  };
}

/** Whether an origin is what was sent to the handler: a part of the request, a helper's parameter, a verified event. */
function isEvent(origin: Origin, flow: Flow): boolean {
  if (origin.kind !== "named") return false;
  const source = sourceOf(origin, flow);
  if (source.kind === "request" || source.kind === "parameter") return true;
  if (verifierByCallee(nameOf(origin.meaning) ?? "")) return true;
  const last = callsOf(origin.meaning).at(-1);
  return last !== undefined && EVENTS.test(calledName(last) ?? "");
}
