import type { Finding } from "@paylint/engine";
import type { Places } from "./places.ts";
import type { ReportedFix } from "./results.ts";

/** The repairs of a finding that may leave the file: not those that repeat a string of it, which may be a secret. */
export function fixesOf({ suggestions = [] }: Finding, text: string, places: Places): readonly ReportedFix[] {
  return suggestions
    .filter(({ edits }) => !edits.some((edit) => repeatsString(edit.text, text)))
    .map(({ title, edits }) => ({
      title,
      edits: edits.map(({ range, text: put }) => ({ ...places.at(range), text: put })),
    }));
}

/** Shorter ones name encodings and algorithms, and are no secrets. */
const STRINGS = /"(?:\\.|[^"\\\n]){7,}"|'(?:\\.|[^'\\\n]){7,}'|`(?:\\[^]|[^`\\]){7,}`/g;

function repeatsString(put: string, text: string): boolean {
  return (put.match(STRINGS) ?? []).some((string) => text.includes(string.slice(1, -1)));
}
