import type { Secret } from "../observation.ts";

/** A secret in a text, as UTF-16 offsets into that text. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly provider: string | undefined;
  readonly mode: Secret["mode"];
  readonly opens: Secret["opens"];
}

/** What surrounds a text in which secrets are looked for. */
export interface Surroundings {
  /** The names the text is held by, innermost first. */
  readonly names: readonly string[];
  /** Ids of the providers that the file deals with. */
  readonly detected: ReadonlySet<string>;
  /** Whether the file is a unit test, where keys are made up to be checked. */
  readonly isSpec: boolean;
}

/** A whole text as one secret. */
export function wholly(
  text: string,
  name: string,
  opens: Found["opens"],
  mode: Found["mode"] = "unknown",
): Found {
  return { start: 0, end: text.length, name, provider: undefined, mode, opens };
}
