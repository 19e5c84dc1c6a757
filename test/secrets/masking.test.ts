import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Host, presetSettings } from "@paylint/engine";
import { Linter } from "eslint";
import { beforeAll, describe, expect, test } from "vitest";
import paylint from "../../eslint-plugin/src/index.ts";
import { live } from "../../engine/test/observe/secrets/fake.ts";
import { lintFiles } from "../../server/src/project/lint-files.ts";
import { paylint as run, paylintWith } from "../../server/test/cli/run.ts";
import { TestClient } from "../../server/test/language-server/client.ts";
import { commitAll, git, GIT_ENV, makeRepository } from "../../server/test/repository.ts";
import { makeTree } from "../../server/test/tree.ts";
import { planted, plantedFiles, traceOf } from "./planted.ts";

Object.assign(process.env, GIT_ENV);

const FILES = plantedFiles();
const TRACES = planted().map(({ setting, value }) => ({ setting, trace: traceOf(value) }));

/** The settings whose values stand in a text, escaped as JSON or not. */
function leaked(text: string): string[] {
  return TRACES.filter(({ trace }) => text.includes(trace)).map(({ setting }) => setting);
}

test("the files hold every planted value, so that a leak would be seen", () => {
  for (const text of [FILES["src/pay.js"]!, FILES[".env"]!, FILES["main.tf"]!])
    expect(leaked(text)).toHaveLength(TRACES.length);
});

describe("on the command line", () => {
  let root: string;
  beforeAll(() => {
    root = makeRepository(
      { ...FILES, "paylint.json": '{ "providers": ["stripe", "paymongo"] }' },
      () => undefined,
    );
    commitAll(root);
    writeFileSync(path.join(root, "new.env"), FILES[".env"]!);
    git(root, "add", "new.env");
  });

  const formats = ["stylish", "json", "sarif", "markdown", "gitlab-sast"];
  const CHECK = formats.flatMap((format) =>
    [
      [],
      ["--preset", "strict", "--verbose"],
      ["--staged"],
      ["--history"],
      ["--threads", "2", "--no-link"],
    ].map((flags) => ["check", "--format", format, ...flags]),
  );
  const STATUS = ["text", "json", "markdown"].map((format) => ["status", "--format", format]);
  const REPORT = ["html", "markdown"].map((format) => ["report", "--format", format]);

  test.each([...CHECK, ...STATUS, ...REPORT].map((args) => [args.join(" "), args] as const))(
    "paylint %s",
    async (_, args) => {
      const { stdout, stderr, code } = await run(root, ...args);
      expect(code, stderr).toBeLessThan(2);
      expect(stdout.length).toBeGreaterThan(100);
      expect(leaked(stdout + stderr)).toEqual([]);
    },
  );

  test.each([
    ["a path", ["check", live]],
    ["a pattern", ["check", `${live}/*.ts`]],
    ["a rule", ["check", "--rule", `${live}:error`]],
    ["a severity", ["check", "--rule", `no-hardcoded-secrets:${live}`]],
    ["a format", ["check", "--format", live]],
    ["an option", ["check", `--${live}`]],
    ["a command", [live]],
    ["an item", ["sign", live]],
    ["evidence", ["sign", "paymongo/endpoint-registered", "--evidence", `https://example.com/${live}`]],
    ["a note", ["sign", "paymongo/endpoint-registered", "--note", live]],
    ["a gate", ["status", "--gate", live]],
    ["a folder", ["status", live]],
    ["a file to write to", ["check", "--output", `${live}/a/b`]],
  ])("%s that is a key", async (_, args) => {
    const { stdout, stderr, code } = await run(root, ...args);
    expect(code).toBe(2);
    expect(stderr).not.toBe("");
    expect(stdout + stderr).not.toContain(traceOf(live));
  });

  test.each([
    ["paylint.json", `{ "rules": { "${live}": "error" }, "${live}": 1, "providers": ["${live}"] }`],
    ["paylint.json", `{ "rules": { "no-hardcoded-secrets": "${live}" }, "gate": "${live}" }`],
    ["paylint.json", `{ "customProviders": ["${live}.json"] }`],
    ["paylint.json", `{ ${live}`],
    ["go-live.json", `{ "items": { "${live}": { "who": "${live}" } } }`],
    ["go-live.json", `${live}`],
  ])("a broken %s that holds a key: %#", async (name, text) => {
    const folder = makeTree({ "pay.js": FILES["src/pay.js"]!, [name]: text });
    const { stdout, stderr } = await run(folder, "status");
    expect(stdout + stderr).not.toBe("");
    expect(leaked(stdout + stderr)).toEqual([]);
    expect(stdout + stderr).not.toContain(traceOf(live));
  });

  test("the clock that is no time", async () => {
    const { stderr } = await paylintWith({ PAYLINT_NOW: live }, root, "status");
    expect(stderr).toContain("PAYLINT_NOW");
    expect(stderr).not.toContain(traceOf(live));
  });
});

describe("in the editor", () => {
  test("diagnostics, hovers, actions, the checklist, its report, states and logs", async () => {
    const root = makeTree({ ...FILES, "paylint.json": '{ "providers": ["stripe"] }' });
    const client = await TestClient.start({
      folder: pathToFileURL(root).href,
      initializationOptions: { status: true, checklist: true },
      capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
    });
    const said: unknown[] = [];
    for (const [name, text] of Object.entries(FILES)) {
      const uri = pathToFileURL(path.join(root, name)).href;
      await client.open(uri, text, "");
      const diagnostics = await client.diagnostics(uri);
      if (!name.includes("broken")) expect(diagnostics.length, name).toBeGreaterThan(0);
      for (const { range } of diagnostics.slice(0, 60)) {
        const asked = { textDocument: { uri }, position: range.start };
        said.push(await client.request("textDocument/hover", asked));
      }
      // Each way to suppress a finding is tried on the whole text, so a few findings stand for all.
      for (const { range } of diagnostics.slice(0, 3))
        said.push(...(await client.codeActions(uri, range)).map(({ title }) => title));
    }
    await client.until(() => client.checklists.some(({ scanning }) => !scanning));
    said.push(
      await client
        .request("paylint/report", { folder: client.checklists.at(-1)!.folder, format: "html" })
        .catch(String),
    );
    await client.stop();
    said.push(client.published, client.statuses, client.checklists, client.log);
    expect(leaked(JSON.stringify(said))).toEqual([]);
  }, 60_000);

  test("an error of our own that quotes the file", async () => {
    const client = await TestClient.start({
      parts: {
        lint: ({ text }) => {
          throw new Error(text);
        },
      },
    });
    await client.open("file:///shop/pay.js", FILES["src/pay.js"]!, "javascript");
    await client.diagnostics("file:///shop/pay.js");
    await client.stop();
    expect(client.log.join("\n")).toContain("Paylint failed on it: Error");
    expect(leaked(JSON.stringify([client.log, client.statuses]))).toEqual([]);
  });
});

test("an error of our own in a run quotes nothing of a file", () => {
  const root = makeTree({
    "a.js": 'import { api } from "./client.js";\nexport const refund = () => api.post("/v1/refunds", {});\n',
  });
  const host: Host = {
    find: () => {
      throw new Error(readFileSync(path.join(root, "a.js"), "utf8") + live);
    },
    importersOf: () => undefined,
  };
  const context = { root, rules: presetSettings("strict"), link: true };
  const [outcome] = lintFiles([{ path: path.join(root, "a.js"), explicit: true }], context, host);
  expect(outcome).toMatchObject({ failure: { reason: "crashed" } });
  expect(JSON.stringify(outcome)).not.toContain(traceOf(live));
  expect(JSON.stringify(outcome)).not.toContain("refunds");
});

test("under ESLint", () => {
  const messages = new Linter().verify(FILES["src/pay.js"]!, [paylint.configs.strict], "src/pay.js");
  expect(messages.length).toBeGreaterThan(TRACES.length);
  const told = messages.map(({ message, suggestions }) => [message, suggestions?.map(({ desc }) => desc)]);
  expect(leaked(JSON.stringify(told))).toEqual([]);
});
