import { describe, expect, test } from "vitest";
import { parseSettings } from "../../src/project/parse-settings.ts";

const RULES = [
  { id: "plain", meta: { schema: { type: "object", additionalProperties: false } } },
  {
    id: "optioned",
    meta: {
      schema: {
        type: "object",
        additionalProperties: false,
        properties: {
          names: { type: "array", items: { type: "string" } },
          mode: { enum: ["live", "test"] },
        },
      },
    },
  },
];

function problemsIn(text: string): string[] {
  return parseSettings(text, RULES).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

test("rules and patterns, with comments and trailing commas", () => {
  const text = `{
    // why
    "$schema": "https://example.com/schema.json",
    "rules": { "plain": "warning", "optioned": ["error", { "names": ["a"] }], },
    "ignores": ["old/", "!old/new.ts"],
  }`;
  expect(parseSettings(text, RULES)).toEqual({
    rules: { plain: { severity: "warning" }, optioned: { severity: "error", options: { names: ["a"] } } },
    overrides: [],
    ignores: ["old/", "!old/new.ts"],
    customProviders: [],
    shelfLife: true,
    problems: [],
  });
});

test("rules that are set otherwise for some files", () => {
  const text = `{
    "overrides": [
      { "files": ["scripts/", "*.spec.ts"], "rules": { "plain": "off", "optioned": ["warning", { "mode": "test" }] } },
    ]
  }`;
  expect(parseSettings(text, RULES)).toMatchObject({
    overrides: [
      {
        files: ["scripts/", "*.spec.ts"],
        rules: { plain: { severity: "off" }, optioned: { severity: "warning", options: { mode: "test" } } },
      },
    ],
    problems: [],
  });
});

test("what holds for the checklist", () => {
  const text = `{
    "providers": ["stripe"],
    "customProviders": ["payments/bank.json"],
    "gate": "all",
    "shelfLife": false
  }`;
  expect(parseSettings(text, RULES)).toMatchObject({
    providers: [{ text: "stripe", line: 2, column: 19 }],
    customProviders: [{ text: "payments/bank.json", line: 3, column: 25 }],
    gate: "all",
    shelfLife: false,
    problems: [],
  });
});

test("a severity alone in a list", () => {
  expect(parseSettings('{ "rules": { "plain": ["off"] } }', RULES).rules).toEqual({
    plain: { severity: "off" },
  });
});

describe("what is wrong is told with its place", () => {
  test.each([
    ["no JSON", '{\n  "rules": {\n', "3:1 This is no JSON: close brace expected"],
    ["an empty file", "", "1:1 This is no JSON: value expected"],
    ["no object", "[]", '1:1 The settings have to be an object: { "rules": {}, "ignores": [] }'],
    [
      "an unknown setting",
      '{\n  "rule": {}\n}',
      '2:3 There is no setting "rule"; the settings are "rules", "overrides", "ignores", "providers", "customProviders", "gate", "shelfLife"',
    ],
    [
      "overrides that are no list",
      '{ "overrides": {} }',
      '1:16 "overrides" has to be a list: [{ "files": ["scripts/"], "rules": { "RULE": "warning" } }]',
    ],
    [
      "an override without files",
      '{ "overrides": [{ "rules": {} }] }',
      '1:17 "overrides" takes objects such as { "files": ["scripts/"], "rules": { "RULE": "warning" } }',
    ],
    [
      "an override with something else",
      '{ "overrides": [{ "files": ["a"], "rules": {}, "ignores": [] }] }',
      '1:48 "overrides" takes "files" and "rules", not "ignores"',
    ],
    [
      "files of an override that are no list",
      '{ "overrides": [{ "files": "a", "rules": {} }] }',
      '1:28 "overrides.files" has to be a list of patterns: ["scripts/"]',
    ],
    [
      "an unknown rule in an override",
      '{ "overrides": [{ "files": ["a"], "rules": { "no-such": "off" } }] }',
      '1:46 There is no rule "no-such". The rules are: plain, optioned',
    ],
    ["a gate that is none", '{ "gate": "some" }', '1:11 "gate" has to be "required" or "all"'],
    [
      "a provider alone",
      '{ "providers": "stripe" }',
      '1:16 "providers" has to be a list of ids of providers: ["stripe"]',
    ],
    [
      "a number for a path",
      '{ "customProviders": [1] }',
      '1:23 "customProviders" takes paths of files in quotes',
    ],
    [
      "days for a shelf life",
      '{ "shelfLife": 30 }',
      '1:16 "shelfLife" has to be true, or false for sign-offs that never grow stale with time',
    ],
    ["rules in a list", '{ "rules": [] }', '1:12 "rules" has to be an object: { "RULE": "error" }'],
    [
      "an unknown rule",
      '{ "rules": { "plian": "off" } }',
      '1:14 There is no rule "plian". The rules are: plain, optioned',
    ],
    [
      "an unknown severity",
      '{ "rules": { "plain": "warn" } }',
      '1:23 rules.plain: "warn" is no severity: write "off", "warning" or "error"',
    ],
    [
      "a number as severity",
      '{ "rules": { "plain": 2 } }',
      '1:23 rules.plain: 2 is no severity: write "off", "warning" or "error"',
    ],
    [
      "an empty list",
      '{ "rules": { "plain": [] } }',
      '1:23 rules.plain: "" is no severity: write "off", "warning" or "error"',
    ],
    [
      "three things in a list",
      '{ "rules": { "plain": ["off", {}, {}] } }',
      "1:35 rules.plain takes a severity and one object of options, no more",
    ],
    [
      "an unknown option",
      '{ "rules": { "plain": ["error", { "a": 1 }] } }',
      '1:33 rules.plain, options: there is no option "a"',
    ],
    [
      "an option of the wrong type",
      '{ "rules": { "optioned": ["error", { "names": [1] }] } }',
      "1:48 rules.optioned, options.names.0: must be string",
    ],
    [
      "an option outside of a choice",
      '{ "rules": { "optioned": ["error", { "mode": "x" }] } }',
      '1:46 rules.optioned, options.mode: has to be one of "live", "test"',
    ],
    [
      "options that are no object",
      '{ "rules": { "plain": ["error", 3] } }',
      "1:33 rules.plain, options: must be object",
    ],
    [
      "patterns in no list",
      '{ "ignores": "old/" }',
      '1:14 "ignores" has to be a list of patterns: ["fixtures/"]',
    ],
    ["a pattern that is none", '{ "ignores": ["a", 1] }', '1:20 "ignores" takes patterns in quotes'],
  ])("%s", (_, text, told) => {
    expect(problemsIn(text)).toEqual([told]);
  });

  test("all at once", () => {
    expect(problemsIn('{ "rules": { "x": "off", "plain": "y" }, "ignores": 1 }')).toHaveLength(3);
  });
});
