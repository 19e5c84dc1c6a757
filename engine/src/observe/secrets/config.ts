import type { Range } from "../../flow/tree.ts";
import { languageOf } from "../../language.ts";
import { assignmentsIn } from "../../parse/assignments.ts";
import type { Entry, EntryFile } from "../../parse/entries.ts";
import { Stretch } from "../../parse/stretch.ts";
import { detectProviders } from "../../providers/index.ts";
import type { Secret } from "../observation.ts";
import { namedCredentials } from "./credentials.ts";
import type { Found } from "./found.ts";
import { entryKeywords } from "./keywords.ts";
import { shapedSecrets } from "./shaped.ts";
import { isSpecFile } from "./spec-files.ts";

/** Settings that show which names there are; only a shape tells a real secret among them. */
const TEMPLATE_FILE = /[.\-_](?:example|sample|template|dist|defaults?)\b/i;

/**
 * The secrets in a file of names and values: in each value, in the assignments inside of it, such as those of a
 * script in a workflow, and by their shape alone in the rest of the text: its comments, its broken lines.
 */
export function* configSecrets(file: EntryFile): Generator<Secret> {
  const told = new Stretch();
  for (const [found, range] of secretsIn(file)) {
    if (!told.claim(range)) continue;
    const { name, provider, mode, opens } = found;
    const outside = { answer: "no", range, steps: [] } as const;
    yield { kind: "secret", provider, range, outside, name, mode, opens, place: "config" };
  }
}

function* secretsIn(file: EntryFile): Generator<readonly [Found, Range]> {
  const { fileName, text, entries } = file;
  const isTemplate = TEMPLATE_FILE.test(fileName) || languageOf(fileName) === "markdown";
  const isSpec = isSpecFile(fileName);
  const nameOf = namesBeside(entries);
  for (const entry of entries) {
    const names = namesOf(entry, nameOf);
    for (const { names: inner, value } of [...assignedIn(entry, names), { names, value: entry.value }]) {
      for (const found of secretsInValue(value, inner, isTemplate, isSpec))
        yield [found, placeIn(entry, value.slice(found.start, found.end), text)];
    }
  }
  // What an entry holds was judged together with its name.
  const judged = new Stretch();
  for (const { range } of entries) judged.add(range);
  for (const found of shapedSecrets(text, { names: [], detected: new Set(), isSpec }))
    if (!judged.covers(found)) yield [found, found];
}

interface Held {
  /** Innermost first. */
  readonly names: readonly string[];
  readonly value: string;
}

function secretsInValue(
  value: string,
  names: readonly string[],
  isTemplate: boolean,
  isSpec: boolean,
): readonly Found[] {
  if (value.length < 8 || !entryKeywords.test(`${names.toReversed().join(".")}="${value}"`)) return [];
  // One file configures many providers, so each entry speaks for itself.
  const text = `${names.join("=\n")}=\n${value}`;
  const detected = new Set(detectProviders({ packages: [], text }).keys());
  const around = { names, detected, isSpec };
  const shaped = shapedSecrets(value, around);
  return shaped.length > 0 || isTemplate ? shaped : [...namedCredentials(value, around, detected.size > 0)];
}

/** The assignments inside of a value: in a script, a command, the cell of a notebook, `- NAME=value`. */
function assignedIn({ value }: Entry, names: readonly string[]): Held[] {
  if (!/[:=]/.test(value)) return [];
  return assignmentsIn(value).map((inner) => ({ names: [inner.path[0]!, ...names], value: inner.value }));
}

const VALUE = /^(?:value|default)$/i;
const NAME = /^(?:name|key|variable)$/i;

/** The names that stand beside values: `- name: KEY` and `value: …` of containers, by the path of both. */
function namesBeside(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { path, value } of entries)
    if (NAME.test(path.at(-1) ?? "")) names.set(path.slice(0, -1).join("\n"), value);
  return names;
}

/** What a value is held by, innermost first: its keys, the labels of its block, the name that stands beside it. */
function namesOf({ path }: Entry, beside: ReadonlyMap<string, string>): string[] {
  const names = path.filter((name) => !/^\d+$/.test(name)).reverse();
  if (!VALUE.test(path.at(-1) ?? "")) return names;
  const name = beside.get(path.slice(0, -1).join("\n"));
  return name === undefined ? names.slice(1) : [name, ...names.slice(1)];
}

/** The value's own place where the file spells it in one piece, else the whole entry. */
function placeIn({ range }: Entry, value: string, text: string): Range {
  const start = text.indexOf(value, range.start);
  return start >= 0 && start + value.length <= range.end ? { start, end: start + value.length } : range;
}
