/** Splits an identifier into lower-case words: `xSignatureV2`, `X-Signature-V2` and `X_SIGNATURE_V2` are the same. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+|\s+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

const SIGNATURE = new Set([
  "signature",
  "signatures",
  "sig",
  "sign",
  "hmac",
  "mac",
  "digest",
  "checksum",
  "hash",
]);
const SECRET = new Set([
  "secret",
  "secrets",
  "token",
  "password",
  "passwd",
  "passphrase",
  "hash",
  "credential",
  "credentials",
]);
const KEY_OF = new Set([
  "api",
  "private",
  "signing",
  "secret",
  "webhook",
  "access",
  "service",
  "internal",
  "server",
  "auth",
  "admin",
]);
/** Words that say a name is known to everybody, or names something about a secret instead of the secret. */
const PUBLIC = new Set([
  "public",
  "publishable",
  "pub",
  "id",
  "name",
  "url",
  "type",
  "length",
  "expiry",
  "expires",
  "count",
  "address",
]);

/** Whether a name speaks of a value that proves who sent something. */
export function namesSignature(name: string | undefined): boolean {
  return name !== undefined && wordsOf(name).some((word) => SIGNATURE.has(word));
}

/** Whether a name speaks of a value that only one side may know. */
export function namesSecret(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  if (words.some((word) => PUBLIC.has(word))) return false;
  if (words.some((word) => SECRET.has(word) || word === "apikey")) return true;
  return words.some((word, at) => word === "key" && KEY_OF.has(words[at - 1] ?? ""));
}
