import type { Effect } from "../effects.ts";
import { effectOf } from "../effects.ts";
import type { Flow } from "../../../flow/flow.ts";
import { type FunctionNode, type Node, type Range, rangeOf } from "../../../flow/tree.ts";
import type { Fact } from "../../observation.ts";
import type { Handler } from "../handler.ts";
import { isOpened } from "./called.ts";
import { saysNothing, type Guard, guardOfCall, hidesEffects, isConditional, guardOfTest } from "./guards.ts";
import { isCaught } from "./waiting.ts";
import { type Place, shownAt, walk } from "./walk.ts";

/** Whether a repetition would have been noticed before here: not at all, perhaps, surely. */
type Noticed = "bare" | Guard;

interface Seen {
  readonly effect: Effect;
  readonly place: Place;
  readonly noticed: Set<Noticed>;
}

/**
 * Whether an event that comes twice has its effects once. No: a balance raised, a message sent or money moved on paths
 * that neither look the event or the payment up, nor test a state, nor store an id first. Undefined where nothing is
 * done that could be done twice.
 */
export function deduplicated(handler: Handler): Fact | undefined {
  const seen = new Map<Node, Seen>();
  const guards = new Set<FunctionNode>();
  let hasEffects = false;
  let hasGuards = false;
  // The event was given away, before a guard, to what cannot be seen.
  let isGivenAway = false;
  const { atReturn } = walk<Noticed>(handler, {
    start: "bare",
    step(state, node, place) {
      const effect = effectAt(node, place.flow);
      hasEffects ||= effect !== undefined;
      if (effect?.repeats && !isUnharmed(effect, place.flow)) note(seen, effect, place, state);
      const guard = node.type === "CallExpression" ? guardOfCall(node, place.flow) : undefined;
      if (!guard) return state;
      isGivenAway ||= state !== "sure" && node.type === "CallExpression" && hidesEffects(node, place.flow);
      guards.add(place.fn);
      hasGuards = true;
      return state === "sure" ? state : guard;
    },
    assume(state, test, holds, { flow }, about) {
      const guard = state === "sure" ? undefined : guardOfTest(test, holds, about, flow);
      if (!guard) return state;
      hasGuards = true;
      return guard;
    },
    enters: (call) => !saysNothing(call),
  });
  if (!hasEffects) return undefined;
  const bare = [...seen.values()].find(
    ({ noticed, place }) =>
      noticed.size === 1 && noticed.has("bare") && !guards.has(place.fn) && !isWrapped(place),
  );
  if (bare && atReturn) return unguarded(bare, handler);
  const known = [...seen.values()];
  const sure = known.length > 0 && known.every(({ noticed }) => noticed.size === 1 && noticed.has("sure"));
  return {
    answer: sure && hasGuards && !isGivenAway ? "yes" : "unknown",
    range: known[0] ? rangeAt(known[0], handler) : handler.range,
    steps: [],
  };
}

/** Whether a function is given to a call that may run it once for each event: `withLock(event.id, async () => …)`. */
function isWrapped({ fn, from }: Place): boolean {
  const call = from?.call;
  if (call?.type !== "CallExpression") return false;
  const isGiven = call.arguments.some((argument) => argument === fn);
  return (isGiven && guardOfCall(call, from!.place.flow) !== undefined) || isWrapped(from!.place);
}

/** A call that can be opened does what its body does, whatever it is called. */
export function effectAt(node: Node, flow: Flow): Effect | undefined {
  const effect = effectOf(node, flow);
  return effect?.kind === "message" && node.type === "CallExpression" && isOpened(node, flow)
    ? undefined
    : effect;
}

/** What tells of a failure may be told twice; an update that names the state it starts from is done once. */
function isUnharmed({ node }: Effect, flow: Flow): boolean {
  return isCaught(node, flow) || (node.type === "CallExpression" && isConditional(node, flow));
}

function note(seen: Map<Node, Seen>, effect: Effect, place: Place, state: Noticed): void {
  const known = seen.get(effect.node);
  if (known) known.noticed.add(state);
  else seen.set(effect.node, { effect, place, noticed: new Set([state]) });
}

const NOTES: Readonly<Record<Effect["kind"], string>> = {
  increment: "added again with each repetition",
  message: "sent again with each repetition",
  money: "moved again with each repetition",
  write: "written again with each repetition",
  request: "asked for again with each repetition",
  queue: "queued again with each repetition",
};

function unguarded(seen: Seen, handler: Handler): Fact {
  const range = rangeAt(seen, handler);
  return { answer: "no", range, steps: [{ range, note: NOTES[seen.effect.kind] }] };
}

function rangeAt({ effect, place }: Seen, { flow, range }: Handler): Range {
  const shown = shownAt(effect.node, place, flow);
  return shown ? rangeOf(shown) : range;
}
