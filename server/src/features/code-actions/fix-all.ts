import type { Edit, Finding } from "@paylint/engine";
import { workspaceEdit } from "../edits.ts";
import type { ActionSource } from "./actions.ts";

const KIND = "source.fixAll.paylint";

/** Repairs that touch each other wait for the next round; so many rounds are tried, as by ESLint. */
const MAX_ROUNDS = 10;

/** All safe repairs of a file at once. */
export const fixAll: ActionSource = {
  kind: KIND,
  isCostly: true,
  actions({ document, all, looks, edits: support }) {
    const before = document.getText();
    let text = before;
    let findings = all;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const edits = compatible(findings);
      if (edits.length === 0) break;
      text = applied(text, edits);
      findings = looks.tryText(document, text)?.findings ?? [];
    }
    if (text === before) return [];
    const edit = workspaceEdit(document, [difference(before, text)], support);
    return [{ title: "Repair all that is safe to repair (Paylint)", kind: KIND, edit }];
  },
};

/** The edits of the first safe repair of each finding, without those that touch an earlier one. */
function compatible(findings: readonly Finding[]): Edit[] {
  const repairs = findings.flatMap(({ suggestions = [] }) => suggestions.find(({ isSafe }) => isSafe) ?? []);
  const chosen: Edit[] = [];
  for (const { edits } of repairs.sort((a, b) => startOf(a.edits) - startOf(b.edits))) {
    if (startOf(edits) > endOf(chosen)) chosen.push(...edits);
  }
  return chosen;
}

function startOf(edits: readonly Edit[]): number {
  return Math.min(...edits.map(({ range }) => range.start));
}

function endOf(edits: readonly Edit[]): number {
  return Math.max(-1, ...edits.map(({ range }) => range.end));
}

function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((all, { range, text: part }) => all.slice(0, range.start) + part + all.slice(range.end), text);
}

/** The stretch in which two texts differ, with what the second one has there. */
function difference(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return {
    range: { start, end: before.length - same },
    text: after.slice(start, after.length - same),
  };
}
