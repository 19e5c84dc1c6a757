import type { Flow } from "../../flow/flow.ts";
import type { Trace } from "../../flow/origin.ts";
import type { Node } from "../../flow/tree.ts";
import { wordsOf } from "../names.ts";
import type { Answer } from "../observation.ts";
import { keyTraces } from "./origins.ts";

/** Last words of names for one operation's own number. */
const NUMBER = /^(?:id|ids|uuid|key|reference|ref|number|no|code|hash)$/;
/** Whose number it is where it is nobody's operation: everything that a customer buys has the same. */
const PERSON =
  /^(?:user|customer|client|account|merchant|seller|vendor|member|owner|author|tenant|company|organization|org|team|shop|store)$/;

/**
 * Whether a key without flaws is seen to be made of the number of what is paid. Unknown for one drawn at random, which
 * the caller may keep or not, and for one that only tells whose the operation is.
 */
export function stabilityOf(key: Node, flow: Flow): Answer {
  const parts = keyTraces(key, flow).filter(({ origin }) => origin.kind !== "literal");
  if (parts.length === 0) return "unknown";
  const names = parts.map(nameOf);
  const known = names.every((name) => name !== undefined && NUMBER.test(wordsOf(name).at(-1) ?? ""));
  const ofOperation = names.some(
    (name) => name !== undefined && !wordsOf(name).some((word) => PERSON.test(word)),
  );
  return known && ofOperation ? "yes" : "unknown";
}

/** How a part of a key is called where it comes from: `orderId`, `order.id`. */
function nameOf({ origin }: Trace): string | undefined {
  if (origin.kind !== "named" || origin.name === undefined) return undefined;
  const root = origin.node.type === "Identifier" ? origin.node.name : "";
  return `${root}.${origin.name.replace(/^#\d+/, "")}`.replace(/\(\)/g, "");
}
