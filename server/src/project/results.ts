import type { LintResult, Severity } from "@paylint/engine";
import type { FileEvidence } from "../checklist/file-evidence.ts";
import type { Shard } from "./shard.ts";
import type { BaselineEntry } from "./baseline/baseline-file.ts";

/** A stretch of a text as reports tell it: lines and columns count from one, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** The column behind the last character. */
  readonly endColumn: number;
}

export interface Remark extends Place {
  readonly message: string;
}

/** A way to repair a finding; what its edits put in is Paylint's own text or stands in the file already. */
export interface ReportedFix {
  readonly title: string;
  readonly edits: readonly (Place & { readonly text: string })[];
}

/** A finding as reports tell it. */
export interface ReportedFinding extends Remark {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly related: readonly Remark[];
  /** Stays the same while code moves, is renamed or set otherwise; holds nothing of any string of the source. */
  readonly fingerprint: string;
  /** Where they are asked for. */
  readonly fixes?: readonly ReportedFix[];
  /** Of rule, code and value, where a baseline is asked about; comparable within that baseline alone. */
  readonly digest?: string;
  /** The commit that the place is of; undefined for a place in the files as they are. */
  readonly commit?: PastCommit;
}

/** The oldest commit with a key. */
export interface PastCommit {
  readonly hash: string;
  /** When it was committed, ISO 8601. */
  readonly when: string;
  /** Whether the commit that is checked out has the key, too, here or elsewhere. */
  readonly inHead: boolean;
}

/** What was looked through of a repository's history. */
export interface HistoryScope {
  readonly commits: number;
  /** Different contents of files. */
  readonly contents: number;
  /** Whether the clone lacks older commits. */
  readonly shallow: boolean;
}

export interface ReportedSuppression extends ReportedFinding {
  /** What the comment, or the baseline's entry, gives as the reason. */
  readonly reason: string | undefined;
  readonly by: "comment" | "baseline";
}

/** What one linted file has to tell. */
export interface FileReport extends Pick<LintResult, "links" | "importersOf"> {
  /** Absolute, with the separators of the machine. */
  readonly path: string;
  readonly findings: readonly ReportedFinding[];
  readonly suppressed: readonly ReportedSuppression[];
  /** What kept parts of the file from being read, and directives that do not count. */
  readonly problems: readonly Remark[];
  /** What the file says of the go-live checklist, where it was asked for. */
  readonly evidence?: FileEvidence;
}

/** Why something was left out on purpose. */
export type SkipReason =
  | "gitignore"
  | "node_modules"
  | "settings"
  | "symlink"
  | "too-large"
  | "binary"
  | "minified"
  | "language"
  | "special";

/** Why something that should have been linted was not. */
export type FailureReason = "unreadable" | "too-slow" | "crashed";

interface LeftOut<Reason extends string> {
  /** Absolute, with the separators of the machine. */
  readonly path: string;
  readonly reason: Reason;
  /** The reason as the rest of a sentence that begins with the path. */
  readonly detail: string;
}

export interface Skipped extends LeftOut<SkipReason> {
  /** A folder with everything in it, rather than one file. */
  readonly folder: boolean;
}

export type Failure = LeftOut<FailureReason>;

/** What became of one file: exactly one of the three. */
export type Outcome =
  { readonly report: FileReport } | { readonly skipped: Skipped } | { readonly failure: Failure };

export interface BaselineResult extends Pick<FileReport, "path" | "problems"> {
  /** Of each entry that knows more findings than there are, how many it knows in vain. */
  readonly left: ReadonlyMap<BaselineEntry, number>;
}

/** The file that an outcome is of, absolute. */
export function pathOf(outcome: Outcome): string {
  if ("report" in outcome) return outcome.report.path;
  return "skipped" in outcome ? outcome.skipped.path : outcome.failure.path;
}

/** What a run has to tell; every list is in the order of the paths. */
export interface CheckResult {
  /** The folder that paths are told relative to; absolute. */
  readonly root: string;
  readonly files: readonly FileReport[];
  readonly skipped: readonly Skipped[];
  readonly failures: readonly Failure[];
  /** The part of the files that was checked, where several runs share them. */
  readonly shard?: Shard;
  /** What there is to say of the baseline that findings were compared with. */
  readonly baseline?: BaselineResult;
  /** Where the repository's history was looked through, and not its files. */
  readonly history?: HistoryScope;
}
