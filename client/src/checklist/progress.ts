import type { ChecklistEntry, ChecklistState, FolderChecklist } from "paylint/protocol";

const SETTLED: ReadonlySet<ChecklistState> = new Set(["proved", "done", "not-applicable"]);

/** Whether nothing is left to do for an item. */
export function isSettled({ state }: Pick<ChecklistEntry, "state">): boolean {
  return SETTLED.has(state);
}

/** How far some items are. */
export interface Progress {
  readonly settled: number;
  readonly total: number;
  readonly contradicted: number;
  /** Required items that are not settled. */
  readonly requiredLeft: number;
}

export function entriesOf({ providers }: Pick<FolderChecklist, "providers">): readonly ChecklistEntry[] {
  return providers.flatMap(({ sections }) => sections.flatMap(({ items }) => items));
}

export function progressOf(entries: readonly ChecklistEntry[]): Progress {
  return {
    settled: entries.filter(isSettled).length,
    total: entries.length,
    contradicted: entries.filter(({ state }) => state === "contradicted").length,
    requiredLeft: entries.filter((entry) => entry.level === "required" && !isSettled(entry)).length,
  };
}

/** "41/58 · 2 contradicted" */
export function shortProgress({ settled, total, contradicted }: Progress): string {
  return `${settled}/${total}${contradicted > 0 ? ` · ${contradicted} contradicted` : ""}`;
}

/** "3 required items to settle before live keys" */
export function requiredText({ requiredLeft }: Progress): string {
  if (requiredLeft === 0) return "Every required item is settled";
  return `${requiredLeft} required item${requiredLeft === 1 ? "" : "s"} to settle before live keys`;
}
