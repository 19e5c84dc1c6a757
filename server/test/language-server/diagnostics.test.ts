import type { LintResult, SourceText } from "@paylint/engine";
import { afterEach, expect, test } from "vitest";
import type { ServerParts } from "../../src/app.ts";
import { changeTo, TestClient } from "./client.ts";

let client: TestClient;
afterEach(() => client.stop());

const URI = "file:///shop/pay.ts";

/** A lint that reports each "bad" of a text, so that these tests are about the server and no rule. */
function lintBad({ text }: SourceText): LintResult {
  const findings = [...text.matchAll(/bad/g)].map(({ index }) => ({
    ruleId: "no-bad",
    messageId: "bad",
    severity: "error" as const,
    message: "This is bad.",
    range: { start: index, end: index + 3 },
    related: [{ range: { start: 0, end: 1 }, message: "It begins here." }],
  }));
  return { findings, suppressed: [], observations: [], problems: [], links: [], importersOf: [] };
}

/** Lints as above and keeps a list of what was linted. */
function watched(): { parts: ServerParts; linted: SourceText[] } {
  const linted: SourceText[] = [];
  return { linted, parts: { lint: (source) => (linted.push(source), lintBad(source)) } };
}

const parts: ServerParts = { lint: lintBad };

test("an opened document is linted as it stands, without a change or a save", async () => {
  client = await TestClient.start({ parts });
  await client.open(URI, "x;\r\n bad;\r\n");
  expect(await client.diagnostics(URI)).toEqual([
    {
      range: { start: { line: 1, character: 1 }, end: { line: 1, character: 4 } },
      severity: 1,
      source: "paylint",
      code: "no-bad",
      codeDescription: { href: expect.stringMatching(/^https:\/\/.*\/no-bad\.md$/) },
      message: "This is bad.",
      relatedInformation: [
        {
          location: { uri: URI, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
          message: "It begins here.",
        },
      ],
    },
  ]);
  expect(await client.status(URI)).toEqual({ uri: URI, version: 1, state: "checked", settingsBroken: false });
});

test("a change is linted in its newest text and published with its version", async () => {
  client = await TestClient.start({ parts });
  await client.open(URI, "bad");
  await client.diagnostics(URI);
  await client.notify("textDocument/didChange", {
    textDocument: { uri: URI, version: 2 },
    contentChanges: [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, text: "good" },
    ],
  });
  expect(await client.diagnostics(URI, 2)).toEqual([]);
  await client.change(URI, 3, "bad bad");
  expect(await client.diagnostics(URI, 3)).toHaveLength(2);
});

test("a burst of changes is linted once, in its newest version", async () => {
  const { parts, linted } = watched();
  client = await TestClient.start({ parts });
  const changes = Array.from({ length: 50 }, (_, index) => ({
    method: "textDocument/didChange",
    params: changeTo(URI, index + 2, "bad ".repeat(index)),
  }));
  const textDocument = { uri: URI, languageId: "typescript", version: 1, text: "bad" };
  client.writeAtOnce([{ method: "textDocument/didOpen", params: { textDocument } }, ...changes]);
  expect(await client.diagnostics(URI, 51)).toHaveLength(49);
  expect(linted).toHaveLength(1);
  expect(client.published.map(({ version }) => version)).toEqual([51]);
});

test("documents that wait are linted in the order in which they came", async () => {
  const { parts, linted } = watched();
  client = await TestClient.start({ parts });
  const uris = ["a", "b", "c"].map((name) => `file:///shop/${name}.ts`);
  client.writeAtOnce(
    uris.map((uri) => ({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "typescript", version: 1, text: "bad" } },
    })),
  );
  await client.diagnostics(uris[2]!);
  expect(linted.map(({ fileName }) => fileName)).toEqual(["/shop/a.ts", "/shop/b.ts", "/shop/c.ts"]);
});

test("closing a document clears it, also when its last text still waits", async () => {
  const { parts, linted } = watched();
  client = await TestClient.start({ parts });
  await client.open(URI, "bad");
  expect(await client.diagnostics(URI)).toHaveLength(1);
  client.writeAtOnce([
    { method: "textDocument/didChange", params: changeTo(URI, 2, "bad bad") },
    { method: "textDocument/didClose", params: { textDocument: { uri: URI } } },
  ]);
  await client.open("file:///shop/other.ts", "");
  await client.diagnostics("file:///shop/other.ts");
  expect(client.published.filter(({ uri }) => uri === URI).at(-1)).toEqual({ uri: URI, diagnostics: [] });
  expect(linted.map(({ text }) => text)).toEqual(["bad", ""]);
});

test("a document that is opened again is linted again", async () => {
  client = await TestClient.start({ parts });
  await client.open(URI, "bad");
  await client.diagnostics(URI);
  await client.close(URI);
  await client.open(URI, "bad bad", "typescript", 7);
  expect(await client.diagnostics(URI, 7)).toHaveLength(2);
});

test("languages that Paylint does not read are left alone", async () => {
  const { parts, linted } = watched();
  client = await TestClient.start({ parts });
  await client.open("file:///shop/notes.rst", "bad", "restructuredtext");
  await client.open("file:///shop/pay.py", "bad", "python");
  await client.open("untitled:Untitled-1", "bad", "plaintext");
  await client.close("file:///shop/notes.rst");
  await client.open(URI, "bad");
  await client.diagnostics(URI);
  expect(linted).toHaveLength(1);
  expect(client.published.map(({ uri }) => uri)).toEqual([URI]);
});

test.for([
  ["file:///shop/.env", "plaintext", "/shop/.env"],
  ["file:///shop/.env.production", "properties", "/shop/.env.production"],
  ["file:///shop/my%20shop/pay.tsx", "typescriptreact", "/shop/my shop/pay.tsx"],
  ["file:///shop/config.json", "json", "/shop/config.json"],
  ["file:///shop/bin/pay", "javascript", "/shop/bin/pay.js"],
  ["untitled:Untitled-1", "typescript", "Untitled-1.ts"],
  ["vscode-vfs://github/shop/pay.js", "javascript", "/shop/pay.js"],
  ["file:///shop/100%/pay.js", "javascript", "file:///shop/100%/pay.js"],
] as const)("%s (%s) is linted under the name %s", async ([uri, languageId, fileName]) => {
  const { parts, linted } = watched();
  client = await TestClient.start({ parts });
  await client.open(uri, "bad", languageId);
  expect(await client.diagnostics(uri)).toHaveLength(1);
  expect(linted[0]!.fileName).toBe(fileName);
});

test("a file of more than 1 MB is answered without being read, and says so", async () => {
  const { parts, linted } = watched();
  client = await TestClient.start({ parts });
  await client.open(URI, "bad ".repeat(300_000));
  expect(await client.diagnostics(URI)).toEqual([]);
  expect(await client.status(URI)).toMatchObject({ state: "skipped", reason: "larger than 1 MB" });
  expect(client.log.join("\n")).toContain("/shop/pay.ts: not checked, larger than 1 MB");
  expect(linted).toEqual([]);
  await client.change(URI, 2, "bad");
  expect(await client.diagnostics(URI, 2)).toHaveLength(1);
});

test("a file on which the analysis fails gets an empty report and a log line without its text", async () => {
  const secret = "x".repeat(9);
  client = await TestClient.start({
    parts: {
      lint(source) {
        if (source.text.includes(secret)) throw new TypeError(`cannot read ${source.text}`);
        return lintBad(source);
      },
    },
  });
  await client.open(URI, "bad");
  await client.diagnostics(URI);
  await client.change(URI, 2, `bad ${secret}`);
  expect(await client.diagnostics(URI, 2)).toEqual([]);
  expect(await client.status(URI, 2)).toMatchObject({ state: "failed" });
  const log = client.log.join("\n");
  expect(log).toContain("/shop/pay.ts: not checked, Paylint failed on it: TypeError");
  expect(log).toContain("diagnostics.test.ts");
  expect(log).not.toContain(secret);
  await client.change(URI, 3, "bad");
  expect(await client.diagnostics(URI, 3)).toHaveLength(1);
});

test("a client that knows nothing of ours gets plain LSP", async () => {
  client = await TestClient.start({ parts, initializationOptions: null, relatedInformation: false });
  await client.open(URI, "bad");
  const [diagnostic] = await client.diagnostics(URI);
  expect(diagnostic).not.toHaveProperty("relatedInformation");
  await client.change(URI, 2, "bad");
  await client.diagnostics(URI, 2);
  expect(client.statuses).toEqual([]);
});
