import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { contains } from "@paylint/linking";
import { divide, leftOf, remarksOn } from "./baseline/baseline.ts";
import type { BaselineFile } from "./baseline/baseline-file.ts";
import { findChanged, onLines, type Scope } from "./changed.ts";
import { type CacheOptions, lintCached } from "./check-cache.ts";
import type { ProjectRules } from "./file-rules.ts";
import { type FindOptions, findFiles, type Found, type Target } from "./find.ts";
import { hostFor, type LintContext, lintFiles } from "./lint-files.ts";
import { lintInWorkers } from "./pool.ts";
import { Numbering } from "./fingerprints.ts";
import { type Shard, shardOf } from "./shard.ts";
import type { CheckResult, FileReport, Outcome, ReportedFinding } from "./results.ts";
import { findStaged } from "./staged.ts";

export interface CheckOptions extends FindOptions, ProjectRules {
  /** Follows meanings into other files of the project. */
  readonly link: boolean;
  /** Gathers evidence for the checklist, too. */
  readonly evidence?: LintContext["evidence"];
  /** Where the outcomes of files are kept for the next run. */
  readonly cache?: CacheOptions | undefined;
  /** The part of the files that this run checks. */
  readonly shard?: Shard | undefined;
  /** Gathers the repairs of findings, too. */
  readonly fixes?: boolean;
  /** Findings that are known already, and the day that counts for it, `YYYY-MM-DD`. */
  readonly baseline?: { readonly file: BaselineFile; readonly today: string } | undefined;
  /** Salt of the digests that the findings bear, where they are to become a baseline. */
  readonly salt?: string | undefined;
  /** The module that worker threads run. */
  readonly worker: URL;
  /** How many threads lint; undefined for as many as the machine runs at once, or none where that is faster. */
  readonly threads: number | undefined;
}

/** Files for each thread: fewer are linted before another one has loaded the engine and run it warm. */
const WORTH_A_THREAD = 3000;

/**
 * Finds, reads and lints the files that paths name.
 * @throws {UnknownPathError} when a path names nothing
 */
export async function check(paths: readonly string[], options: CheckOptions): Promise<CheckResult> {
  return lintFound(paths, findFiles(paths, options), options);
}

/**
 * Lints what is staged of the files that paths name; what they lead to is staged, too, or as the work tree has it.
 * @throws {GitError} when there is no git repository, or git cannot tell
 */
export async function checkStaged(paths: readonly string[], options: CheckOptions): Promise<CheckResult> {
  const { texts, ...found } = await findStaged(paths, options);
  return lintFound(paths, found, options, texts);
}

/**
 * Lints what was changed since a branch began, of the files that paths name, and tells the findings of its lines; with
 * the scope `files` those of all files that the change may concern.
 * @throws {GitError} when there is no git repository, or it does not know the base
 */
export async function checkChanged(
  paths: readonly string[],
  { base, scope }: { readonly base: string; readonly scope: Scope },
  options: CheckOptions,
): Promise<CheckResult> {
  const { lines, ...found } = await findChanged(paths, base, scope, options);
  const result = await lintFound(paths, found, options);
  return scope === "files" ? result : { ...result, files: result.files.map((file) => onLines(file, lines)) };
}

async function lintFound(
  paths: readonly string[],
  { targets, skipped, failures }: Found,
  options: CheckOptions,
  texts?: LintContext["texts"],
): Promise<CheckResult> {
  const { cwd: root, rules, overrides, link, evidence, baseline, fixes } = options;
  const salt = baseline?.file.salt ?? options.salt;
  const own = options.shard ? shardOf(targets, options.shard) : targets;
  const context: LintContext = { root, rules, overrides, link, evidence, texts, salt, fixes };
  const run = (some: readonly Target[]): Promise<readonly Outcome[]> => lint(some, context, options);
  const outcomes = options.cache ? await lintCached(own, context, options.cache, run) : await run(own);
  const files = numbered(
    byPath(outcomes.flatMap((outcome) => ("report" in outcome ? [outcome.report] : []))),
  );
  return {
    root,
    ...(options.shard && { shard: options.shard }),
    ...(baseline ? withBaseline(files, paths, root, baseline) : { files }),
    skipped: byPath([
      ...skipped,
      ...outcomes.flatMap((outcome) => ("skipped" in outcome ? [outcome.skipped] : [])),
    ]),
    failures: byPath([
      ...failures,
      ...outcomes.flatMap((outcome) => ("failure" in outcome ? [outcome.failure] : [])),
    ]),
  };
}

/** Entries are missed in the files that were linted, and in those that are gone from where files were looked for. */
function withBaseline(
  files: readonly FileReport[],
  paths: readonly string[],
  root: string,
  { file, today }: NonNullable<CheckOptions["baseline"]>,
): Pick<CheckResult, "files" | "baseline"> {
  const linted = new Set(files.map((each) => each.path));
  const isLookedAt = (name: string): boolean => {
    const full = path.resolve(path.dirname(file.file), name);
    return (
      linted.has(full) ||
      (!existsSync(full) && paths.some((each) => contains(path.resolve(root, each), full)))
    );
  };
  const divided = divide(files, file, today);
  return {
    files: divided.files,
    baseline: {
      path: file.file,
      problems: remarksOn(divided, today, isLookedAt),
      left: leftOf(divided, today, isLookedAt),
    },
  };
}

/** Tells apart, over all files, findings of the same code. */
function numbered(files: readonly FileReport[]): FileReport[] {
  const numbering = new Numbering();
  const named = <Of extends ReportedFinding>(finding: Of): Of => ({
    ...finding,
    fingerprint: numbering.numbered(finding.fingerprint),
  });
  return files.map((file) => ({
    ...file,
    findings: file.findings.map(named),
    suppressed: file.suppressed.map(named),
  }));
}

async function lint(
  targets: readonly Target[],
  context: LintContext,
  options: CheckOptions,
): Promise<Outcome[]> {
  const worth = Math.max(1, Math.round(targets.length / WORTH_A_THREAD));
  const threads = options.threads ?? Math.min(worth, availableParallelism());
  if (threads === 1) return lintFiles(targets, context, hostFor(context));
  return lintInWorkers(targets, context, { worker: options.worker, threads });
}

function byPath<Item extends { readonly path: string }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
