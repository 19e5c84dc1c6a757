import type { Severity } from "@paylint/engine";
import { relativePath } from "./paths.ts";
import type { ReportInput } from "./report.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor" };

/** GitLab's Code Quality report, the part of Code Climate's format that GitLab reads. */
export function gitlabReport({ result: { root, files } }: ReportInput): string {
  const issues = files.flatMap(({ path, findings }) =>
    findings.map(({ ruleId, severity, message, line, endLine, fingerprint }) => ({
      type: "issue",
      check_name: ruleId,
      description: message,
      categories: ["Security"],
      severity: SEVERITIES[severity],
      fingerprint,
      location: { path: relativePath(root, path), lines: { begin: line, end: endLine } },
    })),
  );
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
