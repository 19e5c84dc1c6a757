import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { lintText } from "@paylint/engine";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  ClientCapabilities,
  DocumentDiagnosticReport,
  FullDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { folder, TestClient } from "./client.ts";

const PULLS: ClientCapabilities = {
  textDocument: { diagnostic: { relatedInformation: true } },
  workspace: { diagnostics: { refreshSupport: true } },
  window: { workDoneProgress: true },
};

let root: string;
let client: TestClient;

beforeEach(() => {
  root = makeTree({ "pay.ts": UNSAFE, "safe.ts": SAFE, "deep/pay.ts": UNSAFE });
});
afterEach(() => client.stop());

function uri(name = ""): string {
  return pathToFileURL(path.join(root, name)).href.replace(/\/$/, "");
}

function write(name: string, text: string): Promise<void> {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
  return changed(name);
}

function changed(name: string): Promise<void> {
  return client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(name), type: 2 }] });
}

async function start(initializationOptions: object = {}): Promise<void> {
  client = await TestClient.start({ folder: uri(), capabilities: PULLS, initializationOptions });
}

function pull(name: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return client.request("textDocument/diagnostic", {
    textDocument: { uri: uri(name) },
    ...(previousResultId !== undefined && { previousResultId }),
  }) as Promise<DocumentDiagnosticReport>;
}

/** What changed in the workspace since some reports; waits until there is something. */
async function workspace(
  before: readonly WorkspaceDocumentDiagnosticReport[] = [],
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const previousResultIds = before.map(({ uri: each, resultId }) => ({ uri: each, value: resultId! }));
  const report = (await client.request("workspace/diagnostic", {
    previousResultIds,
  })) as WorkspaceDiagnosticReport;
  return report.items;
}

/** `name: number of findings`, sorted. */
function counts(items: readonly WorkspaceDocumentDiagnosticReport[]): string[] {
  return items
    .map((item) => `${item.uri.slice(uri().length + 1)}: ${"items" in item ? item.items.length : "same"}`)
    .sort();
}

function codes(report: DocumentDiagnosticReport): unknown[] {
  return (report as FullDocumentDiagnosticReport).items.map(({ code }) => code);
}

describe("an open document", () => {
  test("is answered with its newest text, and nothing is pushed", async () => {
    await start();
    await client.open(uri("pay.ts"), UNSAFE);
    const report = await pull("pay.ts");
    expect(codes(report)).toEqual(["timing-safe-compare"]);
    await client.change(uri("pay.ts"), 2, SAFE);
    expect(codes(await pull("pay.ts"))).toEqual([]);
    expect(client.published).toEqual([]);
  });

  test("that did not change is answered with that alone", async () => {
    await start();
    await client.open(uri("pay.ts"), UNSAFE);
    const { resultId } = await pull("pay.ts");
    expect(await pull("pay.ts", resultId)).toEqual({ kind: "unchanged", resultId });
    await client.change(uri("pay.ts"), 2, `${UNSAFE}// more\n`);
    expect(await pull("pay.ts", resultId)).toEqual({ kind: "unchanged", resultId });
    await client.change(uri("pay.ts"), 3, `\n${UNSAFE}`);
    expect(await pull("pay.ts", resultId)).toMatchObject({ kind: "full" });
  });

  test("is not looked at for a question that was taken back", async () => {
    const linted: string[] = [];
    client = await TestClient.start({
      folder: uri(),
      capabilities: PULLS,
      parts: { lint: (source, rules, host) => (linted.push(source.text), lintText(source, rules, host)) },
    });
    const asked = client.cancellable("textDocument/diagnostic", { textDocument: { uri: uri("pay.ts") } });
    asked.cancel();
    await expect(asked.answer).rejects.toThrow(/cancel/i);
    expect(linted).toEqual([]);
  });

  test("of other findings, though nobody typed in it, makes the client ask again", async () => {
    await start();
    await client.open(uri("pay.ts"), UNSAFE);
    expect(codes(await pull("pay.ts"))).toHaveLength(1);
    await write("paylint.json", '{ "rules": { "timing-safe-compare": "off" } }');
    await client.until(() => client.refreshes > 0);
    expect(codes(await pull("pay.ts"))).toEqual([]);
  });
});

describe("the files of a folder", () => {
  test("are told without being opened; then only what changed is", async () => {
    await start();
    const first = await workspace();
    expect(counts(first)).toEqual(["deep/pay.ts: 1", "pay.ts: 1"]);
    const { items } = first[0] as FullDocumentDiagnosticReport;
    expect(items[0]).toMatchObject({ code: "timing-safe-compare", source: "paylint", severity: 1 });
    expect(items[0]!.relatedInformation!.length).toBeGreaterThan(0);
    const next = workspace(first);
    await write("deep/pay.ts", SAFE);
    expect(counts(await next)).toEqual(["deep/pay.ts: 0"]);
    const last = workspace([...first.filter(({ uri: each }) => each === uri("pay.ts"))]);
    rmSync(path.join(root, "pay.ts"));
    await changed("pay.ts");
    expect(counts(await last)).toEqual(["pay.ts: 0"]);
  });

  test("are told part by part to a client that takes the answer so", async () => {
    await start();
    const parts: WorkspaceDocumentDiagnosticReport[][] = [];
    const asked = client.cancellable("workspace/diagnostic", {
      previousResultIds: [],
      partialResultToken: "parts",
    });
    client.onPart<WorkspaceDiagnosticReport>("parts", ({ items }) => parts.push(items));
    await client.until(() => parts.length === 1);
    await write("deep/pay.ts", SAFE);
    await client.until(() => parts.length === 2);
    asked.cancel();
    expect(await asked.answer).toEqual({ items: [] });
    expect(parts.map(counts)).toEqual([["deep/pay.ts: 1", "pay.ts: 1"], ["deep/pay.ts: 0"]]);
  });

  test("that an editor holds are asked about by themselves, and told again when they are closed", async () => {
    await start();
    const first = await workspace();
    await client.open(uri("pay.ts"), SAFE);
    expect(codes(await pull("pay.ts"))).toEqual([]);
    const next = workspace(first.filter(({ uri: each }) => each !== uri("pay.ts")));
    await client.close(uri("pay.ts"));
    expect(counts(await next)).toEqual(["pay.ts: 1"]);
    expect(codes(await pull("pay.ts"))).toEqual(["timing-safe-compare"]);
  });

  test("heed settings that change, each folder its own", async () => {
    await start();
    const first = await workspace();
    const next = workspace(first);
    await write("paylint.json", '{ "ignores": ["deep/"] }');
    expect(counts(await next)).toContain("deep/pay.ts: 0");
    const other = makeTree({ "other.ts": UNSAFE, "paylint.json": '{ "rules": {} }' });
    await client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [folder(pathToFileURL(other).href)], removed: [] },
    });
    const known = first.filter(({ uri: each }) => each === uri("pay.ts"));
    expect((await workspace(known)).map(({ uri: each }) => each)).toEqual([
      pathToFileURL(path.join(other, "other.ts")).href,
    ]);
  });

  test("are looked at once more when a person asks for it, whatever is remembered", async () => {
    const storage = makeTree({});
    await start({ storage });
    await workspace();
    const before = client.progress.length;
    await client.ask("paylint/checkWorkspace", null);
    expect(client.progress.slice(before).map(({ kind }) => kind)).toEqual(["begin", "report", "end"]);
  });

  test("are left alone for a client that does not want to hear of them", async () => {
    await start({ workspace: false });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: false });
    await client.open(uri("pay.ts"), UNSAFE);
    expect(codes(await pull("pay.ts"))).toEqual(["timing-safe-compare"]);
    expect(client.progress).toEqual([]);
  });

  test("a question that waits is answered when it is taken back", async () => {
    await start();
    const first = await workspace();
    const waiting = client.cancellable("workspace/diagnostic", {
      previousResultIds: first.map(({ uri: each, resultId }) => ({ uri: each, value: resultId })),
    });
    waiting.cancel();
    expect(await waiting.answer).toEqual({ items: [] });
  });
});

describe("looking at them", () => {
  test("is shown while it goes on, and summed up", async () => {
    await start();
    await workspace();
    await client.until(() =>
      client.log.some((line) => /3 files looked at in .* 2 findings in 2 files/.test(line)),
    );
    expect(client.progress.map(({ kind }) => kind)).toEqual(["begin", "report", "end"]);
    expect(client.progress[0]).toMatchObject({
      cancellable: true,
      title: `Paylint looks at ${path.basename(root)}`,
    });
  });

  test("can be stopped", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`many/pay-${at}.ts`, `${UNSAFE}// ${at}\n`]),
    );
    root = makeTree(files);
    client = await TestClient.start({ folder: uri(), capabilities: PULLS, cancelProgress: true });
    await client.until(() => client.log.some((line) => line.includes("It was stopped before the end.")));
    expect(client.progress.at(-1)).toMatchObject({ kind: "end" });
    await client.open(uri("many/pay-399.ts"), UNSAFE);
    expect(codes(await pull("many/pay-399.ts"))).toEqual(["timing-safe-compare"]);
  });

  test("is spared at the next start for what did not change", async () => {
    const storage = makeTree({});
    await start({ storage });
    const first = await workspace();
    expect(client.progress).not.toEqual([]);
    await client.stop();
    expect(readdirSync(storage)).toHaveLength(1);
    writeFileSync(path.join(root, "safe.ts"), `${UNSAFE}// now\n`);
    await start({ storage });
    const second = await workspace();
    expect(counts(second)).toEqual(["deep/pay.ts: 1", "pay.ts: 1", "safe.ts: 1"]);
    expect(client.progress.find(({ kind }) => kind === "report")).toMatchObject({ message: "1 of 1 files" });
    expect(first[0]!.resultId).toBe(second.find(({ uri: each }) => each === first[0]!.uri)!.resultId);
    await client.stop();
    await start({ storage });
    expect(counts(await workspace())).toHaveLength(3);
    expect(client.progress).toEqual([]);
  });
});
