import type { TraceStep } from "../../flow/origin.ts";
import { type Node, rangeOf } from "../../flow/tree.ts";
import type { Step } from "../observation.ts";
import { namesMakingRecipient } from "./names.ts";
import type { RecipientSink } from "./sinks.ts";
import type { SentWay } from "./ways.ts";

/** The way of a recipient as a reader follows it: from where it is read to where the money is sent. */
export function stepsOf(way: SentWay, sink: RecipientSink): readonly Step[] {
  const steps: Step[] = [{ range: rangeOf(way.origin.node), note: "the request decides it here" }];
  const seen = new Set<Node>([way.origin.node, sink.value]);
  for (const step of way.steps.toReversed()) {
    const note = noteOf(step);
    if (note === undefined || seen.has(step.node)) continue;
    seen.add(step.node);
    steps.push({ range: rangeOf(shown(step)), note });
  }
  steps.push({ range: rangeOf(sink.call.callee), note: "the money is sent here" });
  return steps;
}

const CHECKS_FORM = /parse|valid|check|verify|sanitiz|normaliz|format/i;

/** What happens to a value in a step, where a reader has to be told. */
function noteOf({ kind, name }: TraceStep): string | undefined {
  if (kind === "argument") return "it is handed on here";
  if (kind !== "call" || name === undefined) return undefined;
  if (namesMakingRecipient(name)) return "it is made a recipient here, whoever owns it";
  return CHECKS_FORM.test(name) ? "only its form is checked here" : undefined;
}

/** A call is shown by its callee; its arguments may run over lines. */
function shown({ node }: TraceStep): Node {
  return node.type === "CallExpression" || node.type === "NewExpression" ? node.callee : node;
}
