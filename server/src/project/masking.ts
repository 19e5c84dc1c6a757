import { keysIn, providers, type Range } from "@paylint/engine";

/** What stands in the place of a secret. */
export const MASK = "••••••";

const ALL = new Set(providers.map(({ id }) => id));
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const PASSWORD_IN_URL = /:\/\/[^\s/@"'`]+@/g;

/**
 * A text for people, logs or other programs without what is a secret by its shape. It is the last resort: nothing
 * that Paylint says should hold a value, but messages quote names, paths and arguments, and those are anybody's.
 */
export function maskSecrets(text: string): string {
  const keys = keysIn(text, ALL).filter(({ key }) => key.visibility !== "public" && !key.names);
  return masked(text, keys).replace(PEM, MASK).replace(PASSWORD_IN_URL, `://${MASK}@`);
}

/** The text with ranges masked, in their order, line by line; quotes at their ends stay. */
export function masked(text: string, ranges: readonly Range[]): string {
  let result = "";
  let at = 0;
  for (const { start, end } of ranges) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    const secret = text.slice(from, end).replace(/[^\r\n"'`]+/g, MASK);
    result += text.slice(at, from) + secret;
    at = end;
  }
  return result + text.slice(at);
}
