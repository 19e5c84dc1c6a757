import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rules } from "@paylint/engine";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oxlint } from "./oxlint.ts";

/*
 * What a user installs: the packed plugin, unpacked by npm into a project of its own that has only ESLint beside it.
 */

const root = path.resolve(import.meta.dirname, "../..");
const PAY = `
import { createHmac } from "node:crypto";
export function genuine(body, signature, secret) {
  return createHmac("sha256", secret).update(body).digest("hex") === signature;
}
`;
const MODULE = `
import { defineConfig } from "eslint/config";
import paylint from "eslint-plugin-paylint";
export default defineConfig([{ plugins: { paylint }, extends: ["paylint/recommended"] }]);
`;
const COMMONJS = `
const paylint = require("eslint-plugin-paylint");
module.exports = [paylint.configs.strict];
`;
const TYPED = `
import { defineConfig } from "eslint/config";
import paylint, { type PaylintPlugin } from "eslint-plugin-paylint";
const plugin: PaylintPlugin = paylint;
const version: string = plugin.meta.version;
export default defineConfig([
  { plugins: { paylint }, extends: ["paylint/recommended"] },
  paylint.configs.strict,
  { rules: Object.fromEntries(Object.keys(plugin.rules).map((id) => [\`paylint/\${id}\`, "error"])) },
  { name: version },
]);
// @ts-expect-error: there is no such preset
paylint.configs.lax;
`;

let project: string;
let installed: string;

beforeAll(() => {
  if (!existsSync(path.join(root, "eslint-plugin/dist/index.js"))) {
    throw new Error("eslint-plugin/dist is missing. Build first: npm run build");
  }
  project = mkdtempSync(path.join(tmpdir(), "paylint-package-"));
  write({
    "package.json": '{ "private": true }',
    "src/pay.mjs": PAY,
    "src/pay.ts": "",
    "eslint.config.mjs": MODULE,
  });
  write({ "commonjs.config.cjs": COMMONJS, "typed.config.ts": TYPED, "typed.config.mts": TYPED });
  const packed = JSON.parse(
    npm([
      "pack",
      "--json",
      "--ignore-scripts",
      "--pack-destination",
      project,
      path.join(root, "eslint-plugin"),
    ]),
  ) as [{ filename: string }];
  npm(["install", "--offline", "--legacy-peer-deps", "--no-audit", "--no-fund", packed[0].filename]);
  for (const name of ["eslint", "@types/estree", "@types/json-schema"]) {
    const link = path.join(project, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, "node_modules", name), link, "junction");
  }
  installed = path.join(project, "node_modules/eslint-plugin-paylint");
}, 60_000);
afterAll(() => rmSync(project, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
    writeFileSync(path.join(project, name), text);
  }
}

function npm(args: readonly string[]): string {
  return execFileSync("npm", [...args, "--loglevel=error"], {
    cwd: project,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
}

/** The project's own Node, and the machine's, which npm runs on. */
const nodes = [...new Set([process.execPath, process.env.npm_node_execpath ?? process.execPath])].map(
  (node) => ({
    version: execFileSync(node, ["--version"], { encoding: "utf8" }).trim(),
    node,
  }),
);

// What resolves specifiers is bundled and brings its licences; the parsers are left to ESLint.
test("holds the bundle, its types, the licence and a page for each rule", () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const pages = rules.map(({ id }) => `docs/rules/${id}.md`);
  const others = [
    "LICENSE",
    "README.md",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/third-party-licenses.txt",
    "package.json",
  ];
  expect(files.sort()).toEqual([...others, ...pages].sort());
});

test("depends on nothing", () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8")) as object;
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).toHaveProperty("peerDependencies.eslint");
});

describe.each(nodes)("on Node $version", ({ node }) => {
  test.each([
    ["eslint", "eslint.config.mjs"],
    ["eslint", "commonjs.config.cjs"],
    ["eslint-9", "eslint.config.mjs"],
    ["eslint-9", "commonjs.config.cjs"],
  ])("is loaded by %s from %s", (eslint, config) => {
    const bin = path.join(root, "node_modules", eslint, "bin/eslint.js");
    const args = [bin, "--format", "json", "--config", config, "src/pay.mjs"];
    const { stdout, stderr, status } = run(node, args);
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    const [result] = JSON.parse(stdout) as [{ messages: { ruleId: string; line: number }[] }];
    expect(result.messages).toMatchObject([{ ruleId: "paylint/timing-safe-compare", line: 4 }]);
  });
});

test("is loaded by oxlint", async () => {
  const [findings] = await oxlint(path.join(installed, "dist/index.js"), [
    { fileName: "pay.mjs", text: PAY, origin: "here" },
  ]);
  expect(findings).toEqual([expect.stringMatching(/^4:10-\S+ timing-safe-compare: /)]);
});

test.each([
  ["node16", ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16, "typed.config.mts"],
  ["bundler", ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler, "typed.config.ts"],
])("has types for %s resolution", (_, module, moduleResolution, file) => {
  const options = {
    module,
    moduleResolution,
    strict: true,
    noEmit: true,
    types: [],
    lib: ["lib.es2023.d.ts"],
    target: ts.ScriptTarget.ES2023,
  };
  const program = ts.createProgram([path.join(project, file)], options);
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
  expect(messages).toEqual([]);
});

function run(
  node: string,
  args: readonly string[],
): { stdout: string; stderr: string; status: number | null } {
  try {
    const stdout = execFileSync(node, args, { cwd: project, encoding: "utf8", stdio: "pipe" });
    return { stdout, stderr: "", status: 0 };
  } catch (error) {
    return error as { stdout: string; stderr: string; status: number | null };
  }
}
