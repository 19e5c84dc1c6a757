import { expect, it } from "vitest";
import { lintText } from "../../src/lint.ts";
import { LineIndex } from "../../src/parse/lines.ts";
import type { Finding } from "../../src/rules/rule.ts";

/** A case of a rule's table: what it shows, the code, and for an invalid one the text that is reported. */
export type Case = readonly [what: string, code: string, ...reported: string[]];

export interface Linted {
  readonly findings: readonly Finding[];
  /** The reported texts, in the order of the code. */
  readonly reported: readonly string[];
}

/** Lints a text with one rule; a text that does not parse fails the test that holds it. */
export function lintWith(ruleId: string, text: string, fileName = "src/handler.ts"): Linted {
  const { findings, problems } = lintText({ fileName, text }, { [ruleId]: { severity: "error" } });
  expect(problems).toEqual([]);
  return { findings, reported: findings.map(({ range }) => text.slice(range.start, range.end)) };
}

/** Cases on which a rule must be silent. */
export function silentOn(ruleId: string, cases: readonly Case[], fileName?: string): void {
  it.each(cases)("%s", (_, code) => {
    expect(lintWith(ruleId, code, fileName).reported).toEqual([]);
  });
}

/** Cases that a rule must report, each at the texts given. */
export function reportsOn(ruleId: string, cases: readonly Case[], fileName?: string): void {
  it.each(cases)("%s", (_, code, ...texts) => {
    expect(texts).not.toEqual([]);
    expect(lintWith(ruleId, code, fileName).reported).toEqual(texts);
  });
}

/** A finding's place as `line:column-line:column`, counted from 1. */
export function placeOf(text: string, { range }: Pick<Finding, "range">): string {
  const lines = new LineIndex(text);
  const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
  return `${start.line + 1}:${start.column + 1}-${end.line + 1}:${end.column + 1}`;
}

/** Whether a text is reported under the rule's options. */
export function isReported(ruleId: string, text: string, options: object): boolean {
  const settings = { [ruleId]: { severity: "error", options } } as const;
  return lintText({ fileName: "src/handler.ts", text }, settings).findings.length > 0;
}
