import path from "node:path";
import { rules } from "@paylint/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oxlint } from "../../eslint-plugin/test/oxlint.ts";
import { root } from "../docs/pages.ts";
import { filesIn, FreshProject, nodes, PAY, publishingProblems } from "./project.ts";
import { COMPILATIONS, typeErrors } from "./types.ts";

/*
 * What a user installs: the packed plugin, unpacked by npm into a project of its own that has only ESLint beside it.
 */

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

let project: FreshProject;
let installed: string;

beforeAll(() => {
  project = new FreshProject({
    "src/pay.mjs": PAY,
    "src/pay.ts": "",
    "eslint.config.mjs": MODULE,
    "commonjs.config.cjs": COMMONJS,
    "typed.config.ts": TYPED,
    "typed.config.mts": TYPED,
  });
  installed = project.install("eslint-plugin");
  for (const name of ["eslint", "@types/estree", "@types/json-schema"]) project.link(name);
}, 60_000);
afterAll(() => project.remove());

// What resolves specifiers is bundled and brings its licences; the parsers are left to ESLint.
test("holds the bundle, its types, the licence and a page for each rule", () => {
  const pages = rules.map(({ id }) => `docs/rules/${id}.md`);
  const others = [
    "LICENSE",
    "README.md",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/third-party-licenses.txt",
    "package.json",
  ];
  expect(filesIn(installed)).toEqual([...others, ...pages].sort());
});

test("depends on nothing, and can be published", () => {
  expect(publishingProblems(installed)).toEqual([]);
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
    const { stdout, stderr, status } = project.run(node, args);
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

test.each(COMPILATIONS)("has types for $resolution resolution in TypeScript $version", (compilation) => {
  const file = path.join(project.folder, `typed.config.${compilation.ending}`);
  expect(typeErrors(compilation, file)).toEqual([]);
});
