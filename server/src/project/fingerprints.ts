import { createHash } from "node:crypto";
import type { Finding } from "@paylint/engine";

/**
 * Names findings so that they are found again after the lines around them moved: by rule, file, the finding's line
 * and a number among equals. What stands in quotes or is itself reported stays out: a hash of a short secret can be
 * turned back by trying.
 */
export class Fingerprints {
  readonly #fileName: string;
  readonly #text: string;
  readonly #seen = new Map<string, number>();

  constructor(fileName: string, text: string) {
    this.#fileName = fileName;
    this.#text = text;
  }

  of({ ruleId, range }: Finding): string {
    const before = this.#text
      .slice(0, range.start)
      .split(/[\r\n]/)
      .at(-1)!;
    const after = /^[^\r\n]*/.exec(this.#text.slice(range.end))![0];
    const line = `${before}…${after}`.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, "$1$1").replace(/\s+/g, "");
    const base = [ruleId, this.#fileName, line].join("\n");
    const number = this.#seen.get(base) ?? 0;
    this.#seen.set(base, number + 1);
    return createHash("sha256").update(`${base}\n${number}`).digest("hex").slice(0, 32);
  }
}
