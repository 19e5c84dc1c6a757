import { type AST, parseTOML, ParseError } from "toml-eslint-parser";
import type { Problem, SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";
import { blankLine } from "./lines.ts";

/** How many broken lines are blanked out before the rest is given up. */
const REPAIRS = 5;

/** Reads the values of a TOML file. A line that cannot be read gives a problem, and the rest is read without it. */
export function parseToml({ fileName, text }: SourceText): ParsedEntries {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  for (let readable = text; problems.length <= REPAIRS;) {
    try {
      const [table] = parseTOML(readable).body;
      for (const item of table.body) {
        if (item.type === "TOMLKeyValue") collect(item.value, keysOf(item), entries);
        else for (const pair of item.body) collect(pair.value, [...pathOf(item), ...keysOf(pair)], entries);
      }
      break;
    } catch (error) {
      const { start, message } = faultOf(error);
      problems.push({ message, range: { start, end: Math.min(start + 1, text.length) } });
      const repaired = blankLine(readable, start);
      if (repaired === readable) break;
      readable = repaired;
    }
  }
  return { file: { fileName, text, entries }, problems };
}

/** The parser's own messages quote the text, which may hold secrets. */
function faultOf(error: unknown): { start: number; message: string } {
  if (error instanceof ParseError) return { start: error.index, message: "This TOML is broken here" };
  if (error instanceof RangeError)
    return { start: 0, message: "This TOML is nested too deeply to be read to its end" };
  throw error;
}

function collect(node: AST.TOMLContentNode, path: readonly string[], entries: Entry[]): void {
  if (node.type === "TOMLArray") {
    for (const [at, element] of node.elements.entries()) collect(element, [...path, String(at)], entries);
  } else if (node.type === "TOMLInlineTable") {
    for (const pair of node.body) collect(pair.value, [...path, ...keysOf(pair)], entries);
  } else {
    const quote = node.kind === "string" ? (node.multiline ? 3 : 1) : 0;
    const [start, end] = node.range;
    const range = { start: start + quote, end: end - quote };
    entries.push({ path, value: String(node.value), range });
  }
}

function keysOf({ key }: AST.TOMLKeyValue): string[] {
  return key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value));
}

function pathOf({ resolvedKey }: AST.TOMLTable): string[] {
  return resolvedKey.map(String);
}
