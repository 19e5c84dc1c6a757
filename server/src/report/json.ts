import type { FileReport, ReportedFinding } from "../project/results.ts";
import { relativePath } from "./paths.ts";
import { filesTold, type ReportInput, totalsOf } from "./report.ts";

/**
 * The report for programs. Its shape:
 *
 *     { version,
 *       summary: { files, errors, warnings, suppressed, skipped, failures },
 *       files: [{ path, findings: [FINDING], suppressed: [FINDING with reason and by], problems: [REMARK] }],
 *       skipped: [{ path, folder, reason, detail }],
 *       failures: [{ path, reason, detail }] }
 *
 * FINDING is `{ ruleId, severity, message, line, column, endLine, endColumn, related: [REMARK], fingerprint }`, REMARK
 * is `{ message, line, column, endLine, endColumn }`. Lines and columns count from one, columns in UTF-16 units, the
 * end column stands behind the last character. Paths are relative to the current folder. `files` holds only files with
 * something to tell; `summary.files` counts all that were linted.
 *
 * `by` is "comment" or "baseline". With `--history`, FINDING has `commit: { hash, when, inHead }` too, its place is that in the commit, and `history:
 * { commits, contents, shallow }` stands beside `summary`.
 */
export function jsonReport({ result, version }: ReportInput): string {
  const { root, files, skipped, failures, history } = result;
  const { errors, warnings, suppressed } = totalsOf(files);
  const relative = <Item extends { readonly path: string }>(item: Item): Item => ({
    ...item,
    path: relativePath(root, item.path),
  });
  const report = {
    version,
    summary: {
      files: files.length,
      errors,
      warnings,
      suppressed,
      skipped: skipped.length,
      failures: failures.length,
    },
    ...(history && { history }),
    files: filesTold(result)
      .filter(hasSomething)
      .map((file) => ({
        path: relativePath(root, file.path),
        findings: file.findings.map(orderedFinding),
        suppressed: file.suppressed.map((finding) => ({
          ...orderedFinding(finding),
          reason: finding.reason ?? null,
          by: finding.by,
        })),
        problems: file.problems,
      })),
    skipped: skipped.map(relative),
    failures: failures.map(relative),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function hasSomething({ findings, suppressed, problems }: FileReport): boolean {
  return findings.length + suppressed.length + problems.length > 0;
}

export function orderedFinding(finding: ReportedFinding): ReportedFinding {
  const { ruleId, severity, message, line, column, endLine, endColumn, related, fingerprint, commit } =
    finding;
  const base = { ruleId, severity, message, line, column, endLine, endColumn, related, fingerprint };
  return commit ? { ...base, commit } : base;
}
