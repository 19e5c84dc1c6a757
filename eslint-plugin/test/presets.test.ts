import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import json from "@eslint/json";
import * as ten from "eslint";
import * as tenConfig from "eslint/config";
import * as nine from "eslint-9";
import * as nineConfig from "eslint-9/config";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import manifest from "../package.json" with { type: "json" };
import paylint from "../src/index.ts";
import { plantedObserver } from "./planted.ts";

vi.mock("../../engine/src/observe/index.ts", async () => {
  const { plantedObserver } = await import("./planted.ts");
  return { observers: [plantedObserver] };
});
vi.mock("../../engine/src/rules/index.ts", async () => {
  const { plantedRule, strictRule } = await import("./planted.ts");
  return { rules: [plantedRule, strictRule] };
});

const HOSTS = [
  { version: nine.ESLint.version, ESLint: nine.ESLint as unknown as typeof ten.ESLint, ...nineConfig },
  { version: ten.ESLint.version, ESLint: ten.ESLint, ...tenConfig },
];

const FILES = {
  "planted.js": "a('planted');\n",
  "silenced.js": "a('planted'); // eslint-disable-line paylint/no-planted -- a fixture\n",
  "useless.js": "a('harmless'); // eslint-disable-line paylint/no-planted\n",
  "module.cjs": "a('planted');\n",
  "planted.json": '{ "a": "planted" }\n',
};

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "paylint-presets-"));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(cwd, name), text);
});
afterAll(() => rmSync(cwd, { recursive: true }));
beforeEach(() => void plantedObserver.javascript.mockClear());

describe.each(HOSTS)("ESLint $version", ({ ESLint, defineConfig }) => {
  type Options = ConstructorParameters<typeof ESLint>[0];

  /** Findings as "rule severity", by file. */
  async function lint(config: ten.Linter.Config[], options: Options = {}): Promise<Record<string, string[]>> {
    const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: config, ...options });
    const results = await eslint.lintFiles(["."]);
    return Object.fromEntries(
      results.map(({ filePath, messages }) => [
        path.basename(filePath),
        messages.map(({ ruleId, severity, message }) => `${ruleId ?? message} ${severity}`),
      ]),
    );
  }

  const RECOMMENDED = {
    "planted.js": ["paylint/no-planted 1"],
    "silenced.js": [],
    "useless.js": [
      "Unused eslint-disable directive (no problems were reported from 'paylint/no-planted'). 1",
    ],
    "module.cjs": ["paylint/no-planted 1"],
  };

  test.each<[string, () => ten.Linter.Config[]]>([
    ["by its object", () => [paylint.configs.recommended]],
    ["by its object in defineConfig", () => defineConfig([paylint.configs.recommended])],
    ["by its name", () => defineConfig([{ plugins: { paylint }, extends: ["paylint/recommended"] }])],
    [
      "by its name for some files",
      () => defineConfig([{ files: ["**/*"], plugins: { paylint }, extends: ["paylint/recommended"] }]),
    ],
    ["beside the plugin itself", () => defineConfig([{ plugins: { paylint } }, paylint.configs.recommended])],
  ])("takes the recommended preset %s", async (_, config) => {
    expect(await lint(config())).toEqual(RECOMMENDED);
  });

  test("takes the strict preset, with each rule at its own severity", async () => {
    const results = await lint(defineConfig([paylint.configs.strict]));
    expect(results["planted.js"]).toEqual(["paylint/no-planted 1", "paylint/no-planted-at-all 2"]);
  });

  test("lets later settings change a preset", async () => {
    const results = await lint([
      paylint.configs.recommended,
      { rules: { "paylint/no-planted": ["error", { allow: ["other"] }] } },
      { files: ["**/*.cjs"], rules: { "paylint/no-planted": "off" } },
    ]);
    expect(results["planted.js"]).toEqual(["paylint/no-planted 2"]);
    expect(results["module.cjs"]).toEqual([]);
  });

  test("keeps a preset away from JSON", async () => {
    const results = await lint([
      paylint.configs.recommended,
      { files: ["**/*.json"], plugins: { json }, language: "json/json" },
    ]);
    expect(results).toEqual({ ...RECOMMENDED, "planted.json": [] });
  });

  test("says which option it does not know", async () => {
    const rules: ten.Linter.RulesRecord = { "paylint/no-planted": ["error", { alow: [] }] };
    await expect(lint([paylint.configs.recommended, { rules }])).rejects.toThrow(
      /"paylint\/no-planted"[^]*alow/,
    );
  });

  test("keeps findings in its cache", async () => {
    const cacheLocation = path.join(cwd, `.cache-${ESLint.version}`);
    const config = [paylint.configs.recommended];
    const first = await lint(config, { cache: true, cacheLocation });
    expect(plantedObserver.javascript).toHaveBeenCalled();
    plantedObserver.javascript.mockClear();
    expect(await lint(config, { cache: true, cacheLocation })).toEqual(first);
    expect(plantedObserver.javascript).not.toHaveBeenCalled();
  });

  test("prints the configuration with the plugin's name and version", async () => {
    const eslint = new ESLint({
      cwd,
      overrideConfigFile: true,
      overrideConfig: [paylint.configs.recommended],
    });
    const config = (await eslint.calculateConfigForFile("planted.js")) as ten.Linter.Config;
    const printed = JSON.parse(JSON.stringify(config)) as { plugins: string[]; rules: object };
    expect(printed.plugins).toContain(`paylint:${manifest.name}@${manifest.version}`);
    expect(printed.rules).toEqual({ "paylint/no-planted": [1, { allow: ["planted-allowed"] }] });
  });
});
