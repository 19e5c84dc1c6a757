import type { SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

const LINE =
  /^[^\S\r\n]{0,200}(?:\[([^\]\r\n]{0,500})\]|(?![#;!])([^\s=:][^=:\r\n]{0,500})[=:][^\S\r\n]{0,200}([^\r\n]*))/gm;

/**
 * Reads `.properties` and `.ini` files: `key = value`, `key: value`, `[section]`; lines that begin with `#`, `;` or `!`
 * are comments. A value that goes on in the next line behind a backslash is read to the end of its first line.
 */
export function parseProperties({ fileName, text }: SourceText): ParsedEntries {
  const entries: Entry[] = [];
  let section: readonly string[] = [];
  for (const match of text.matchAll(LINE)) {
    const [whole, opened, key, given = ""] = match;
    if (opened !== undefined) section = [opened.trim()];
    if (key === undefined) continue;
    const trimmed = given.trimEnd();
    const quote = /^(["']).*\1$/.test(trimmed) ? 1 : 0;
    const start = match.index + whole.length - given.length + quote;
    const value = trimmed.slice(quote, trimmed.length - quote);
    entries.push({ path: [...section, key.trim()], value, range: { start, end: start + value.length } });
  }
  return { file: { fileName, text, entries }, problems: [] };
}
