import { existsSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { makeTree, UNSAFE } from "../tree.ts";
import { ServedProcess } from "./served.ts";

/*
 * What somebody may have put into a repository that a person only wants to read. Each piece of code in it writes a file
 * when it is run.
 */

let root: string;
let elsewhere: string;
let server: ServedProcess;

beforeEach(() => {
  elsewhere = makeTree({ "secret.ts": UNSAFE });
  const trap = `require("node:fs").writeFileSync(${JSON.stringify(path.join(elsewhere, "trapped"))}, "");\n`;
  const script = `node -e ${JSON.stringify(trap)}`;
  root = makeTree({
    "pay.ts": UNSAFE,
    "eslint.config.js": `import "eslint-plugin-paylint";\n${trap}`,
    ".eslintrc.js": trap,
    "paylint.config.js": trap,
    ".vscode/settings.json": JSON.stringify({ "paylint.server": script, "eslint.nodePath": "." }),
    "package.json": JSON.stringify({
      main: "trap.js",
      scripts: { preinstall: script, prepare: script, test: script },
      workspaces: ["packages/*"],
    }),
    "trap.js": trap,
    "packages/evil/package.json": JSON.stringify({ name: "evil", main: "index.js" }),
    "packages/evil/index.js": trap,
    "node_modules/eslint/index.js": trap,
    "node_modules/eslint-plugin-paylint/index.js": trap,
    "node_modules/eslint-plugin-paylint/package.json": '{ "main": "index.js" }',
    "node_modules/paylint/index.js": trap,
    "node_modules/typescript/lib/typescript.js": trap,
    "tsconfig.json": JSON.stringify({
      extends: "./trap.js",
      compilerOptions: { plugins: [{ name: "evil" }] },
    }),
    ".git/config": `[core]\n  fsmonitor = ${script}\n  sshCommand = ${script}\n[user]\n  name = x\n`,
    ".git/hooks/post-checkout": `#!/bin/sh\n${script}\n`,
    "uses.ts": `import "./trap";\nimport "evil";\nimport "./out/secret";\n${UNSAFE}`,
  });
  symlinkSync(elsewhere, path.join(root, "out"));
  symlinkSync(path.join(elsewhere, "secret.ts"), path.join(root, "link.ts"));
  symlinkSync(root, path.join(root, "circle"));
});

afterEach(async () => {
  await server.stop();
  expect(existsSync(path.join(elsewhere, "trapped"))).toBe(false);
});

function uri(name = ""): string {
  return pathToFileURL(path.join(root, name)).href.replace(/\/$/, "");
}

async function start(): Promise<void> {
  server = await ServedProcess.start({
    workspaceFolders: [{ uri: uri(), name: "hostile" }],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } },
    initializationOptions: { checklist: true },
  });
  await server.connection.sendNotification("paylint/eslint", { runs: true });
}

/** The files of the folder that have findings. */
async function found(): Promise<string[]> {
  await start();
  const report: WorkspaceDiagnosticReport = await server.connection.sendRequest("workspace/diagnostic", {
    previousResultIds: [],
  });
  return report.items.map((item) => item.uri.slice(uri().length + 1)).sort();
}

test("nothing of it is run, and no link leads out", async () => {
  expect(await found()).toEqual(["pay.ts", "uses.ts"]);
});

test.skipIf(process.platform === "win32").for(["go-live.json", ".gitignore"])(
  "a file %s that never ends keeps nothing from being checked",
  async (name) => {
    symlinkSync("/dev/zero", path.join(root, name));
    expect(await found()).toEqual(["pay.ts", "uses.ts"]);
  },
);

test.skipIf(process.platform === "win32").for(["paylint.json", "packages/evil/eslint.config.js"])(
  "a file %s that never ends keeps no open document from being checked",
  async (name) => {
    symlinkSync("/dev/zero", path.join(root, name));
    await start();
    const document = uri("packages/evil/pay.ts");
    await server.open(document, UNSAFE);
    const asked = { textDocument: { uri: document } };
    const report = await server.connection.sendRequest("textDocument/diagnostic", asked);
    expect(report).toMatchObject({ kind: "full" });
  },
);

test("sign-offs without end, and nested without end", async () => {
  const file = path.join(root, "go-live.json");
  writeFileSync(file, "");
  truncateSync(file, 20 * 1024 ** 3);
  expect(await found()).toEqual(["pay.ts", "uses.ts"]);
  await server.stop();
  writeFileSync(file, "[".repeat(5_000_000));
  expect(await found()).toEqual(["pay.ts", "uses.ts"]);
});
