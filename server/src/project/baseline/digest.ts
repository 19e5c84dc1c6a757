import { createHmac, scryptSync } from "node:crypto";
import { type Finding, rules } from "@paylint/engine";
import { normalisedCode } from "../normalised-code.ts";

/** Rules whose findings are of a value that stands in the text, and that another value must not be taken for. */
const OF_VALUES = new Set(
  rules
    .filter(({ observes }) => observes === "secret" || observes === "environment-setting")
    .map(({ id }) => id),
);

/** Each try at a value takes whoever tries some milliseconds; a baseline has few of them. */
const COST = { N: 2 ** 12, r: 8, p: 1 };

/**
 * Names a finding by its content: rule, normalised code and, of a secret, its value. It can be compared only with
 * digests of the same salt; that of a value is slow to make, so that a short one cannot be found by trying.
 */
export function digestOf(salt: string, fileName: string, text: string, { ruleId, range }: Finding): string {
  const code = `${ruleId}\n${normalisedCode(fileName, text, range)}`;
  const value = OF_VALUES.has(ruleId) ? text.slice(range.start, range.end).replace(/^["'`]|["'`]$/g, "") : "";
  const key = value === "" ? salt : scryptSync(value, salt, 32, COST);
  return createHmac("sha256", key).update(code).digest("hex");
}
