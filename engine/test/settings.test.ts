import { expect, test } from "vitest";
import { rules } from "../src/rules/index.ts";
import { presetSettings } from "../src/settings.ts";

test("strict holds all of recommended", () => {
  expect(Object.keys(presetSettings("strict"))).toEqual(
    expect.arrayContaining(Object.keys(presetSettings("recommended"))),
  );
});

test("strict means more than recommended where a rule says so", () => {
  expect(presetSettings("recommended")["no-secret-logging"]).toEqual({ severity: "error" });
  expect(presetSettings("strict")["no-secret-logging"]).toEqual({
    severity: "error",
    options: { credentials: true },
  });
});

test("a rule's strict options are options that it has", () => {
  for (const { meta, defaultOptions } of rules)
    for (const name of Object.keys(meta.strict ?? {})) expect(defaultOptions).toHaveProperty(name);
});
