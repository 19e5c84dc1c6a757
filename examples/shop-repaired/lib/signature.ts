import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

/** Whether `signature` is the hex HMAC-SHA256 of the parts, in time that does not depend on where they differ. */
export function isValidSignature(
  parts: readonly (string | Buffer)[],
  signature: string | undefined,
  secret: string,
): boolean {
  const mac = createHmac("sha256", secret);
  for (const part of parts) mac.update(part);
  const expected = mac.digest();
  const received = Buffer.from(signature ?? "", "hex");
  return received.length === expected.length && timingSafeEqual(received, expected);
}

/** Whether two tokens are the same; hashed first, so that not even their lengths show. */
export function isSameToken(received: string | undefined, expected: string): boolean {
  const digest = (token: string) => createHash("sha256").update(token).digest();
  return timingSafeEqual(digest(received ?? ""), digest(expected));
}

/** Whether a time in Unix seconds lies within five minutes of now. */
export function isFresh(timestamp: string | undefined): boolean {
  return Math.abs(Date.now() / 1000 - Number(timestamp ?? NaN)) <= TOLERANCE_SECONDS;
}

/** Splits `t=1700000000,v1=abc` into its parts. */
export function signatureParts(header: string | undefined): Record<string, string> {
  return Object.fromEntries((header ?? "").split(",").map((part) => part.trim().split("=")));
}
