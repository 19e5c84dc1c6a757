import type { Problem, SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

const BLOCK = /^[^\S\r\n]*(model|type|view|enum|generator|datasource)[^\S\r\n]+(\w+)[^\S\r\n]*\{/;
const FIELD = /^([^\S\r\n]*)((\w+)[^\S\r\n]+\w+(?:\[\]|\?)?)/;

/**
 * Reads the fields of a Prisma schema: a field `price Float?` of model Order has the path model, Order, price and the
 * value `Float?` with its attributes, and its range is the field's name and type. What is not a field of a model, type or view is skipped.
 */
export function parsePrisma(source: SourceText): ParsedEntries {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  let block: readonly string[] | undefined;
  for (const match of source.text.matchAll(/[^\r\n]+/g)) {
    const line = withoutComment(match[0]);
    const opened = BLOCK.exec(line);
    if (opened) block = [opened[1]!, opened[2]!];
    else if (/^\s*\}/.test(line)) block = undefined;
    else if (block && /^(?:model|type|view)$/.test(block[0]!)) {
      const field = FIELD.exec(line);
      if (!field) continue;
      const start = match.index + field[1]!.length;
      const value = line.slice(field[1]!.length + field[3]!.length).trim();
      entries.push({ path: [...block, field[3]!], value, range: { start, end: start + field[2]!.length } });
    }
  }
  return { file: { fileName: source.fileName, text: source.text, entries }, problems };
}

/** A line up to its `//`; one inside a string is part of it. */
function withoutComment(line: string): string {
  return /^(?:"(?:[^"\\]|\\.)*"|(?!\/\/)[^])*/.exec(line)![0];
}
