import type { Problem, SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

/** More broken lines than this are no dotenv file; the rest of them goes untold. */
const PROBLEMS = 5;

const BLANK_OR_COMMENT = /[^\S\r\n]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;
const ASSIGNMENT = /[^\S\r\n]*(?:export[^\S\r\n]+)?([\w.-]+)[^\S\r\n]*=[^\S\r\n]*/y;
const QUOTED =
  /(?:"((?:\\[^]|[^"\\])*)"|'((?:\\'|[^'])*)'|`((?:\\`|[^`])*)`)(?=[^\S\r\n]*(?:#[^\r\n]*)?(?:[\r\n]|$))/y;
const UNQUOTED = /[^\r\n]*/y;
const LINE_END = /[^\r\n]*(?:\r\n|[\r\n]|$)/y;

/**
 * Reads a dotenv file as the dotenv package does: `KEY=value`, `export KEY=value`, single, double and backtick quotes
 * (over several lines, too), `#` comments. `KEY: value` is not read: that is YAML under a wrong name.
 */
export function parseDotenv(source: SourceText): ParsedEntries {
  const { text } = source;
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const assignment = matchAt(ASSIGNMENT, text, at);
    if (assignment) {
      const entry = readValue(text, at + assignment[0].length, assignment[1]!);
      entries.push(entry.entry);
      at = entry.end;
    } else if (!matchAt(BLANK_OR_COMMENT, text, at) && problems.length < PROBLEMS) {
      const line = matchAt(/[^\r\n]*/y, text, at)![0];
      problems.push({
        message: "This line is not KEY=value and was skipped",
        range: { start: at, end: at + line.length },
      });
    }
    at += matchAt(LINE_END, text, at)![0].length;
  }
  return { file: { fileName: source.fileName, text, entries }, problems };
}

/** The value that begins at an offset; an opening quote without its fellow is part of an unquoted value. */
function readValue(text: string, start: number, key: string): { entry: Entry; end: number } {
  const quoted = matchAt(QUOTED, text, start);
  if (quoted) {
    const body = quoted[1] ?? quoted[2] ?? quoted[3]!;
    const value = quoted[1] === undefined ? body : unescape(body);
    const range = { start: start + 1, end: start + 1 + body.length };
    return { entry: { path: [key], value, range }, end: start + quoted[0].length };
  }
  const line = matchAt(UNQUOTED, text, start)![0];
  const value = line.split("#", 1)[0]!.trimEnd();
  return {
    entry: { path: [key], value, range: { start, end: start + value.length } },
    end: start + line.length,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescape(body: string): string {
  return body.replace(/\\([^])/g, (_, character: string) => ESCAPES[character] ?? character);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
