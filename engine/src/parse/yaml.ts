import { isMap, isPair, isScalar, isSeq, type Pair, parseAllDocuments, type Scalar } from "yaml";
import type { Problem, SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

/** More errors than this only echo the first. */
const PROBLEMS = 5;

/**
 * Reads the scalars of all documents of a YAML file; an alias is not followed. Broken YAML gives a problem for each
 * broken place and still every value that could be read.
 */
export function parseYaml({ fileName, text }: SourceText): ParsedEntries {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  try {
    const documents = parseAllDocuments(withoutTemplates(text), { prettyErrors: false, uniqueKeys: false });
    for (const { contents, errors } of "empty" in documents ? [] : documents) {
      collect(contents, [], text, entries);
      // The parser's own messages quote the text, which may hold secrets.
      for (const { code, pos } of errors)
        problems.push({ message: `This YAML is broken here: ${sentence(code)}`, range: rangeOf(pos) });
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = "This YAML is nested too deeply to be read to its end";
    problems.push({ message, range: { start: 0, end: 0 } });
  }
  return { file: { fileName, text, entries }, problems: problems.slice(0, PROBLEMS) };
}

function collect(node: unknown, path: readonly string[], text: string, entries: Entry[]): void {
  if (isMap(node)) {
    for (const pair of node.items) collect(pair.value, [...path, keyOf(pair)], text, entries);
  } else if (isSeq(node)) {
    for (const [at, item] of node.items.entries()) collect(item, [...path, String(at)], text, entries);
  } else if (isPair(node)) collect(node.value, [...path, keyOf(node)], text, entries);
  else if (isScalar(node) && node.range && node.value !== null)
    entries.push({ path, value: node.source ?? String(node.value), range: placeOf(node, node.range, text) });
}

/** Without quotes, and of a block without the sign that opens it. */
function placeOf({ type }: Scalar, [start, end]: readonly number[], text: string): Entry["range"] {
  const whole = text.slice(start, end);
  const head = /^(?:["']|[|>][^\r\n]*[\r\n]\s*)/.exec(type === "PLAIN" ? "" : whole)?.[0] ?? "";
  const tail = /^["']/.test(head) ? 1 : whole.length - whole.trimEnd().length;
  return { start: start! + head.length, end: Math.max(start! + head.length, end! - tail) };
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

/** Charts and playbooks are YAML only once their templates are filled in; `${{ … }}` of workflows is YAML as it is. */
function withoutTemplates(text: string): string {
  if (!/\{[{%]/.test(text)) return text;
  return text
    .replace(/^[^\S\r\n]{0,80}\{[{%][^\r\n]{0,2000}[}%]\}[^\S\r\n]{0,80}$/gm, (line) =>
      " ".repeat(line.length),
    )
    .replace(/(?<!\$)\{\{[^{}\r\n]{0,2000}\}\}/g, (template) => "x".repeat(template.length));
}

/** "BAD_INDENT" as words. */
function sentence(code: string): string {
  return code.toLowerCase().replaceAll("_", " ");
}

function rangeOf([start, end]: readonly [number, number]): Problem["range"] {
  return { start, end };
}
