import json from "@eslint/json";
import { Linter } from "eslint";
import { Linter as Linter9 } from "eslint-9";
import yml from "eslint-plugin-yml";
import * as yamlParser from "yaml-eslint-parser";
import { describe, expect, test } from "vitest";
import { key, live, random } from "../../engine/test/observe/secrets/fake.ts";
import paylint from "../src/index.ts";

const linters = [
  ["ESLint 10", new Linter()],
  ["ESLint 9", new Linter9() as unknown as Linter],
] as const;

const RULE = "paylint/no-hardcoded-secrets";
const rules: Linter.RulesRecord = { [RULE]: "error" };

function places(messages: readonly Linter.LintMessage[]): string[] {
  return messages.map(({ ruleId, line, column, endColumn }) => `${ruleId} ${line}:${column}-${endColumn}`);
}

describe.each(linters)("%s reads environment files in a language of ours", (_, linter) => {
  const lint = (text: string, more: Linter.Config = {}, filename = ".env.production") =>
    linter.verify(text, [paylint.configs.dotenv, { files: ["**/*"], ...more }], { filename });

  test("with the rules that look at them", () => {
    const text = `PORT=3000\nSTRIPE_SECRET_KEY="${live}"\nNODE_TLS_REJECT_UNAUTHORIZED=0\n`;
    expect(places(lint(text))).toEqual([`${RULE} 2:20-${20 + live.length}`, "paylint/no-tls-bypass 3:30-31"]);
  });

  test("with CRLF, and the places of what stands behind", () => {
    expect(places(lint(`\uFEFFA=1\r\nB=${live} # x\r\n`))).toEqual([`${RULE} 2:3-${3 + live.length}`]);
  });

  test("with ESLint's comments and Paylint's", () => {
    const silent = [
      `# eslint-disable-next-line ${RULE} -- a sample\nA=${live}`,
      `A=${live} # eslint-disable-line`,
      `# eslint-disable ${RULE}\nA=${live}\n`,
      `# paylint-disable-next-line no-hardcoded-secrets -- a sample\nA=${live}`,
    ];
    expect(silent.map((text) => lint(text))).toEqual(silent.map(() => []));
    const counted = `# eslint-disable ${RULE}\nA=${live}\n# eslint-enable ${RULE}\nB=${live}`;
    expect(places(lint(counted))).toEqual([`${RULE} 4:3-${3 + live.length}`]);
  });

  test("with a line that is no assignment, and nothing at all", () => {
    expect(places(lint(`nothing here\nA=${live}`))).toEqual([`${RULE} 2:3-${3 + live.length}`]);
    expect(lint("")).toEqual([]);
  });

  test("under any name", () => {
    const config = { plugins: { paylint }, language: "paylint/dotenv", rules } as Linter.Config;
    const found = linter.verify(`A=${live}`, [{ files: ["**/settings"], ...config }], {
      filename: "etc/settings",
    });
    expect(places(found)).toEqual([`${RULE} 1:3-${3 + live.length}`]);
  });

  test("for other people's rules, too", () => {
    const seen: string[] = [];
    const own = {
      rules: {
        names: {
          create: () => ({
            DotenvAssignment: (node: { key: string; value: string }) =>
              void seen.push(`${node.key}: ${node.value}`),
            "DotenvFile:exit": () => void seen.push("end"),
          }),
        },
      },
    };
    lint("A='x y'\nexport B=1\n", { plugins: { own }, rules: { "own/names": "error" } });
    expect(seen).toEqual(["A: x y", "B: 1", "end"]);
  });
});

describe.each(linters)("%s lets the rules run beside those of", (name, linter) => {
  const settings = `{ "pay": { "secretKey": "${live}", "secretKey": "${live}" } }`;

  test.each([
    ["json/json", "a.json", settings],
    ["json/jsonc", "a.jsonc", `// ours\n${settings}`],
    ["json/json5", "a.json5", settings.replaceAll(/"(\w+)":/g, "$1:")],
  ])("@eslint/json, as %s", (language, filename, text) => {
    const config = {
      files: ["**/*.{json,jsonc,json5}"],
      plugins: { json, paylint },
      language,
      rules: { ...rules, "json/no-duplicate-keys": "error" },
    } as unknown as Linter.Config;
    const messages = linter.verify(text, [config], { filename });
    expect(messages.map(({ ruleId }) => ruleId).sort()).toEqual(["json/no-duplicate-keys", RULE, RULE]);
    const [own] = messages.filter(({ ruleId }) => ruleId === RULE);
    const line = text.split("\n")[own!.line - 1]!;
    expect(line.slice(own!.column - 1, own!.endColumn! - 1)).toBe(live);
  });

  test("@eslint/json, with its comments", () => {
    const text = `{\n// eslint-disable-next-line ${RULE}\n"a": "${live}",\n// paylint-disable-next-line -- a sample\n"b": "${live}" }`;
    const config = {
      files: ["**/*.{json,jsonc,json5}"],
      plugins: { json, paylint },
      language: "json/jsonc",
      rules,
    } as unknown as Linter.Config;
    expect(linter.verify(text, [config], { filename: "a.jsonc" })).toEqual([]);
  });

  const workflow = `on: push\nenv:\n  RAZORPAY_KEY_SECRET: ${random(24)}\n  PUBLIC: ${key("pk_live", 99)}\n  EMPTY:\n`;
  const asParser = { languageOptions: { parser: yamlParser as Linter.Parser } };
  const ways = [
    ["as a parser", asParser],
    ...(name === "ESLint 10" ? [["as a language", { language: "yml/yaml" }] as const] : []),
  ] as const;

  test.each(ways)("eslint-plugin-yml, %s", (_, way) => {
    const config = {
      files: ["**/*.yml"],
      plugins: { yml, paylint },
      ...way,
      rules: { ...rules, "yml/no-empty-mapping-value": "error" },
    } as unknown as Linter.Config;
    const messages = linter.verify(workflow, [config], { filename: ".github/workflows/deploy.yml" });
    expect(places(messages)).toEqual([`${RULE} 3:24-48`, "yml/no-empty-mapping-value 5:3-9"]);
  });

  test.each(ways)("eslint-plugin-yml, %s, with comments and broken YAML", (_, way) => {
    const config = {
      files: ["**/*.yml"],
      plugins: { yml, paylint },
      ...way,
      rules,
    } as unknown as Linter.Config;
    const lint = (text: string) => linter.verify(text, [config], { filename: "a.yml" });
    expect(lint(`# paylint-disable-next-line -- a sample\nA: ${live}\n`)).toEqual([]);
    expect(lint(`A: [\nB: ${live}\n`)).toMatchObject([{ fatal: true }]);
  });
});
