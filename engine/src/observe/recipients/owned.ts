import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { callsOf } from "../../flow/meaning.ts";
import type { Node } from "../../flow/tree.ts";
import { sourceOf } from "../sources.ts";
import { sentBy } from "./callers.ts";
import { namesOwner } from "./checks.ts";
import type { Way } from "./ways.ts";

/**
 * Whether the server chose a value: written down, configured, or stored and looked up without the caller, or by its
 * owner. What a helper is given, and what a call answers that was handed something of a caller, may be anybody's.
 */
export function isOwn({ origin }: Way, flow: Flow): boolean {
  const { kind } = sourceOf(origin, flow);
  if (kind === "environment" || kind === "literal") return true;
  if (kind !== "other" || origin.kind !== "named") return false;
  const calls = callsOf(origin.meaning);
  const text = calls.map(({ range: [start, end] }) => flow.module.text.slice(start, end)).join("\n");
  const isLookUp = calls.some((call) => LOOKS_UP.test(calledName(call) ?? ""));
  if (isLookUp && namesOwner(text)) return true;
  return calls.every((call) => call.arguments.every((argument) => !isFromOutside(argument, flow)));
}

const LOOKS_UP = /^(?:find|get|select|query|where|lookup|fetch|load|read|first|single|maybeSingle|eq)/i;

function isFromOutside(node: Node, flow: Flow): boolean {
  return flow.traces(node).some(({ origin }) => {
    if (sentBy(origin, flow)) return true;
    const { kind } = sourceOf(origin, flow);
    return kind === "request" || kind === "parameter" || kind === "unknown";
  });
}
