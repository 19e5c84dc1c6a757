import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { lintText, presetSettings } from "@paylint/engine";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { digestOf } from "../../src/project/baseline/digest.ts";
import { BASELINE_FILE, emptyBaseline, writeBaseline } from "../../src/project/baseline/baseline-file.ts";
import { makeTree, UNSAFE } from "../tree.ts";
import { TestClient } from "./client.ts";

let root: string;
let client: TestClient;

/** A folder with two files of one mistake, of which one is known. */
beforeEach(() => {
  root = makeTree({ "known.ts": UNSAFE, "new.ts": `${UNSAFE}// ${BASELINE_FILE}\n` });
  const { salt } = emptyBaseline();
  const [finding] = lintText({ fileName: "known.ts", text: UNSAFE }, presetSettings("recommended")).findings;
  const digest = digestOf(salt, "known.ts", UNSAFE, finding!);
  writeBaseline(file(BASELINE_FILE), {
    salt,
    findings: [{ rule: finding!.ruleId, file: "known.ts", digest }],
  });
});
afterEach(() => client.stop());

function file(name: string): string {
  return path.join(root, name);
}

function uri(name: string): string {
  return pathToFileURL(file(name)).href;
}

test("a known finding is not shown, and shown when the baseline is gone", async () => {
  client = await TestClient.start({ folder: pathToFileURL(root).href });
  await client.open(uri("known.ts"), UNSAFE);
  expect(await client.diagnostics(uri("known.ts"))).toEqual([]);
  rmSync(file(BASELINE_FILE));
  await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(BASELINE_FILE), type: 3 }] });
  await client.until(() => client.published.filter((each) => each.uri === uri("known.ts")).length === 2);
  expect(client.published.at(-1)!.diagnostics).toMatchObject([{ code: "timing-safe-compare" }]);
});

test("a finding of the same content once more is shown", async () => {
  client = await TestClient.start({ folder: pathToFileURL(root).href });
  const twice = `${UNSAFE}${UNSAFE.replace("isGenuine", "isGenuineToo").replace(/^import.*\n/, "")}`;
  await client.open(uri("known.ts"), twice);
  expect(await client.diagnostics(uri("known.ts"))).toHaveLength(1);
});

test("a baseline that is broken is told, and hides nothing", async () => {
  writeFileSync(file(BASELINE_FILE), "{");
  client = await TestClient.start({ folder: pathToFileURL(root).href });
  await client.open(uri("known.ts"), UNSAFE);
  expect(await client.diagnostics(uri("known.ts"))).toHaveLength(1);
  expect(client.log.join("\n")).toMatch(/paylint-baseline\.json:1:\d+: This is no JSON/);
});

test("of the files that nobody opened, too", async () => {
  const capabilities = { textDocument: { diagnostic: {} } };
  client = await TestClient.start({ folder: pathToFileURL(root).href, capabilities });
  const counted = async (): Promise<number> => {
    const { items } = (await client.request("workspace/diagnostic", {
      previousResultIds: [],
    })) as WorkspaceDiagnosticReport;
    return items.reduce((sum, item) => sum + ("items" in item ? item.items.length : 0), 0);
  };
  expect(await counted()).toBe(1);
});
