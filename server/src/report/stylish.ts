import pc from "picocolors";
import type {
  CheckResult,
  FileReport,
  HistoryScope,
  Remark,
  ReportedFinding,
  Skipped,
  SkipReason,
} from "../project/results.ts";
import { relativePath } from "./paths.ts";
import { filesTold, type ReportInput, totalsOf } from "./report.ts";

type Colours = ReturnType<typeof pc.createColors>;

/** The report for people: findings by file, then what was counted, skipped and could not be read. */
export function stylishReport({ result, verbose, colour }: ReportInput): string {
  const colours = pc.createColors(colour);
  const files = filesTold(result).filter(({ findings, problems }) => findings.length + problems.length > 0);
  return [
    ...files.map((file) => fileBlock(file, result.root, colours)),
    [
      summary(result, colours),
      ...leftOut(result, verbose).map((line) => colours.dim(line)),
      ...result.failures.map(({ path, detail }) =>
        colours.yellow(`${printable(relativePath(result.root, path))} ${printable(detail)}`),
      ),
    ].join("\n"),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

function fileBlock(file: FileReport, root: string, colours: Colours): string {
  const lines: readonly { line: number; column: number; text: string }[] = [
    ...file.findings.map((finding) => ({ ...finding, text: findingLines(finding, colours) })),
    ...file.problems.map((problem) => ({ ...problem, text: problemLine(problem, colours) })),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
  const name = colours.underline(printable(relativePath(root, file.path)));
  return [name, ...lines.map(({ text }) => text)].join("\n");
}

function findingLines(finding: ReportedFinding, colours: Colours): string {
  const severity = finding.severity === "error" ? colours.red("error") : colours.yellow("warning");
  const head = `  ${place(finding, colours)}  ${severity}  ${printable(finding.message)}  ${colours.dim(finding.ruleId)}`;
  const related = finding.related.map(
    (remark) => `    ${place(remark, colours)}  ${colours.dim(printable(remark.message))}`,
  );
  return [head, ...related].join("\n");
}

function problemLine(problem: Remark, colours: Colours): string {
  return `  ${place(problem, colours)}  ${colours.cyan("problem")}  ${printable(problem.message)}`;
}

function place({ line, column }: Remark, colours: Colours): string {
  return colours.dim(`${line}:${column}`);
}

function summary({ files, failures, history }: CheckResult, colours: Colours): string {
  const { errors, warnings, findings, suppressed } = totalsOf(files);
  const notes = [
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(failures.length > 0 ? [`${count(failures.length, "file")} not linted`] : []),
  ];
  const rest = notes.length > 0 ? ` (${notes.join(", ")})` : "";
  const where = history ? scopeOf(history) : count(files.length, "file");
  if (findings === 0) return colours.green(`No findings in ${where}${rest}`);
  const told = `${count(errors, "error")} and ${count(warnings, "warning")} in ${where}${rest}`;
  return errors > 0 ? colours.red(told) : colours.yellow(told);
}

function scopeOf({ commits, contents, shallow }: HistoryScope): string {
  const cut = shallow ? "; this clone lacks older ones" : "";
  return `${count(contents, "version")} of files from ${count(commits, "commit")}${cut}`;
}

/** What a reason leaves out, as counted in the summary. */
const KINDS: Readonly<Record<SkipReason, string>> = {
  gitignore: "ignored by git",
  settings: "ignored by paylint.json",
  node_modules: "node_modules",
  symlink: "symbolic links that lead out of the folder",
  "too-large": "larger than 1 MB",
  binary: "binary",
  minified: "minified",
  language: "of a kind that Paylint does not read",
  special: "no regular files",
};

function leftOut({ skipped, root }: CheckResult, verbose: boolean): string[] {
  if (skipped.length === 0) return [];
  const secret = skipped.filter((each) => each.reason === "gitignore" && !each.folder && isDotenv(each));
  const names = secret.map((each) => printable(relativePath(root, each.path)));
  const fine =
    names.length > 0 ? [`Ignored by git, as files with secrets should be: ${names.join(", ")}`] : [];
  if (verbose) {
    const list = skipped.map((each) => `  ${printable(relativePath(root, each.path))} ${each.detail}`);
    return ["Skipped:", ...list, ...fine];
  }
  const reasons = Object.keys(KINDS) as SkipReason[];
  const counts = reasons.flatMap((reason) => countOf(skipped.filter((each) => each.reason === reason)));
  return [`Skipped ${counts.join("; ")} (--verbose lists them)`, ...fine];
}

function countOf(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  const folders = skipped.filter(({ folder }) => folder).length;
  const files = skipped.length - folders;
  const amounts = [
    ...(folders > 0 ? [count(folders, "folder")] : []),
    ...(files > 0 ? [count(files, "file")] : []),
  ];
  return [`${amounts.join(" and ")} ${KINDS[skipped[0]!.reason]}`];
}

function isDotenv({ path }: Skipped): boolean {
  return /(?:^|[\\/])\.env[^\\/]*$/.test(path);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Names and messages may hold anything; control characters would act on the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
