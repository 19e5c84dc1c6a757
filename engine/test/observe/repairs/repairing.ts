import { expect } from "vitest";
import { lintText } from "../../../src/lint.ts";
import type { Edit } from "../../../src/observe/observation.ts";
import type { Finding } from "../../../src/rules/rule.ts";
import { type Files, hostOf } from "../../flow/linked.ts";

/** The text after edits; ones that overlap fail the test. */
function applied(text: string, edits: readonly Edit[]): string {
  let result = text;
  let limit = Infinity;
  for (const { range, text: replacement } of [...edits].sort((a, b) => b.range.start - a.range.start)) {
    expect(range.end, "edits overlap").toBeLessThanOrEqual(limit);
    result = result.slice(0, range.start) + replacement + result.slice(range.end);
    limit = range.start;
  }
  return result;
}

/** What a rule reports in a file that may stand among others. */
function findingsOf(rule: string, fileName: string, text: string, others: Files): readonly Finding[] {
  const host = hostOf({ ...others, [fileName]: text });
  const { findings, problems } = lintText({ fileName, text }, { [rule]: { severity: "error" } }, host);
  expect(problems, `the text parses:\n${text}`).toEqual([]);
  return findings;
}

/**
 * The text with every finding of a rule repaired by its first suggestion, one after the other. Fails when a finding
 * offers none, or when the rule still reports something afterwards.
 */
export function repaired(
  rule: string,
  text: string,
  fileName = "src/handler.ts",
  others: Files = {},
): string {
  let current = text;
  for (let round = 0; round < 20; round++) {
    const [finding] = findingsOf(rule, fileName, current, others);
    if (!finding) {
      expect(round, `${rule} reports something`).toBeGreaterThan(0);
      return current;
    }
    const [suggestion] = finding.suggestions ?? [];
    expect(suggestion, `${rule} offers a repair:\n${current}`).toBeDefined();
    current = applied(current, suggestion!.edits);
  }
  throw new Error(`${rule} goes on reporting:\n${current}`);
}

/** How many repairs a rule offers for its first finding in a text. */
export function offered(rule: string, text: string, fileName = "src/handler.ts", others: Files = {}): number {
  const [finding] = findingsOf(rule, fileName, text, others);
  expect(finding, `${rule} reports something`).toBeDefined();
  return finding!.suggestions?.length ?? 0;
}
