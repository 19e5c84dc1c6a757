import path from "node:path";
import { languageOf } from "@paylint/engine";
import { DiskHost, slashed } from "@paylint/linking";
import { findFiles, type FindOptions, type Found } from "./find.ts";
import { AS_CHANGES, readChanges } from "./git-changes.ts";
import { GitError, gitRecords, LINE_END, requireRepository } from "./git.ts";
import type { FileReport, Place } from "./results.ts";

/** What is told of a change: findings on its lines, or all of its files and of those that hang on them. */
export const SCOPES = ["lines", "files"] as const;
export type Scope = (typeof SCOPES)[number];

/** Lines of a file, counted from one, both ends included. */
type Lines = readonly (readonly [first: number, last: number])[];

/** The files to lint because of a change, and the lines of each that it made; undefined for a file that is new. */
export interface Changed extends Found {
  readonly lines: ReadonlyMap<string, Lines | undefined>;
}

/** Imports away from a changed file, so far does what it mounts and sets up reach. */
const REACH = 3;

/**
 * Finds the files that differ from where a branch began, in the work tree: changed and not committed, untracked, too;
 * with the scope `files` also those that lead to them, or that they lead to.
 * @throws {GitError} when there is no git repository, or it does not know the base
 */
export async function findChanged(
  paths: readonly string[],
  base: string,
  scope: Scope,
  options: FindOptions,
): Promise<Changed> {
  const repository = requireRepository(options.cwd);
  const start = await mergeBase(repository, base);
  const changed = new Set<string>();
  for await (const change of readChanges(repository, ["diff", ...AS_CHANGES, start]))
    if (change.isFile) changed.add(path.join(repository, change.path));
  const lines = new Map<string, Lines | undefined>(await changedLines(repository, start));
  for await (const name of gitRecords(repository, ["ls-files", "--others", "--exclude-standard", "-z"])) {
    changed.add(path.join(repository, name));
    lines.set(path.join(repository, name), undefined);
  }
  const found = findFiles(paths, options);
  const wanted = scope === "files" ? withRelated(changed, found, options.cwd) : changed;
  return { ...found, targets: found.targets.filter((target) => wanted.has(target.path)), skipped: [], lines };
}

async function mergeBase(repository: string, base: string): Promise<string> {
  if (base.startsWith("-")) throw new GitError(`"${base}" is no commit or branch.`);
  try {
    for await (const line of gitRecords(repository, ["merge-base", base, "HEAD"], LINE_END)) return line;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
  }
  throw new GitError(
    `git knows no commit that ${base} and HEAD have in common. Is the name right, and is the history there? In CI a clone is often shallow: fetch-depth: 0, and for a branch write origin/${base}.`,
  );
}

/** The lines that a diff adds or changes, by absolute path. */
async function changedLines(repository: string, start: string): Promise<Map<string, Lines>> {
  const args = [
    "-c",
    "core.quotePath=false",
    "diff",
    "--unified=0",
    "--find-renames",
    "--no-color",
    "--no-ext-diff",
  ];
  const prefixes = ["--src-prefix=a/", "--dst-prefix=b/", "--no-textconv"];
  const lines = new Map<string, [number, number][]>();
  let current: [number, number][] | undefined;
  for await (const line of gitRecords(repository, [...args, ...prefixes, start], LINE_END)) {
    const name = /^\+\+\+ (?:"b\/(.*)"|b\/(.*?)\t?)$/.exec(line);
    if (name) {
      current = [];
      lines.set(path.join(repository, unquoted(name[1]) ?? name[2]!), current);
    }
    const [, first, count = "1"] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first !== undefined && count !== "0")
      current?.push([Number(first), Number(first) + Number(count) - 1]);
  }
  return lines;
}

/** Git writes quotes, backslashes and control characters of names as C does. */
function unquoted(name: string | undefined): string | undefined {
  return name?.replace(/\\([abfnrtv"\\]|[0-7]{3})/g, (_, escape: string) =>
    /^\d/.test(escape)
      ? String.fromCharCode(Number.parseInt(escape, 8))
      : ({ a: "\u0007", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" }[escape] ?? escape),
  );
}

/** Changed files with all that import them, however far away, and what they import over a few steps. */
function withRelated(changed: ReadonlySet<string>, { targets }: Found, root: string): ReadonlySet<string> {
  const host = new DiskHost(root);
  const importers = new Map<string, string[]>();
  const imports = new Map<string, readonly string[]>();
  for (const { path: file } of targets) {
    if (languageOf(slashed(file)) !== "javascript") continue;
    const found = host.importsOf(slashed(path.relative(root, file)));
    imports.set(file, found);
    for (const target of found) importers.set(target, [...(importers.get(target) ?? []), file]);
  }
  const before = closure(changed, (file) => importers.get(file) ?? [], Number.POSITIVE_INFINITY);
  const after = closure(changed, (file) => imports.get(file) ?? [], REACH);
  return new Set([...before, ...after]);
}

function closure(
  from: ReadonlySet<string>,
  next: (file: string) => readonly string[],
  steps: number,
): ReadonlySet<string> {
  const all = new Set(from);
  let level = [...from];
  for (let step = 0; step < steps && level.length > 0; step++) {
    level = level.flatMap((file) => next(file).filter((each) => !all.has(each)));
    for (const file of level) all.add(file);
  }
  return all;
}

/** A file's report with the findings alone that touch lines of a change, by themselves or by what belongs to them. */
export function onLines(report: FileReport, lines: Changed["lines"]): FileReport {
  const changed = lines.get(report.path);
  if (changed === undefined && lines.has(report.path)) return report;
  const touches = ({ line, endLine }: Place): boolean =>
    changed?.some(([first, last]) => line <= last && endLine >= first) ?? false;
  return {
    ...report,
    findings: report.findings.filter((finding) => touches(finding) || finding.related.some(touches)),
    suppressed: report.suppressed.filter(touches),
    problems: report.problems.filter(touches),
  };
}
