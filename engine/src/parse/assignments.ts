import type { SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

// Each length is bounded, so that no text, however it is made, is read more than a fixed number of times.
const NAME = /(?<![\w.-])([A-Za-z_][\w.-]{0,80})["'\]]{0,2}/.source;
const VALUE = /(?:"((?:[^"\\\n]|\\.){1,4000})"|'([^'\n]{1,4000})'|([^\s"'`;|&<>(),]{1,4000}))/.source;
const ASSIGNMENT = new RegExp(`${NAME}[ \\t]{0,9}(?::=|=>|[:=])[ \\t]{0,9}${VALUE}`, "g");
/** `ENV NAME value`, the older form of Dockerfiles. */
const ENV = new RegExp(`^[ \\t]{0,9}ENV[ \\t]{1,9}([A-Za-z_]\\w{0,80})[ \\t]{1,9}${VALUE}`, "gim");

/**
 * The assignments in a text of whatever language, in the order of the text: `NAME=value` of shells, wherever it
 * stands in a line or in quotes, and `name: value`, `name := "value"`, `"name": "value"`. Ranges are offsets into it.
 */
export function assignmentsIn(text: string): Entry[] {
  return [...text.matchAll(ASSIGNMENT)].map(entryOf);
}

/** Reads the assignments of a shell script, with those that it echoes or hands to other programs. */
export function parseShell({ fileName, text }: SourceText): ParsedEntries {
  return { file: { fileName, text, entries: assignmentsIn(text) }, problems: [] };
}

/** Reads the assignments of a Dockerfile's ENV, ARG and RUN. */
export function parseDockerfile({ fileName, text }: SourceText): ParsedEntries {
  const spaced = [...text.matchAll(ENV)].map(entryOf);
  return { file: { fileName, text, entries: [...assignmentsIn(text), ...spaced] }, problems: [] };
}

function entryOf(match: RegExpMatchArray): Entry {
  const [whole, name, ...values] = match;
  const quoted = values[2] === undefined ? 1 : 0;
  const value = values.find((each) => each !== undefined)!;
  const end = match.index! + whole.length - quoted;
  return { path: [name!], value, range: { start: end - value.length, end } };
}
