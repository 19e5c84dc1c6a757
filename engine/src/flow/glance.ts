import { TextCache } from "../parse/cache.ts";
import type { SourceFile } from "./link.ts";

const SPECIFIER =
  /\b(?:from|import|require)\s{0,9}\(?\s{0,9}(?:\/\*[^*]{0,200}\*\/\s{0,9})?["']([^"'\n]{1,300})["']/g;

const HANDS_ON = /\bexport\s{0,9}\*|\bexports\s{0,9}=/;

/** The modules that a text seems to name, each once. What stands in comments and strings may be among them. */
export function specifiersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(SPECIFIER)].map(([, specifier]) => specifier!))];
}

/** What the text of a file tells without being parsed; each question is answered once. */
export class Glance {
  readonly #text: string;
  readonly #matches = new Map<RegExp, boolean>();
  readonly #functions = new Map<string, string | undefined>();
  #specifiers: readonly string[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** `pattern` has no state: neither the flag g nor y. */
  has(pattern: RegExp): boolean {
    let known = this.#matches.get(pattern);
    if (known === undefined) this.#matches.set(pattern, (known = pattern.test(this.#text)));
    return known;
  }

  /**
   * The text of the function that is surely declared under a name somewhere, or more than that where its end does not
   * stand in plain sight; undefined where its beginning does not.
   */
  declaration(name: string): string | undefined {
    if (!this.#functions.has(name)) this.#functions.set(name, this.#declaration(name));
    return this.#functions.get(name);
  }

  #declaration(name: string): string | undefined {
    const match = functionNamed(name).exec(this.#text);
    if (!match) return undefined;
    const before = this.#text.slice(this.#text.lastIndexOf("\n", match.index) + 1, match.index);
    // What begins with a line ends with one, as code is usually set.
    const end = AT_MARGIN.test(before) ? this.#text.indexOf("\n}", match.index) : -1;
    return this.#text.slice(match.index, end < 0 ? undefined : end);
  }

  /** Whether a name may be among what the module exports: it is written there, or everything of others is handed on. */
  mayExport(name: string): boolean {
    return this.#text.includes(name) || this.has(HANDS_ON);
  }

  get specifiers(): readonly string[] {
    return (this.#specifiers ??= specifiersIn(this.#text));
  }
}

const AT_MARGIN = /^(?:export |default |async ){0,3}$/;

function functionNamed(name: string): RegExp {
  const written = name.replaceAll("$", "\\$");
  const arrow = String.raw`(?:async\b|function\b|\([^()]{0,300}\)\s{0,9}(?::[^=()]{0,100})?=>)`;
  return new RegExp(
    String.raw`(?<![\w$.])(?:function\s{0,9}\*?\s{0,9}${written}(?![\w$])|(?:const|let|var)\s{1,9}${written}\s{0,9}(?::[^=\n]{0,200})?=\s{0,9}${arrow})`,
  );
}

const glances = new TextCache(10_000, 8_000_000, ({ text }) => new Glance(text));

export function glanceAt(source: SourceFile): Glance {
  return glances.get(source);
}
