import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "@paylint/engine";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parseSettings } from "../../src/project/parse-settings.ts";

const folder = path.resolve(import.meta.dirname, "../../schemas");

function validator(name: string) {
  const schema = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as object;
  return new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTuples: false }).compile(
    schema,
  );
}

test.each(readdirSync(folder))("%s is a schema", (name) => {
  expect(() => validator(name)).not.toThrow();
});

test.each<[boolean, unknown]>([
  [true, {}],
  [true, { $schema: "./paylint.schema.json", rules: { "timing-safe-compare": "off" }, ignores: ["old/"] }],
  [true, { rules: { "timing-safe-compare": ["warning", {}] } }],
  [true, { providers: ["stripe"], customProviders: [], gate: "all", shelfLife: false }],
  [true, { overrides: [{ files: ["a/"], rules: { "timing-safe-compare": "warning" } }] }],
  [false, { overrides: {} }],
  [false, { overrides: [{ files: "a/", rules: {} }] }],
  [false, { overrides: [{ files: ["a/"] }] }],
  [false, { overrides: [{ files: ["a/"], rules: {}, ignores: [] }] }],
  [false, []],
  [false, { gate: "some" }],
  [false, { shelfLife: 30 }],
  [false, { rules: { "no-such-rule": "error" } }],
  [false, { rules: { "timing-safe-compare": "warn" } }],
  [false, { rules: { "timing-safe-compare": ["error", { "no-such-option": 1 }] } }],
  [false, { providers: "stripe" }],
  [false, { rule: {} }],
])("the editor and the command line agree, %s: %j", (isFine, settings) => {
  expect(validator("paylint.schema.json")(settings)).toBe(isFine);
  expect(parseSettings(JSON.stringify(settings), rules).problems.length === 0).toBe(isFine);
});
