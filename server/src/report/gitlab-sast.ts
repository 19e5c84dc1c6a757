import { rulePage, type Severity } from "@paylint/engine";
import type { ReportedFinding } from "../project/results.ts";
import { relativePath } from "./paths.ts";
import type { ReportInput } from "./report.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "High", warning: "Medium" };

/** GitLab's security report of the type SAST, schema 15.0.7, which its vulnerability report reads. */
export function gitlabSastReport({ result, rules, version, now }: ReportInput): string {
  const { root, files, failures } = result;
  const cwe = new Map(rules.map(({ id, meta }) => [id, meta.cwe]));
  const vulnerabilities = files.flatMap(({ path, findings }) =>
    findings.map((finding) => ({
      id: uuidOf(finding.fingerprint),
      category: "sast",
      name: finding.ruleId,
      description: finding.message,
      severity: SEVERITIES[finding.severity],
      solution: `What to do: ${rulePage(finding.ruleId)}`,
      scanner: { id: "paylint", name: "Paylint" },
      location: { file: relativePath(root, path), start_line: finding.line, end_line: finding.endLine },
      identifiers: identifiersOf(finding, cwe.get(finding.ruleId) ?? []),
    })),
  );
  const time = now.toISOString().slice(0, 19);
  const tool = { id: "paylint", name: "Paylint", version, vendor: { name: "Paylint" } };
  const report = {
    version: "15.0.7",
    scan: {
      analyzer: tool,
      scanner: tool,
      type: "sast",
      start_time: time,
      end_time: time,
      status: "success",
      messages: failures.map(({ path, detail }) => ({
        level: "warn",
        value: `${relativePath(root, path)} ${detail}`,
      })),
    },
    vulnerabilities,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function identifiersOf({ ruleId }: ReportedFinding, cwe: readonly number[]): object[] {
  return [
    { type: "paylint_rule_id", name: `Paylint ${ruleId}`, value: ruleId, url: rulePage(ruleId) },
    ...cwe.map((number) => ({
      type: "cwe",
      name: `CWE-${number}`,
      value: String(number),
      url: `https://cwe.mitre.org/data/definitions/${number}.html`,
    })),
  ];
}

/** The fingerprint, 32 hexadecimal digits, in the form that GitLab wants. */
function uuidOf(fingerprint: string): string {
  return fingerprint.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
