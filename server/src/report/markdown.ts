import { rulePage } from "@paylint/engine";
import type { CheckResult, FileReport, ReportedFinding } from "../project/results.ts";
import { relativePath } from "./paths.ts";
import { filesTold, type ReportInput, totalsOf } from "./report.ts";

/** UTF-16 units; GitHub takes 65,536 in a comment, and a little is said at the end. */
const LARGEST = 60_000;

/** A summary for a pull request or the page of a job: what was counted, then the findings, errors first. */
export function markdownReport({ result }: ReportInput): string {
  const rows = result.files
    .flatMap(({ path, findings }) =>
      findings.map((finding) => rowOf(relativePath(result.root, path), finding)),
    )
    .sort((a, b) => Number(a.isWarning) - Number(b.isWarning));
  const notes = notesOf(result);
  const blocks = [
    `## Paylint: ${headline(result)}`,
    ...tableOf(rows, LARGEST - notes.join("").length),
    ...notes,
  ];
  return `${blocks.join("\n\n")}\n`;
}

interface Row {
  readonly text: string;
  readonly isWarning: boolean;
}

function headline({ files }: CheckResult): string {
  const { errors, warnings, findings, suppressed } = totalsOf(files);
  const told = findings === 0 ? "no findings" : `${count(errors, "error")}, ${count(warnings, "warning")}`;
  return suppressed > 0 ? `${told} (${suppressed} suppressed)` : told;
}

function rowOf(file: string, { ruleId, severity, message, line, commit }: ReportedFinding): Row {
  const place = commit ? `${file} in ${commit.hash.slice(0, 10)}` : `${file}:${line}`;
  const cells = [severity, code(place), `[${ruleId}](${rulePage(ruleId)})`, escaped(message)];
  return { text: `| ${cells.join(" | ")} |`, isWarning: severity === "warning" };
}

function tableOf(rows: readonly Row[], room: number): string[] {
  if (rows.length === 0) return [];
  const kept: string[] = ["| Severity | Place | Rule | What is wrong |", "| --- | --- | --- | --- |"];
  let length = 0;
  for (const { text } of rows) {
    length += text.length + 1;
    if (length > room) break;
    kept.push(text);
  }
  const left = rows.length - (kept.length - 2);
  const more = left > 0 ? [`… and ${count(left, "finding")} more, for which there is no room here.`] : [];
  return [kept.join("\n"), ...more];
}

function notesOf(result: CheckResult): string[] {
  const { root, failures } = result;
  const told = (file: FileReport): string[] =>
    file.problems.map(
      ({ message, line }) => `- ${code(`${relativePath(root, file.path)}:${line}`)}: ${escaped(message)}`,
    );
  const problems = filesTold(result).flatMap(told).slice(0, MOST_NOTES);
  const notLinted = failures
    .map(({ path, detail }) => `- ${code(relativePath(root, path))} ${escaped(detail)}`)
    .slice(0, MOST_NOTES);
  return [...folded("Problems", problems), ...folded("Not linted", notLinted)];
}

const MOST_NOTES = 50;

function folded(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`<details><summary>${title}: ${lines.length}</summary>\n\n${lines.join("\n")}\n\n</details>`];
}

/** Text as it stands: no markup, no table's end, and nobody is called by a name with an at sign. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replace(/[\\`*_{}[\]<>#|~!]/g, "\\$&")
    .replace(/@/g, "@\u200B");
}

function code(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD").replaceAll("|", "\\|");
  const fence = "`".repeat(Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length > 1 ? `${fence} ${plain} ${fence}` : `\`${plain}\``;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
