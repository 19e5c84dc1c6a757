import type { SourceText } from "../lint.ts";
import { assignmentsIn } from "./assignments.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

const FENCE = /^[^\S\r\n]{0,80}(?:(?:>|[-*+]|\d{1,9}[.)])[^\S\r\n]{1,9})*(`{3,99}|~{3,99})([^\r\n]*)/gm;

/** Reads the assignments in the fenced code blocks of Markdown, in whatever language they are. */
export function parseMarkdown({ fileName, text }: SourceText): ParsedEntries {
  const entries: Entry[] = [];
  for (const { start, end } of fencedBlocks(text)) {
    for (const { path, value, range } of assignmentsIn(text.slice(start, end)))
      entries.push({ path, value, range: { start: start + range.start, end: start + range.end } });
  }
  return { file: { fileName, text, entries }, problems: [] };
}

/** What stands between fences; a block that is not closed ends with the text. */
function* fencedBlocks(text: string): Generator<{ start: number; end: number }> {
  let open: { fence: string; start: number } | undefined;
  for (const match of text.matchAll(FENCE)) {
    const [whole, fence = "", info = ""] = match;
    if (!open) open = { fence, start: match.index + whole.length };
    else if (fence.startsWith(open.fence) && info.trim() === "") {
      yield { start: open.start, end: match.index };
      open = undefined;
    }
  }
  if (open) yield { start: open.start, end: text.length };
}
