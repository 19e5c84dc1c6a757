import type { Rule } from "./rule.ts";

/** All rules, by id. */
export const rules: readonly Rule[] = [];
