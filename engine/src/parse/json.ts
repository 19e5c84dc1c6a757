import { printParseErrorCode, visit } from "jsonc-parser";
import type { Problem, SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

/** More errors than this only echo the first. */
const PROBLEMS = 5;

/**
 * Reads the strings, numbers and booleans of a JSON file; comments and trailing commas are read over. Broken JSON
 * gives a problem for each broken place and still every value that could be read.
 */
export function parseJson(source: SourceText): ParsedEntries {
  const text = source.text.startsWith("\uFEFF") ? " " + source.text.slice(1) : source.text;
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const tell = (message: string, start: number, end: number) => {
    if (problems.length < PROBLEMS) problems.push({ message, range: { start, end } });
  };
  try {
    visit(
      text,
      {
        onLiteralValue(value: unknown, start, length, _line, _column, pathOf) {
          if (value === null) return;
          const quote = typeof value === "string" ? 1 : 0;
          entries.push({
            path: pathOf().map(String),
            value: String(value),
            range: { start: start + quote, end: Math.max(start + quote, start + length - quote) },
          });
        },
        onError: (code, start, length) =>
          tell(`This JSON is broken here: ${sentence(printParseErrorCode(code))}`, start, start + length),
      },
      { allowTrailingComma: true, allowEmptyContent: true },
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tell("This JSON is nested too deeply to be read to its end", 0, 0);
  }
  return { file: { fileName: source.fileName, text: source.text, entries }, problems };
}

/** "CommaExpected" as words. */
function sentence(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, " $1").toLowerCase();
}
