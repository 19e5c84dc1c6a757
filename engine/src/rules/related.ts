import type { Fact } from "../observe/observation.ts";
import type { Report } from "./rule.ts";

/** The steps behind a fact as related locations of its report. */
export function relatedOf(fact: Fact): NonNullable<Report["related"]> {
  return fact.steps.map(({ range, note }) => ({ range, message: note }));
}
