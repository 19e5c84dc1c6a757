import path from "node:path";
import { describe, expect, test } from "vitest";
import type { FileReport, ReportedFinding } from "../../src/project/results.ts";
import { type Format, reporters } from "../../src/report/index.ts";

const root = path.resolve("/project");

const FINDING: ReportedFinding = {
  ruleId: "timing-safe-compare",
  severity: "error",
  message: `100% "<wrong>" & more,\nnext: \u0007\uD83Dline\u{1F4B3}`,
  line: 4,
  column: 3,
  endLine: 4,
  endColumn: 9,
  related: [],
  fingerprint: "abc",
};

function reportOf(format: Format, ...findings: readonly Partial<ReportedFinding>[]): string {
  const file: FileReport = {
    path: path.join(root, "app", "a,b: [id].ts"),
    findings: findings.map((change) => ({ ...FINDING, ...change })),
    suppressed: [],
    problems: [],
    links: [],
    importersOf: [],
  };
  const failures = [
    { path: path.join(root, "big.ts"), reason: "too-slow" as const, detail: "took too long" },
  ];
  const result = { root, files: [file, { ...file, findings: [] }], skipped: [], failures };
  return reporters[format]({
    result,
    rules: [],
    version: "1.0.0",
    now: new Date(0),
    verbose: false,
    colour: false,
  });
}

const XML = "100% &quot;&lt;wrong&gt;&quot; &amp; more,&#10;next: \uFFFD\uFFFDline\u{1F4B3}";

test("GitHub's commands escape what would end them, and give columns within one line only", () => {
  const text = '100%25 "<wrong>" & more,%0Anext: \u0007\uD83Dline\u{1F4B3}';
  const file = "file=app/a%2Cb%3A [id].ts";
  expect(reportOf("github", {}, { severity: "warning", endLine: 6 }).split("\n")).toEqual([
    `::error ${file},line=4,endLine=4,col=3,endColumn=9,title=Paylint%3A timing-safe-compare::${text}`,
    `::warning ${file},line=4,endLine=6,title=Paylint%3A timing-safe-compare::${text}`,
    "::warning file=big.ts,title=Paylint%3A not linted::big.ts took too long",
    "",
  ]);
});

test("GitLab's Code Quality report holds what GitLab requires of each issue", () => {
  expect(JSON.parse(reportOf("gitlab", {}, { severity: "warning" }))).toMatchObject([
    {
      check_name: "timing-safe-compare",
      description: FINDING.message,
      severity: "critical",
      fingerprint: "abc",
      location: { path: "app/a,b: [id].ts", lines: { begin: 4 } },
    },
    { severity: "minor" },
  ]);
  expect(JSON.parse(reportOf("gitlab"))).toEqual([]);
});

test("JSON lines hold one finding each", () => {
  const lines = reportOf("jsonl", {}, { line: 7 }).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { path: "app/a,b: [id].ts", ...FINDING },
    { path: "app/a,b: [id].ts", ...FINDING, line: 7 },
  ]);
  expect(reportOf("jsonl")).toBe("");
});

describe("XML", () => {
  test("Checkstyle's names files and findings", () => {
    expect(reportOf("checkstyle", {})).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="app/a,b: [id].ts">
    <error line="4" column="3" severity="error" message="${XML}" source="paylint.timing-safe-compare"/>
  </file>
</checkstyle>
`);
  });

  test("JUnit's counts findings as failures and files that were not linted as errors", () => {
    expect(reportOf("junit", {})).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Paylint" tests="2" failures="1" errors="1">
  <testsuite name="app/a,b: [id].ts" tests="1" failures="1" errors="0">
    <testcase classname="app/a,b: [id].ts" name="timing-safe-compare (4:3)" file="app/a,b: [id].ts" line="4">
      <failure type="error" message="app/a,b: [id].ts:4:3 ${XML}"/>
    </testcase>
  </testsuite>
  <testsuite name="big.ts" tests="1" failures="0" errors="1">
    <testcase classname="big.ts" name="not linted" file="big.ts">
      <error type="not-linted" message="big.ts took too long"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });
});

describe("Markdown", () => {
  test("counts, then lists findings, errors first, with links to the rules", () => {
    const text = reportOf(
      "markdown",
      { severity: "warning", line: 9, message: "late" },
      { message: "wrong" },
    );
    expect(text).toMatch(/^## Paylint: 1 error, 1 warning\n/);
    const rows = text.split("\n").filter((line) => /^\| (?:error|warning)/.test(line));
    expect(rows.map((row) => row.split(" | ").slice(0, 2))).toEqual([
      ["| error", "`app/a,b: [id].ts:4`"],
      ["| warning", "`app/a,b: [id].ts:9`"],
    ]);
    expect(rows[0]).toMatch(/\[timing-safe-compare\]\(http/);
    expect(text).toContain("<details><summary>Not linted: 1</summary>");
  });

  test("says so when there is nothing", () => {
    expect(reportOf("markdown")).toMatch(/^## Paylint: no findings\n/);
  });

  test("no message ends a row, makes markup or calls somebody", () => {
    const text = reportOf("markdown", { message: "a | b\n| c <img> [x](y) `d` @everyone *e*" });
    const [row, ...others] = text.split("\n").filter((line) => line.startsWith("| error"));
    expect(others).toEqual([]);
    expect(row!.split(/(?<!\\)\|/)).toHaveLength(6);
    expect(row).not.toMatch(/(?<!\\)[<*`](?!app)[^|]*everyone|@everyone/);
    expect(row).toContain("\\<img\\>");
  });

  test("a file's name cannot end its code", () => {
    const text = reportOf("markdown", {});
    expect(text).toContain("`app/a,b: [id].ts:4`");
  });

  test("has room in a comment whatever was found, and says what it left out", () => {
    const many = Array.from({ length: 3000 }, (_, line) => ({ line, message: "x".repeat(80) }));
    const text = reportOf("markdown", ...many);
    expect(text.length).toBeLessThan(65_536);
    const rows = text.split("\n").filter((line) => line.startsWith("| error")).length;
    expect(text).toContain(`… and ${3000 - rows} findings more`);
  });
});

test("GitLab's security report names rule, place and time", () => {
  const report = JSON.parse(
    reportOf("gitlab-sast", { fingerprint: "0123456789abcdef0123456789abcdef" }),
  ) as object;
  expect(report).toMatchObject({
    version: "15.0.7",
    scan: {
      type: "sast",
      status: "success",
      start_time: "1970-01-01T00:00:00",
      scanner: { id: "paylint", version: "1.0.0" },
    },
    vulnerabilities: [
      {
        id: "01234567-89ab-cdef-0123-456789abcdef",
        category: "sast",
        severity: "High",
        location: { file: "app/a,b: [id].ts", start_line: 4, end_line: 4 },
        identifiers: [{ type: "paylint_rule_id", value: "timing-safe-compare" }],
      },
    ],
  });
});
