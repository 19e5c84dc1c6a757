import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { makeTree, UNSAFE } from "../tree.ts";
import { TestClient } from "./client.ts";

let root: string;
let client: TestClient;
afterEach(() => client.stop());

const OURS = 'import paylint from "eslint-plugin-paylint";\nexport default [paylint.configs.recommended];\n';
const OTHERS = "export default [];\n";
const KEY = ["sk", "live", "NeverSaved".repeat(3)].join("_");

function uri(name = ""): string {
  return pathToFileURL(path.join(root, name)).href.replace(/\/$/, "");
}

async function start(files: Readonly<Record<string, string>>): Promise<void> {
  root = makeTree(files);
  client = await TestClient.start({ folder: uri() });
}

/** Waits until the newest report on a document has so many findings. */
function shows(name: string, count: number): Promise<void> {
  return client.until(
    () => client.published.findLast((each) => each.uri === uri(name))?.diagnostics.length === count,
  );
}

test("what ESLint shows with our plugin is not shown twice, and says so", async () => {
  await start({ "eslint.config.js": OURS });
  await client.open(uri("src/pay.ts"), UNSAFE);
  await shows("src/pay.ts", 1);
  await client.notify("paylint/eslint", { runs: true });
  await shows("src/pay.ts", 0);
  await client.until(() => "byEslint" in client.statuses.at(-1)!);
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 30 } };
  expect(await client.codeActions(uri("src/pay.ts"), range)).toEqual([]);
  await client.notify("paylint/eslint", { runs: false });
  await shows("src/pay.ts", 1);
});

test("what ESLint does not read stays ours", async () => {
  await start({ "eslint.config.js": OURS });
  await client.notify("paylint/eslint", { runs: true });
  await client.open(uri(".env"), `STRIPE_KEY=${KEY}\n`, "dotenv");
  await shows(".env", 1);
});

test("the nearest configuration counts, as it is now", async () => {
  await start({ "eslint.config.mjs": OURS, "legacy/eslint.config.js": OTHERS });
  await client.notify("paylint/eslint", { runs: true });
  await client.open(uri("legacy/deep/pay.ts"), UNSAFE);
  await shows("legacy/deep/pay.ts", 1);
  await client.open(uri("pay.ts"), UNSAFE);
  await shows("pay.ts", 0);
  writeFileSync(path.join(root, "eslint.config.mjs"), OTHERS);
  rmSync(path.join(root, "legacy/eslint.config.js"));
  const changes = ["eslint.config.mjs", "legacy/eslint.config.js"].map((name) => ({
    uri: uri(name),
    type: 2,
  }));
  await client.notify("workspace/didChangeWatchedFiles", { changes });
  await shows("pay.ts", 1);
});
