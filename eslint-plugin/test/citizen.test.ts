import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { SAFE, UNSAFE } from "../../server/test/tree.ts";
import manifest from "../package.json" with { type: "json" };
import { PARSING, RAW, ROUTER } from "./mounted.ts";
import { Citizen, ESLINTS, type LintedFile, NEWEST } from "./citizen.ts";

/*
 * The built plugin in projects as teams have them: their ESLint as a process of its own, with its options, and the
 * parsers and plugins that stand beside.
 */

const KEY = ["sk", "live", "GroundCoffeeGroundCoffee"].join("_");
const TIMING = "4 paylint/timing-safe-compare";
const TYPED = UNSAFE.replace(
  "(body, signature, key)",
  "(body: string, signature: string, key: string): boolean",
);

const PRESET = `import paylint from "eslint-plugin-paylint";
export default [paylint.configs.recommended, { files: ["**/*.ts"], languageOptions: { parser: await parser() } }];
async function parser() { return (await import("@typescript-eslint/parser")).default; }
`;
const PLAIN = `import paylint from "eslint-plugin-paylint";
export default [paylint.configs.recommended];
`;

/** What `PLAIN` finds in files that all hold `UNSAFE`. */
function unsafe(...files: readonly string[]): LintedFile[] {
  return files.map((file) => ({ file, found: [TIMING] }));
}

function citizen(eslint: string, files: Readonly<Record<string, string>>, config = PLAIN): Citizen {
  const project = new Citizen(eslint, { "eslint.config.mjs": config, ...files });
  onTestFinished(() => project.remove());
  return project;
}

test("the peers that the manifest names are those that are tested here, first and newest", () => {
  const first = ESLINTS.filter(({ name }) => name.endsWith("-first")).map(({ version }) => version);
  expect(manifest.peerDependencies.eslint).toBe(first.map((version) => `^${version}`).join(" || "));
  expect(NEWEST.map(({ version }) => version.split(".")[0])).toEqual(first.map((each) => each.split(".")[0]));
});

describe.each(ESLINTS)("ESLint $version", ({ name }) => {
  test("lints JavaScript, TypeScript and environment files with the presets", () => {
    const config = PRESET.replace("paylint.configs.recommended,", "$& paylint.configs.dotenv,");
    const files = { "a.js": UNSAFE, "b.cjs": "", "c.ts": TYPED, "d.js": SAFE, ".env": `STRIPE=${KEY}\n` };
    expect(citizen(name, files, config).lint([".", ".env"])).toEqual([
      { file: ".env", found: ["1 paylint/no-hardcoded-secrets"] },
      ...unsafe("a.js", "c.ts"),
    ]);
  });
});

describe.each(NEWEST)("ESLint $version", ({ name }) => {
  test("finds the same in several threads", () => {
    const files = Object.fromEntries(["a", "b", "c", "d"].map((each) => [`${each}.js`, UNSAFE]));
    const project = citizen(name, files);
    expect(project.lint(["--concurrency", "2", "."])).toEqual(unsafe(...Object.keys(files)));
  });

  test("keeps known findings quiet by ESLint's own suppressions, and reports new ones", () => {
    const project = citizen(name, { "a.js": UNSAFE });
    expect(project.eslint(["--suppress-all", "."]).status).toBe(0);
    const stored = readFileSync(path.join(project.folder, "eslint-suppressions.json"), "utf8");
    expect(JSON.parse(stored)).toEqual({ "a.js": { "paylint/timing-safe-compare": { count: 1 } } });
    expect(project.lint()).toEqual([]);
    project.write({ "b.js": UNSAFE });
    expect(project.lint()).toEqual(unsafe("b.js"));
    project.write({ "a.js": SAFE, "b.js": SAFE });
    expect(project.eslint(["."]).stderr).toContain("suppressions left that do not occur anymore");
    expect(project.eslint(["--prune-suppressions", "."]).status).toBe(0);
  });

  test.each([
    ["by its name", `extends: ["paylint/recommended"]`],
    ["by its object", `extends: [paylint.configs.recommended]`],
    ["by its name, for some files", `files: ["src/**"], extends: ["paylint/strict"]`],
  ])("takes a preset in defineConfig %s", (_, extending) => {
    const config = `import { defineConfig } from "eslint/config";
import paylint from "eslint-plugin-paylint";
export default defineConfig([{ plugins: { paylint }, ${extending} }]);
`;
    expect(citizen(name, { "src/a.js": UNSAFE }, config).lint()).toEqual(unsafe("src/a.js"));
  });

  test.each([
    ["espree", ""],
    ["@typescript-eslint/parser", `parser: (await import("@typescript-eslint/parser")).default`],
    [
      "@babel/eslint-parser",
      `parser: (await import("@babel/eslint-parser")).default, parserOptions: { requireConfigFile: false }`,
    ],
  ])("finds the same in the tree of %s", (_, options) => {
    const config = PLAIN.replace("recommended", `recommended, { languageOptions: { ${options} } }`);
    expect(citizen(name, { "a.js": UNSAFE }, config).lint()).toEqual(unsafe("a.js"));
  });

  test("stands beside typescript-eslint, @eslint/json and eslint-plugin-yml", () => {
    const config = `import js from "@eslint/js";
import json from "@eslint/json";
import yml from "eslint-plugin-yml";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import paylint from "eslint-plugin-paylint";
const secrets = { plugins: { paylint }, rules: { "paylint/no-hardcoded-secrets": "error" } };
export default defineConfig([
  { files: ["**/*.ts"], plugins: { js }, extends: [js.configs.recommended, tseslint.configs.recommended] },
  { plugins: { paylint }, extends: ["paylint/recommended"] },
  { files: ["**/*.json"], plugins: { json }, language: "json/json", extends: ["json/recommended"] },
  { files: ["**/*.{yml,yaml}"], extends: [yml.configs.recommended] },
  { files: ["**/*.{json,yml,yaml}"], ...secrets },
]);
`;
    const files = {
      "a.ts": `let first: any;\n${TYPED}`,
      "b.json": `{ "first": 1,\n"first": 2,\n"stripe": "${KEY}" }\n`,
      "c.yml": `stripe: ${KEY}\nempty:\n`,
    };
    const found = citizen(name, files, config).lint();
    expect(found.map(({ file }) => file)).toEqual(["a.ts", "b.json", "c.yml"]);
    expect(found[0]!.found).toEqual(
      expect.arrayContaining(["1 @typescript-eslint/no-explicit-any", "5 paylint/timing-safe-compare"]),
    );
    expect(found[1]!.found).toEqual(["2 json/no-duplicate-keys", "3 paylint/no-hardcoded-secrets"]);
    expect(found[2]!.found).toEqual(["1 paylint/no-hardcoded-secrets", "2 yml/no-empty-mapping-value"]);
  });

  test.each([
    ["without TypeScript", "nothing", "a.js", UNSAFE, PLAIN],
    ["with TypeScript 5", "typescript-5", "a.ts", TYPED, PRESET],
    ["with TypeScript 6", "typescript", "a.ts", TYPED, PRESET],
  ])("runs %s", (_, typescript, file, text, config) => {
    const project = citizen(name, { [file]: text, "preload.cjs": resolving(typescript) }, config);
    const preload = path.join(project.folder, "preload.cjs");
    expect(project.lint([file], preload)).toEqual(unsafe(file));
  });
});

test("runs only where TypeScript is, if a parser needs it", () => {
  const project = citizen("eslint", { "a.ts": TYPED, "preload.cjs": resolving("nothing") }, PRESET);
  expect(() => project.lint(["."], path.join(project.folder, "preload.cjs"))).toThrow("'nothing'");
});

describe("with ESLint's cache", () => {
  const FOUND = [{ file: "webhook.js", found: ["5 paylint/verify-before-parse"] }];
  const cached = (config: string, strategy = "metadata") => {
    const project = citizen("eslint", { "webhook.js": ROUTER, "app.js": PARSING }, config);
    return { project, lint: () => project.lint(["--cache", "--cache-strategy", strategy, "."]) };
  };

  test.each(["metadata", "content"])("by %s, findings that hang on another file grow stale", (strategy) => {
    const { project, lint } = cached(PLAIN, strategy);
    expect(lint()).toEqual(FOUND);
    project.write({ "app.js": RAW });
    expect(lint()).toEqual(FOUND);
    project.write({ "webhook.js": `${ROUTER}\n` });
    expect(lint()).toEqual([]);
    project.write({ "app.js": PARSING });
    expect(lint()).toEqual([]);
    expect(project.lint()).toEqual(FOUND);
  });

  test("nothing does where each file is looked at alone, for fewer findings", () => {
    const alone = PLAIN.replace("recommended", "recommended, { settings: { paylint: { link: false } } }");
    const { project, lint } = cached(alone);
    expect(lint()).toEqual([]);
    project.write({ "app.js": RAW, "pay.js": UNSAFE });
    expect(lint()).toEqual(unsafe("pay.js"));
    expect(lint()).toEqual(project.lint());
  });
});

/** A module after which `require("typescript")` finds another package, and says which, or none. */
function resolving(typescript: string): string {
  return `const module_ = require("node:module");
const resolve = module_._resolveFilename;
module_._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request === "typescript" ? ${JSON.stringify(typescript)} : request, ...rest);
};
`;
}
