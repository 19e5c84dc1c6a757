import { calledName } from "../../../flow/callee.ts";
import { type Node, rangeOf } from "../../../flow/tree.ts";
import type { Fact } from "../../observation.ts";
import type { Handler } from "../handler.ts";
import { replyOf } from "../replies.ts";
import { type SlowWork, slowWorkOf } from "./slow-work.ts";
import { isCaught, isAwaited } from "./waiting.ts";
import { entryOf, shownAt, walk } from "./walk.ts";

interface Slow {
  /** In the handler's own body. */
  readonly node: Node;
  readonly work: SlowWork;
  /** In the handler's file. */
  readonly inner: Node;
}

/** "open": nothing slow was waited for yet; "answered": whatever follows, the sender waits no longer. */
type State = "open" | "answered" | Slow;

/** Calls that run what they are given later, when the answer is under way. */
const LATER =
  /^(?:after|unstable_after|waitUntil|setImmediate|setTimeout|setInterval|queueMicrotask|nextTick|defer|on|once|process|add|enqueue|runInBackground|background)$/;

/** Frameworks that answer with a success when a handler just comes to its end. */
const ANSWER_AT_END: ReadonlySet<Handler["framework"]> = new Set(["nestjs"]);

/**
 * Whether the answer is under way before slow work is waited for. No: mail, chat, another system's answer, an AI, a
 * pause or a movement of money awaited on a way to a success. The database alone is not slow. Undefined where there is
 * no slow work.
 */
export function acknowledged(handler: Handler): Fact | undefined {
  const slow = new Map<Node, Slow>();
  const late: Slow[] = [];
  let waits = false;
  const { atReturn, places } = walk<State>(handler, {
    start: "open",
    step(state, node, place) {
      if (typeof state === "string" && (node.type === "CallExpression" || node.type === "NewExpression")) {
        const work = isCaught(node, place.flow) ? undefined : slowWorkOf(node, place.flow);
        waits ||= work !== undefined;
        const shown = work && shownAt(node, place, handler.flow);
        if (work && shown && state === "open" && isAwaited(node, place.flow)) {
          const known = slow.get(node) ?? { node: entryOf(place) ?? shown, work, inner: shown };
          slow.set(node, known);
          return known;
        }
      }
      const reply = state === "answered" ? undefined : replyOf(node, place.flow);
      if (reply?.status === undefined) return state;
      if (reply.status < 400 && typeof state === "object") late.push(state);
      return "answered";
    },
    enters(call, called, { flow }) {
      if (call.type === "NewExpression") return false;
      const isNamedLater = LATER.test(calledName(call) ?? "");
      if (called.callback && isNamedLater) return false;
      return isAwaited(call, flow) || !called.fn.async;
    },
  });
  if (ANSWER_AT_END.has(handler.framework))
    for (const state of atReturn ?? []) if (typeof state === "object") late.push(state);
  const [first] = late.toSorted((a, b) => a.node.range[0] - b.node.range[0]);
  if (first && atReturn)
    return {
      answer: "no",
      range: rangeOf(first.node),
      steps: [{ range: rangeOf(first.inner), note: `${first.work} is waited for before the answer` }],
    };
  if (!waits) return undefined;
  const hides = atReturn === undefined || places.length === 0;
  return { answer: hides || slow.size > 0 ? "unknown" : "yes", range: handler.range, steps: [] };
}
