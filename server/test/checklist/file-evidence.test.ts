import { detectProviders, lintText, presetSettings, type RuleSettings } from "@paylint/engine";
import { expect, test } from "vitest";
import { fileEvidence } from "../../src/checklist/file-evidence.ts";
import { SAFE, UNSAFE } from "../tree.ts";

const ALL = presetSettings("strict");

function evidenceOf(fileName: string, text: string, rules: RuleSettings = ALL) {
  const source = { fileName, text };
  return fileEvidence(source, lintText(source, rules), { rules, detect: detectProviders });
}

function comparisonIn(text: string, rules?: RuleSettings) {
  return evidenceOf("a.ts", text, rules).observations.find(({ kind }) => kind === "secret-comparison")!;
}

test("facts with their places, and the findings on them", () => {
  const { facts, findings, suppressed } = comparisonIn(UNSAFE);
  expect(facts).toEqual({
    constantTime: { answer: "no", place: { line: 4, column: 10, endLine: 4, endColumn: 32 } },
  });
  expect(findings).toMatchObject([{ ruleId: "timing-safe-compare", place: { line: 4, column: 10 } }]);
  expect(suppressed).toEqual([]);
});

test("what the code does right", () => {
  const { facts, findings } = comparisonIn(SAFE);
  expect(facts.constantTime?.answer).toBe("yes");
  expect(findings).toEqual([]);
});

test("a comment that suppresses a finding", () => {
  const comment = "// paylint-disable-next-line timing-safe-compare -- only in tests";
  const { facts, findings, suppressed } = comparisonIn(UNSAFE.replace("  return", `  ${comment}\n  return`));
  expect(facts.constantTime?.answer).toBe("no");
  expect(findings).toEqual([]);
  expect(suppressed).toMatchObject([{ ruleId: "timing-safe-compare", place: { line: 5 } }]);
});

test("a rule that is off reports nothing, and the fact stays", () => {
  const { facts, findings } = comparisonIn(UNSAFE, {});
  expect(facts.constantTime?.answer).toBe("no");
  expect(findings).toEqual([]);
});

test("the stamp stays while code moves, and changes with it", () => {
  const { stamp } = comparisonIn(UNSAFE);
  expect(comparisonIn(`// above\n\n${UNSAFE.replace(" === ", "  ===  ")}`).stamp).toBe(stamp);
  expect(comparisonIn(UNSAFE.replace("=== expected", "!== expected")).stamp).not.toBe(stamp);
});

test.each([
  ["import Stripe from 'stripe';", "a.ts", { stripe: "stripe" }],
  ['const stripe = require("stripe");', "a.cjs", { stripe: "stripe" }],
  ['{ "dependencies": { "stripe": "^17.0.0" } }', "package.json", { stripe: "stripe" }],
  ['{ "devDependencies": { "stripe": "^17.0.0" } }', "package.json", {}],
  ['{ "dependencies": ', "package.json", {}],
  ['fetch("https://api.paymongo.com/v1/refunds")', "a.ts", { paymongo: "api.paymongo.com" }],
  ["PAYMONGO_SECRET_KEY=", ".env", { paymongo: "PAYMONGO_SECRET_KEY" }],
  ["// Stripe and PayMongo are payment providers", "a.ts", {}],
])("the providers that a file speaks of: %s in %s", (text, name, providers) => {
  expect(evidenceOf(name, text).providers).toEqual(providers);
});

test("documentation names providers that the project need not use, settings those that it does", () => {
  const text = "STRIPE_SECRET_KEY: x\nurl: https://api.paystack.co/refund\n";
  const providersOf = (fileName: string) => Object.keys(evidenceOf(fileName, text).providers).sort();
  expect(providersOf("docs/providers.md")).toEqual([]);
  expect(providersOf("compose.yaml")).toEqual(["paystack", "stripe"]);
});
