import type { Range } from "../flow/tree.ts";
import type { Problem } from "../lint.ts";

/** A value of a configuration file (dotenv, JSON, YAML …) with its place. */
export interface Entry {
  /** The keys that lead to the value, outermost first; array indices as decimal strings. */
  readonly path: readonly string[];
  /** The value as the program would read it: unquoted, escapes resolved. */
  readonly value: string;
  /** Where the value's text stands, without its quotes where it has a place of its own. */
  readonly range: Range;
}

export interface EntryFile {
  readonly fileName: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

export interface ParsedEntries {
  readonly file: EntryFile;
  readonly problems: readonly Problem[];
}
