import type { ListedItem } from "@paylint/engine";
import type { ItemState } from "../../checklist/item-status.ts";

/** States as people read them; a sign stands beside the word, so that colour alone tells nothing. */
export const STATES: Readonly<Record<ItemState, { readonly name: string; readonly sign: string }>> = {
  contradicted: { name: "contradicted", sign: "✕" },
  stale: { name: "stale", sign: "↻" },
  "needs-review": { name: "needs review", sign: "?" },
  open: { name: "open", sign: "○" },
  proved: { name: "proved", sign: "✓" },
  done: { name: "done", sign: "✓" },
  "not-applicable": { name: "not applicable", sign: "–" },
};

/** In the order in which bars and legends show them. */
export const STATE_ORDER: readonly ItemState[] = [
  "proved",
  "done",
  "not-applicable",
  "needs-review",
  "stale",
  "open",
  "contradicted",
];

export const KINDS: Readonly<Record<ListedItem["kind"], string | undefined>> = {
  check: undefined,
  step: "step",
  irreversible: "two people",
  monitor: "monitor",
};

/** `2026-01-31 08:05 UTC` */
export function timeOf(when: Date): string {
  return `${when.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export function shortCommit(commit: string): string {
  return commit.slice(0, 10);
}
