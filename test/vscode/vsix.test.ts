import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packExtension } from "./vsix.ts";

let folder: string;
let vsix: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paylint-vsix-"));
  await packExtension(path.join(folder, "paylint.vsix"));
  vsix = await readFile(path.join(folder, "paylint.vsix"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the package holds what ships and nothing else", () => {
  // What the server and its worker thread share is named by its content; each rule has a page.
  const names = namesIn(vsix).map((name) =>
    name.replace(/chunk-[A-Z0-9]{8}\.js$/, "chunk.js").replace(/rules\/[a-z-]+\.md$/, "rules/ID.md"),
  );
  expect([...new Set(names)].sort()).toEqual([
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/dist/chunk.js",
    "extension/dist/document-worker.js",
    "extension/dist/extension.cjs",
    "extension/dist/language-server.js",
    "extension/dist/rules/ID.md",
    "extension/dist/third-party-licenses.txt",
    "extension/dist/worker.js",
    "extension/docs/images/checklist.svg",
    "extension/docs/images/icon.png",
    ...["checklist", "ci", "find", "repair"].map((step) => `extension/docs/walkthrough/${step}.md`),
    "extension/package.json",
    "extension/package.nls.json",
    "extension/readme.md",
    "extension/server/schemas/baseline.schema.json",
    "extension/server/schemas/go-live.schema.json",
    "extension/server/schemas/paylint.schema.json",
  ]);
});

test("the package is at most 2 MB", () => {
  expect(vsix.length).toBeLessThanOrEqual(2 * 1024 * 1024);
});

/** The names in a zip archive, from its central directory. */
function namesIn(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    names.push(zip.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
