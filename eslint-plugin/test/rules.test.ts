import { rules } from "@paylint/engine";
import { Linter } from "eslint";
import { expect, test } from "vitest";
import paylint from "../src/index.ts";

test.each(rules)("$id takes its own default options and no others", ({ id, defaultOptions }) => {
  const lint = (...options: object[]): unknown =>
    new Linter().verify("", [{ plugins: { paylint }, rules: { [`paylint/${id}`]: ["error", ...options] } }]);
  if (Object.keys(defaultOptions).length > 0) expect(lint(defaultOptions)).toEqual([]);
  expect(() => lint({ ...defaultOptions, unheardOf: true })).toThrow(`"paylint/${id}"`);
});

// ESLint merges what is nested in options into the defaults, the engine replaces it.
test.each(rules)("$id has no options within options", ({ defaultOptions }) => {
  const nested = Object.values(defaultOptions as Record<string, unknown>).filter(
    (value) => typeof value === "object" && !Array.isArray(value),
  );
  expect(nested).toEqual([]);
});
