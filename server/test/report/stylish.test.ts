import { expect, test } from "vitest";
import type { CheckResult, Skipped, SkipReason } from "../../src/project/results.ts";
import { stylishReport } from "../../src/report/stylish.ts";

function report(result: Partial<CheckResult>, verbose = false): string {
  const whole = { root: "/project", files: [], skipped: [], failures: [], ...result };
  return stylishReport({
    result: whole,
    rules: [],
    now: new Date(0),
    version: "0.0.0",
    verbose,
    colour: false,
  });
}

function skipped(name: string, reason: SkipReason, folder = false): Skipped {
  return { path: `/project/${name}`, reason, detail: `is ${reason}`, folder };
}

const SKIPPED = [
  skipped(".env", "gitignore"),
  skipped("app/.env.local", "gitignore"),
  skipped("dist", "gitignore", true),
  skipped("node_modules", "node_modules", true),
  skipped("vendor/a.min.js", "minified"),
];

test("what was skipped is counted by reason, and ignored files with secrets are called fine", () => {
  expect(report({ skipped: SKIPPED })).toBe(
    [
      "No findings in 0 files",
      "Skipped 1 folder and 2 files ignored by git; 1 folder node_modules; 1 file minified (--verbose lists them)",
      "Ignored by git, as files with secrets should be: .env, app/.env.local",
      "",
    ].join("\n"),
  );
});

test("--verbose lists it", () => {
  expect(report({ skipped: SKIPPED }, true).split("\n").slice(1, 7)).toEqual([
    "Skipped:",
    "  .env is gitignore",
    "  app/.env.local is gitignore",
    "  dist is gitignore",
    "  node_modules is node_modules",
    "  vendor/a.min.js is minified",
  ]);
});

test("names of files cannot steer the terminal", () => {
  const failure = {
    path: "/project/a\u001B[2J\u202E.ts",
    reason: "unreadable",
    detail: "could not be read",
  } as const;
  const told = report({ failures: [failure] });
  expect(told).toContain("a\uFFFD[2J\uFFFD.ts could not be read");
  expect(told).not.toContain("\u001B");
  expect(told).not.toContain("\u202E");
});

test("findings and problems of a file stand in the order of its lines", () => {
  const at = (line: number) => ({ line, column: 1, endLine: line, endColumn: 2 });
  const finding = {
    ruleId: "some-rule",
    severity: "error",
    message: "Found.",
    related: [],
    fingerprint: "",
  } as const;
  const file = {
    path: "/project/a.ts",
    findings: [
      { ...finding, ...at(3) },
      { ...finding, ...at(10) },
    ],
    suppressed: [],
    problems: [{ ...at(7), message: "Not read." }],
    links: [],
    importersOf: [],
  };
  expect(report({ files: [file] }).split("\n")).toEqual([
    "a.ts",
    "  3:1  error  Found.  some-rule",
    "  7:1  problem  Not read.",
    "  10:1  error  Found.  some-rule",
    "",
    "2 errors and 0 warnings in 1 file",
    "",
  ]);
});
