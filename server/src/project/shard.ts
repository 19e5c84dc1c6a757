import { statSync } from "node:fs";
import type { Target } from "./find.ts";

/** One of several runs that check a project together; counted from one. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** The part of the files that one run checks: together the runs check each file once, and about as much of them. */
export function shardOf(targets: readonly Target[], { number, of }: Shard): readonly Target[] {
  const sized = targets
    .map((target) => ({ target, size: statSync(target.path, { throwIfNoEntry: false })?.size ?? 0 }))
    .sort((a, b) => b.size - a.size || (a.target.path < b.target.path ? -1 : 1));
  const loads = new Array<number>(of).fill(0);
  const mine: Target[] = [];
  for (const { target, size } of sized) {
    const lightest = loads.indexOf(Math.min(...loads));
    // A file costs something however small it is.
    loads[lightest]! += size + 1000;
    if (lightest === number - 1) mine.push(target);
  }
  return mine;
}
