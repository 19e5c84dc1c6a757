import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { RuleSettings } from "@paylint/engine";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folder, TestClient } from "./client.ts";

const RULE = "timing-safe-compare";

let client: TestClient;
let root: string;
let linted: { fileName: string; rules: RuleSettings }[];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "paylint-settings-"));
  // The search for settings ends at a repository's root, so none of this machine's are found.
  await mkdir(path.join(root, ".git"));
  linted = [];
});

afterEach(async () => {
  await client.stop();
  await rm(root, { recursive: true });
});

function uriOf(...names: string[]): string {
  return pathToFileURL(path.join(root, ...names)).href;
}

function settings(text: string): Promise<void> {
  return writeFile(path.join(root, "paylint.json"), text);
}

async function start(open: string | undefined = uriOf()): Promise<void> {
  client = await TestClient.start({
    ...(open !== undefined && { folder: open }),
    parts: {
      lint: ({ fileName }, rules) => {
        linted.push({ fileName, rules });
        return { findings: [], suppressed: [], observations: [], problems: [], links: [], importersOf: [] };
      },
    },
  });
}

test("paylint.json of the open folder decides which rules are on, as on the command line", async () => {
  await settings(`{ "rules": { "${RULE}": "off" } }`);
  await start();
  await client.open(uriOf("server", "pay.ts"), "");
  await client.diagnostics(uriOf("server", "pay.ts"));
  expect(linted).toEqual([
    {
      fileName: "server/pay.ts",
      rules: expect.objectContaining({ [RULE]: expect.objectContaining({ severity: "off" }) }),
    },
  ]);
});

test("rules that are set otherwise for some files are so in the editor", async () => {
  await settings(`{ "overrides": [{ "files": ["scripts/"], "rules": { "${RULE}": "warning" } }] }`);
  await start();
  for (const name of ["scripts", "server"]) {
    await client.open(uriOf(name, "pay.ts"), "");
    await client.diagnostics(uriOf(name, "pay.ts"));
  }
  expect(linted.map(({ rules }) => rules[RULE]!.severity)).toEqual(["warning", "error"]);
});

test("a file that the settings leave out has no diagnostics and says why", async () => {
  await settings(`{ "ignores": ["legacy/"] }`);
  await start();
  const uri = uriOf("legacy", "deep", "pay.ts");
  await client.open(uri, "");
  expect(await client.status(uri)).toMatchObject({ state: "skipped", reason: "left out by paylint.json" });
  expect(await client.diagnostics(uri)).toEqual([]);
  expect(linted).toEqual([]);
});

test("broken settings are named in the log with file and line; the recommended rules stand in", async () => {
  await settings(`{\n  "rules": { "no-such-rule": "error" }\n}`);
  await start();
  const uri = uriOf("pay.ts");
  await client.open(uri, "");
  expect(await client.status(uri)).toMatchObject({ state: "checked", settingsBroken: true });
  expect(client.log.join("\n")).toMatch(/paylint\.json:2:\d+: There is no rule "no-such-rule"/);
  expect(linted[0]!.rules[RULE]!.severity).toBe("error");
  await client.change(uri, 2, "x");
  await client.diagnostics(uri, 2);
  expect(client.log).toHaveLength(1);
});

test("changed settings are heeded at once, for all that is open", async () => {
  await settings(`{ "rules": { "${RULE}": "off" } }`);
  await start();
  const uri = uriOf("pay.ts");
  await client.open(uri, "", "typescript", 1);
  await client.diagnostics(uri);
  expect(client.watched).toContain("**/paylint.json");
  await settings(`{ "ignores": ["pay.ts"] }`);
  await client.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: uriOf("paylint.json"), type: 2 }],
  });
  await client.until(() => client.statuses.length === 2);
  expect(client.statuses[1]).toMatchObject({ version: 1, state: "skipped" });
});

test("a folder that is opened later has settings, too", async () => {
  await settings(`{ "ignores": ["pay.ts"] }`);
  await start("file:///elsewhere");
  const uri = uriOf("sub", "pay.ts");
  await client.open(uri, "");
  expect(await client.status(uri)).toMatchObject({ state: "skipped" });
  await client.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: [folder(uriOf("sub"))], removed: [] },
  });
  await client.until(() => client.statuses.length === 2);
  await client.close(uri);
  await client.open(uriOf("sub", "other.ts"), "");
  await client.diagnostics(uriOf("sub", "other.ts"));
  expect(linted.map(({ fileName }) => fileName)).toEqual(["other.ts"]);
});

test("a client that refuses to watch files is told, and served all the same", async () => {
  client = await TestClient.start({ refuseRegistration: true });
  await client.until(() => client.log.some((line) => /does not watch paylint\.json/.test(line)));
  await client.open(uriOf("pay.ts"), "");
  expect(await client.diagnostics(uriOf("pay.ts"))).toEqual([]);
});
