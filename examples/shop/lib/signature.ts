import { createHmac } from "node:crypto";

export function isValidSignature(payload: string | Buffer, signature: string, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(payload).digest("hex");
  return expected === signature;
}

/** Splits `t=1700000000,v1=abc` into its parts. */
export function signatureParts(header: string | undefined): Record<string, string> {
  return Object.fromEntries((header ?? "").split(",").map((part) => part.trim().split("=")));
}
