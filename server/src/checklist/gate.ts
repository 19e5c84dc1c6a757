import type { Gate } from "../project/parse-settings.ts";
import { isSettled, type ItemState, type ItemStatus } from "./item-status.ts";

/** The items that keep a gate shut: open, stale, to be reviewed or contradicted; contradicted ones first. */
export function holdingUp(statuses: readonly ItemStatus[], gate: Gate): ItemStatus[] {
  const asked = statuses.filter(({ item }) => gate === "all" || item.level === "required");
  const held = asked.filter((status) => !isSettled(status));
  const rank = (status: ItemStatus): number => (status.state === "contradicted" ? 0 : 1);
  return held.sort((a, b) => rank(a) - rank(b));
}

export interface Progress {
  readonly settled: number;
  readonly total: number;
  readonly states: Readonly<Record<ItemState, number>>;
}

/** How far some items are. */
export function progressOf(statuses: readonly ItemStatus[]): Progress {
  const states: Record<ItemState, number> = {
    contradicted: 0,
    stale: 0,
    "needs-review": 0,
    open: 0,
    proved: 0,
    done: 0,
    "not-applicable": 0,
  };
  for (const { state } of statuses) states[state]++;
  return { settled: statuses.filter(isSettled).length, total: statuses.length, states };
}
