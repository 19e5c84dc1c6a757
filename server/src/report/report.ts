import type { Rule } from "@paylint/engine";
import type { CheckResult, FileReport } from "../project/results.ts";

/** What a report is made of. */
export interface ReportInput {
  readonly result: CheckResult;
  /** The rules that were on. */
  readonly rules: readonly Rule[];
  /** Paylint's version. */
  readonly version: string;
  /** When the run ended. */
  readonly now: Date;
  /** Whether everything that was left out is listed, not just counted. */
  readonly verbose: boolean;
  /** Whether the report may use colours. */
  readonly colour: boolean;
}

/** Makes the text of a report, its last line ended. */
export type Reporter = (input: ReportInput) => string;

export interface Totals {
  readonly errors: number;
  readonly warnings: number;
  readonly findings: number;
  readonly suppressed: number;
}

export function totalsOf(files: readonly FileReport[]): Totals {
  const findings = files.flatMap((file) => file.findings);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const suppressed = files.reduce((sum, file) => sum + file.suppressed.length, 0);
  return { errors, warnings: findings.length - errors, findings: findings.length, suppressed };
}

/** The files with what there is to say of them, the baseline among them. */
export function filesTold({ files, baseline }: CheckResult): readonly FileReport[] {
  if (!baseline || baseline.problems.length === 0) return files;
  const { path, problems } = baseline;
  const own = files.find((file) => file.path === path);
  const told: FileReport = own
    ? { ...own, problems: [...own.problems, ...problems] }
    : { path, problems, findings: [], suppressed: [], links: [], importersOf: [] };
  return [...files.filter((file) => file !== own), told];
}
