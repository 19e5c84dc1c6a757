import { keyPatterns } from "../../providers/index.ts";
import type { Found, Surroundings } from "./found.ts";
import { providerKeys } from "./provider-keys.ts";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** How the keys of providers begin in Base64: as the user name of HTTP Basic a key stands at the very beginning. */
export const encodedPrefixes: readonly string[] = [
  ...new Set(
    keyPatterns().flatMap(({ key }) => {
      // Three characters make four digits; the rest of the prefix would mix with what follows it.
      const whole = key.keyword?.slice(0, Math.floor(key.keyword.length / 3) * 3) ?? "";
      return whole.length >= 6 && /^[\w-]+$/.test(whole) && !whole.startsWith("k_") ? [encode(whole)] : [];
    }),
  ),
];

const ENCODED = new RegExp(
  `(?<![A-Za-z\\d+/])(?:${encodedPrefixes.join("|")})[A-Za-z\\d+/]{12,300}={0,2}`,
  "g",
);

/** The keys that stand in a text in Base64, as the documentation of some providers shows them: `Basic c2tf…`. */
export function* encodedKeys(text: string, around: Surroundings): Generator<Found> {
  for (const match of text.matchAll(ENCODED)) {
    const [found] = providerKeys(decode(match[0]), around);
    if (found) yield { ...found, start: match.index, end: match.index + match[0].length };
  }
}

/** Whether a text is a key in Base64. */
export function isEncodedKey(text: string): boolean {
  return text.search(ENCODED) === 0;
}

function encode(text: string): string {
  let encoded = "";
  for (let at = 0; at < text.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((back) => text.charCodeAt(at + back)) as [number, number, number];
    const bits = (a << 16) | (b << 8) | c;
    for (let shift = 18; shift >= 0; shift -= 6) encoded += DIGITS[(bits >> shift) & 63]!;
  }
  return encoded;
}

/** One character for each byte; what does not fill a byte is left out. */
export function decode(text: string): string {
  let decoded = "";
  let bits = 0;
  let count = 0;
  for (const digit of text.replace(/={1,2}$/, "")) {
    bits = ((bits << 6) | DIGITS.indexOf(digit)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += String.fromCharCode((bits >> count) & 255);
  }
  return decoded;
}
