import { keysIn, providers } from "@paylint/engine";

const ALL = new Set(providers.map(({ id }) => id));

/** What kind of secret a text holds, in words, never the secret itself; undefined when it seems to hold none. */
export function secretIn(text: string): string | undefined {
  // A key with a telling name has a shape of its own only beside that name.
  const key = keysIn(text, ALL).find(({ key: { visibility, names } }) => visibility === "secret" && !names);
  if (key) return key.key.name;
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return "private key";
  if (/:\/\/[^\s/@:]*:[^\s/@]+@/.test(text)) return "password in a URL";
  return undefined;
}
