import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ESLint } from "eslint";
import { check, resolveConfig } from "prettier";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const COPIED = [
  ...["package.json", "tsconfig.base.json", ".prettierrc", "eslint.config.js", "README.md"],
  ...[
    "tools",
    "providers",
    "engine/package.json",
    "engine/src",
    "eslint-plugin/README.md",
    "eslint-plugin/docs",
    "docs/checklist-coverage.md",
    "docs/index.md",
    "docs/providers",
    "package.nls.json",
    "client/README.md",
    "client/src/settings.ts",
    "server/schemas",
  ],
];
const RULE = "engine/src/rules/no-foo-bar.ts";
const TEST = "engine/test/rules/no-foo-bar.test.ts";
const PAGE = "eslint-plugin/docs/rules/no-foo-bar.md";

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), "paylint-new-rule-"));
  for (const file of COPIED) cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
  const { status, output } = node("tools/new-rule.ts", "no-foo-bar", "--observes", "secret-comparison");
  if (status !== 0) throw new Error(output);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function node(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

function read(file: string): string {
  return readFileSync(path.join(copy, file), "utf8");
}

test("the new files pass lint", async () => {
  const results = await new ESLint({ cwd: copy }).lintFiles([RULE, TEST]);
  expect(results).toHaveLength(2);
  expect(results.flatMap((result) => result.messages)).toEqual([]);
});

test.each([RULE, TEST, PAGE])("%s is formatted", async (file) => {
  const filepath = path.join(copy, file);
  expect(await check(read(file), { ...(await resolveConfig(filepath)), filepath })).toBe(true);
});

test("the new files have correct types", () => {
  const compilerOptions = { composite: false, emitDeclarationOnly: false, noEmit: true, types: ["node"] };
  const files = [RULE, TEST, "engine/src/rules/index.ts"];
  const config = { extends: "./tsconfig.base.json", compilerOptions, files };
  writeFileSync(path.join(copy, "tsconfig.json"), JSON.stringify(config));
  expect(node("node_modules/typescript/bin/tsc")).toEqual({ status: 0, output: "" });
});

test("the new test passes", () => {
  const { status, output } = node("node_modules/vitest/vitest.mjs", "run", "--root", copy, TEST);
  expect(output).toMatch(/3 passed/);
  expect(status).toBe(0);
});

test("the rule is in the index and in both tables, and its page has its title", () => {
  expect(read("engine/src/rules/index.ts")).toContain("noFooBar");
  expect(read("README.md")).toContain("[no-foo-bar](eslint-plugin/docs/rules/no-foo-bar.md)");
  expect(read("eslint-plugin/README.md")).toContain("[no-foo-bar](docs/rules/no-foo-bar.md)");
  expect(read(PAGE)).toContain("# no-foo-bar");
  expect(node("tools/generate.ts", "--check")).toEqual({ status: 0, output: "" });
});

test.each([
  ["an id of one word", ["foo", "--observes", "secret"], "no-foo-bar"],
  ["a path instead of an id", ["../no-foo", "--observes", "secret"], "no-foo-bar"],
  ["no observation", ["no-foo-baz"], "--observes"],
  ["an unknown observation", ["no-foo-baz", "--observes", "moon"], "secret-comparison"],
  ["a rule that exists", ["no-foo-bar", "--observes", "secret"], "exists already"],
  ["an unknown option", ["no-foo-baz", "--looks-at", "secret"], "--looks-at"],
])("%s is refused and nothing is written", (_, args, remedy) => {
  const index = read("engine/src/rules/index.ts");
  const { status, output } = node("tools/new-rule.ts", ...args);
  expect(status).toBe(1);
  expect(output).toContain(remedy);
  expect(output).not.toContain("    at ");
  expect(read("engine/src/rules/index.ts")).toBe(index);
});
