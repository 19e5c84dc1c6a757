import type { Answer, ListedItem } from "@paylint/engine";
import type { Place } from "../project/results.ts";
import type { SignOff } from "./go-live.ts";

/**
 * - proved: the code shows it everywhere
 * - contradicted: the code shows the opposite somewhere, whatever people signed
 * - done: a person signed it, two for an act that cannot be taken back
 * - not-applicable: a person says that it does not concern this project
 * - stale: it was signed, too long ago or for other code than this
 * - needs-review: the code speaks of it, and does not tell
 * - open: it waits for a person
 */
export type ItemState =
  "proved" | "contradicted" | "done" | "not-applicable" | "stale" | "needs-review" | "open";

/** A place of the code that speaks of an item. */
export interface EvidencePlace extends Place {
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string;
  /** What the code shows there, as a sentence. */
  readonly note: string;
  readonly answer: Answer;
  /** The rule whose finding this is. */
  readonly ruleId?: string;
}

/** Where an item of the checklist stands. */
export interface ItemStatus {
  readonly item: ListedItem;
  readonly state: ItemState;
  /** Why it stands so, as one sentence or two. */
  readonly why: string;
  /** The places that speak of the item, those that decide first. */
  readonly places: readonly EvidencePlace[];
  /** All that people said of it, the oldest first. */
  readonly signOffs: readonly SignOff[];
  /** What a sign-off made now keeps as the stamp of the code; undefined when no code speaks of the item. */
  readonly code: string | undefined;
}

const SETTLED: ReadonlySet<ItemState> = new Set(["proved", "done", "not-applicable"]);

/** Whether nothing is left to do for an item. */
export function isSettled({ state }: Pick<ItemStatus, "state">): boolean {
  return SETTLED.has(state);
}
