import { createHash } from "node:crypto";
import type { Finding } from "@paylint/engine";
import { normalisedCode } from "./normalised-code.ts";

/**
 * Names a finding so that it is found again after its file was moved, renamed, or set otherwise: by its rule and its
 * normalised code. Findings of the same code have the same name, until they are numbered.
 */
export function fingerprintOf(fileName: string, text: string, { ruleId, range }: Finding): string {
  return hashed(`${ruleId}\n${normalisedCode(fileName, text, range)}`);
}

/** Tells apart what has the same name, by a number among equals in the order in which they are given. */
export class Numbering {
  readonly #seen = new Map<string, number>();

  numbered(fingerprint: string): string {
    const number = this.#seen.get(fingerprint) ?? 0;
    this.#seen.set(fingerprint, number + 1);
    return number === 0 ? fingerprint : hashed(`${fingerprint}\n${number}`);
  }
}

function hashed(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
