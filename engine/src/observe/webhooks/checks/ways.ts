import type { Node } from "../../../flow/tree.ts";
import type { Effect } from "../effects.ts";
import { type Outcome, outcome, textOf, type Trust } from "./states.ts";

/** What is known of the sender at a place, on one way to it; the parts of a state that callers see. */
export interface Way {
  readonly trust: Trust;
  readonly skip: Node | undefined;
  readonly denied: boolean;
}

/** One way in which a function ends. */
export interface Exit extends Way {
  readonly outcome: Outcome;
}

/** An effect, with what was known of the sender on each way to it. */
export interface Act {
  readonly effect: Effect;
  /** Where it shows in the function at hand: the effect, or the call that leads to it in another file. */
  readonly node: Node;
  readonly ways: readonly Way[];
  /** It is looked at later who sent the event, or nothing but errors is answered. */
  readonly settled: boolean;
}

/** What a function does for who calls it, entered with nothing known of the sender. */
export interface Behaviour {
  readonly exits: readonly Exit[];
  readonly acts: readonly Act[];
  /** What was known where the function hands on by next(); undefined where it never does. */
  readonly passes: readonly Way[] | undefined;
  /** What it answers is a promise. */
  readonly promise: boolean;
  /** Calls of functions that are named verifiers and look at nothing. */
  readonly stubs: readonly Node[];
  /** Tests of whether something that a check needs is there. */
  readonly presence: readonly Node[];
}

/** What a function does that cannot be followed: perhaps it checks. */
export const UNKNOWN: Behaviour = {
  exits: [{ trust: "maybe", skip: undefined, denied: false, outcome: outcome(undefined) }],
  acts: [],
  passes: [{ trust: "maybe", skip: undefined, denied: false }],
  promise: false,
  stubs: [],
  presence: [],
};

/** Whether some way through a function shows who sent the request. */
export function checks({ exits, acts, passes }: Behaviour): boolean {
  const ways = [...exits, ...acts.flatMap((act) => act.ways), ...(passes ?? [])];
  return ways.some(({ trust }) => trust === "checked");
}

/** A function that never checks, without what its tests of other things would mean beside a check. */
export function withoutTests({ exits, acts, ...rest }: Behaviour): Behaviour {
  const plain = <Of extends Way>(way: Of): Of => ({
    ...way,
    trust: way.trust === "refused" ? "open" : way.trust,
    skip: undefined,
  });
  const ends = new Map(
    exits.map(plain).map((exit) => [`${exit.trust}${exit.denied}${textOf(exit.outcome)}`, exit]),
  );
  return {
    ...rest,
    exits: [...ends.values()],
    acts: acts.map((act) => ({ ...act, ways: act.ways.map(plain) })),
  };
}
