import path from "node:path";
import { languageOf } from "@paylint/engine";
import { decodeText, LARGEST_TEXT, type ReadText, slashed } from "@paylint/linking";
import type { FindOptions, Found, Target } from "./find.ts";
import { type Blob, readBlobs } from "./git-blobs.ts";
import { AS_CHANGES, type Change, readChanges } from "./git-changes.ts";
import { requireRepository } from "./git.ts";
import { filterOf } from "./path-filter.ts";
import type { Skipped } from "./results.ts";

/** The staged files to lint, and what is staged of them, by path: the work tree may hold more by now, or other lines. */
export interface Staged extends Found {
  readonly texts: ReadonlyMap<string, ReadText>;
}

/** A file that is staged to be added or changed. */
interface StagedFile {
  /** Of its content in git's store. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/**
 * Finds the files whose next commit adds or changes them, among those that paths name; a path that names none of them
 * is no fault.
 * @throws {GitError} when there is no git repository, or git cannot tell
 */
export async function findStaged(paths: readonly string[], options: FindOptions): Promise<Staged> {
  const repository = requireRepository(options.cwd);
  const targets: Target[] = [];
  const skipped: Skipped[] = [];
  const texts = new Map<string, ReadText>();
  const files = stagedFiles(repository, paths, options, (left) => skipped.push(left));
  for await (const [{ path: file }, blob] of readBlobs(repository, files, LARGEST_TEXT)) {
    const content = contentOf(blob, file);
    if ("text" in content) {
      targets.push({ path: file, explicit: false });
      texts.set(file, content);
    } else skipped.push({ ...content, folder: false });
  }
  return { targets, skipped, failures: [], texts };
}

async function* stagedFiles(
  repository: string,
  paths: readonly string[],
  options: FindOptions,
  skip: (skipped: Skipped) => void,
): AsyncGenerator<StagedFile> {
  const wants = filterOf(paths, options.cwd);
  for await (const change of readChanges(repository, ["diff", "--cached", ...AS_CHANGES])) {
    const file = path.join(repository, change.path);
    if (!change.isFile || !languageOf(slashed(file)) || !wants(file)) continue;
    const reason = leavesOut(change, file, options);
    if (reason) skip(reason);
    else yield { name: change.blob, path: file };
  }
}

function leavesOut(change: Change, file: string, options: FindOptions): Skipped | undefined {
  if (change.path.split("/").includes("node_modules"))
    return { path: file, reason: "node_modules", detail: "is part of an installed package", folder: false };
  if (options.ignores(file, false))
    return { path: file, reason: "settings", detail: "is ignored by paylint.json", folder: false };
  return undefined;
}

function contentOf(blob: Blob, file: string): ReadText | Omit<Skipped, "folder"> {
  if ("bytes" in blob) {
    const content = decodeText(blob.bytes, slashed(file));
    return "text" in content ? content : { path: file, ...content };
  }
  if (blob.missing === "too-large")
    return { path: file, reason: "too-large", detail: "is staged with more than 1 MB" };
  return { path: file, reason: "special", detail: "is staged, and git's store lacks it" };
}
