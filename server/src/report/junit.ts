import type { FileReport, ReportedFinding } from "../project/results.ts";
import { relativePath } from "./paths.ts";
import { type ReportInput, totalsOf } from "./report.ts";
import { attributes } from "./xml.ts";

/**
 * JUnit's XML, for CI that lists tests: a suite for each file with findings or that could not be linted, a failed
 * test for each finding, and an error for what was not linted.
 */
export function junitReport({ result: { root, files, failures } }: ReportInput): string {
  const { findings } = totalsOf(files);
  const counts = {
    tests: findings + failures.length,
    failures: findings,
    errors: failures.length,
  };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "Paylint", ...counts })}>`,
    ...files.filter((file) => file.findings.length > 0).flatMap((file) => suiteOf(root, file)),
    ...failures.flatMap(({ path, detail }) => failedSuite(relativePath(root, path), detail)),
    "</testsuites>",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function suiteOf(root: string, { path, findings }: FileReport): string[] {
  const name = relativePath(root, path);
  const counts = { tests: findings.length, failures: findings.length, errors: 0 };
  return [
    `  <testsuite${attributes({ name, ...counts })}>`,
    ...findings.flatMap((finding) => testOf(name, finding)),
    "  </testsuite>",
  ];
}

function testOf(file: string, { ruleId, severity, message, line, column }: ReportedFinding): string[] {
  const told = `${file}:${line}:${column} ${message}`;
  return [
    `    <testcase${attributes({ classname: file, name: `${ruleId} (${line}:${column})`, file, line })}>`,
    `      <failure${attributes({ type: severity, message: told })}/>`,
    "    </testcase>",
  ];
}

function failedSuite(name: string, detail: string): string[] {
  return [
    `  <testsuite${attributes({ name, tests: 1, failures: 0, errors: 1 })}>`,
    `    <testcase${attributes({ classname: name, name: "not linted", file: name })}>`,
    `      <error${attributes({ type: "not-linted", message: `${name} ${detail}` })}/>`,
    "    </testcase>",
    "  </testsuite>",
  ];
}
