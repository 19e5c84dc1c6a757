import { keysIn, lintText, providers, type Range, type SourceText } from "@paylint/engine";
import { MASK, masked, maskSecrets } from "../project/masking.ts";
import { Places } from "../project/places.ts";
import type { Place } from "../project/results.ts";

/** Lines of a file, from 1, for people who do not have it open. */
export type Excerpt = readonly ExcerptLine[];

export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
  /** Whether the place itself is on it. */
  readonly marked: boolean;
}

/** Lines shown before and behind the place, and of a place at most. */
const AROUND = 2;
const LONGEST_PLACE = 8;
/** UTF-16 units of a line. */
const WIDEST = 160;

/** Cuts excerpts out of one file. What the engine takes for a secret is masked, wherever it stands. */
export class Excerpts {
  readonly #lines: readonly string[];

  constructor(source: SourceText) {
    this.#lines = maskedLines(source);
  }

  /** Undefined when the file has no such line. */
  at(place: Place): Excerpt | undefined {
    if (place.line < 1 || place.line > this.#lines.length) return undefined;
    const end = Math.min(place.endLine, place.line + LONGEST_PLACE - 1, this.#lines.length);
    const first = Math.max(1, place.line - AROUND);
    const last = Math.min(this.#lines.length, end + AROUND);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at).map((line) => ({
      line,
      text: cut(this.#lines[line - 1]!),
      marked: line >= place.line && line <= end,
    }));
  }
}

function maskedLines(source: SourceText): readonly string[] {
  const secrets = secretRanges(source);
  const places = new Places(source.text);
  const lines = new Set(secrets.flatMap((range) => linesOf(places.at(range))));
  return masked(source.text, secrets)
    .split(/\r\n|\r|\n/)
    .map((text, at) => withoutKeys(lines.has(at + 1) ? withoutStrings(text) : text));
}

/** What the source holds of secrets, suppressed findings or not. */
function secretRanges(source: SourceText): Range[] {
  return lintText(source, {})
    .observations.flatMap((observation) =>
      observation.kind === "secret" && observation.outside.answer === "no" ? [observation.outside.range] : [],
    )
    .sort((a, b) => a.start - b.start);
}

function linesOf({ line, endLine }: Place): number[] {
  return Array.from({ length: endLine - line + 1 }, (_, at) => line + at);
}

/** On a line with one secret the next string may be another, or its other half. Names of properties stay. */
function withoutStrings(line: string): string {
  return line.replace(/(["'`])((?:\\.|(?!\1).)+)(\1|$)(\s*[:\]])?/g, (all, open, _inner, close, behind) =>
    behind === undefined ? `${open}${MASK}${close}` : all,
  );
}

const ALL = new Set(providers.map(({ id }) => id));

/** Long runs of letters with digits among them are keys more often than code. */
const KEY_LIKE = /(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{24,}/g;

function withoutKeys(line: string): string {
  return maskSecrets(masked(line, keysIn(line, ALL))).replace(KEY_LIKE, MASK);
}

function cut(line: string): string {
  return line.length > WIDEST ? `${line.slice(0, WIDEST)} …` : line;
}
