import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** Writes files into a folder of their own, gone when the test is over, or as `whenOver` says; returns the folder. */
export function makeTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  whenOver: (cleanUp: () => void) => void = onTestFinished,
): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "paylint-tree-")));
  whenOver(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return root;
}

/** A script with one finding, of timing-safe-compare, on line 4. */
export const UNSAFE = `import { createHmac } from "node:crypto";
export function isGenuine(body, signature, key) {
  const expected = createHmac("sha256", key).update(body).digest("hex");
  return signature === expected;
}
`;

/** The same without the mistake. */
export const SAFE = UNSAFE.replace("createHmac }", "createHmac, timingSafeEqual }").replace(
  "signature === expected",
  "timingSafeEqual(Buffer.from(signature), Buffer.from(expected))",
);
