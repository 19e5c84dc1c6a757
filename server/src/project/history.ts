import { existsSync } from "node:fs";
import path from "node:path";
import { languageOf } from "@paylint/engine";
import { LARGEST_TEXT, slashed } from "@paylint/linking";
import type { CheckOptions } from "./check.ts";
import { readBlobs } from "./git-blobs.ts";
import { AS_CHANGES, readChanges } from "./git-changes.ts";
import { commonFolder } from "./git-index.ts";
import { GitError, gitRecords, requireRepository } from "./git.ts";
import { HistorySearch, type Version } from "./history-search.ts";
import { filterOf } from "./path-filter.ts";
import type { CheckResult, HistoryScope } from "./results.ts";

const LOG = ["log", "--all", "--reverse", "-c", ...AS_CHANGES, "--format=commit %H %cI"];

/** Hashes that are remembered, so that hardly any content is read twice; past it all are forgotten. */
const MOST_REMEMBERED = 1_000_000;

/**
 * Looks for keys in everything that was ever committed and that a branch, a tag or a stash still leads to. Each content
 * is read once, one at a time; the oldest commit with a key is told.
 * @throws {GitError} when there is no git repository, or git cannot tell
 */
export async function checkHistory(
  paths: readonly string[],
  options: CheckOptions,
  tell: (scope: HistoryScope) => void,
): Promise<CheckResult> {
  const repository = requireRepository(options.cwd);
  const scope = { commits: 0, contents: 0, shallow: isShallow(repository) };
  const search = new HistorySearch(options, await contentsOfHead(repository));
  const versions = versionsIn(repository, paths, options, () => scope.commits++);
  for await (const [version, blob] of readBlobs(repository, versions, LARGEST_TEXT)) {
    search.add(version, blob);
    scope.contents++;
    tell(scope);
  }
  return { ...search.result(), root: options.cwd, history: scope };
}

/** Contents by hash, each once, where they first stood in a file that Paylint reads. */
async function* versionsIn(
  repository: string,
  paths: readonly string[],
  options: CheckOptions,
  nextCommit: () => void,
): AsyncGenerator<Version> {
  const wants = filterOf(paths, options.cwd);
  const seen = new Set<string>();
  let last: string | undefined;
  for await (const { blob, commit, isFile, path: name } of readChanges(repository, LOG)) {
    if (commit !== last) nextCommit();
    last = commit;
    const file = path.join(repository, name);
    if (!isFile || !languageOf(slashed(file)) || seen.has(blob) || !wants(file)) continue;
    if (name.split("/").includes("node_modules") || options.ignores(file, false)) continue;
    if (seen.size === MOST_REMEMBERED) seen.clear();
    seen.add(blob);
    const [hash = "", when = ""] = commit?.split(" ") ?? [];
    yield { name: blob, path: file, commit: { hash, when } };
  }
}

/** The hashes of the contents that the commit checked out holds; none before the first commit. */
async function contentsOfHead(repository: string): Promise<ReadonlySet<string>> {
  const contents = new Set<string>();
  try {
    for await (const entry of gitRecords(repository, ["ls-tree", "-r", "-z", "--full-tree", "HEAD"]))
      contents.add(/^\d+ \w+ (\w+)/.exec(entry)![1]!);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
  }
  return contents;
}

function isShallow(repository: string): boolean {
  return existsSync(path.join(commonFolder(repository) ?? repository, "shallow"));
}
