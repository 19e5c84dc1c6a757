import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { DiskHost, slashed } from "@paylint/linking";
import { reasonOf } from "./errors.ts";
import type { Target } from "./find.ts";
import type { LintContext } from "./lint-files.ts";
import { type Outcome, pathOf } from "./results.ts";
import { ScanMemory } from "./scan-memory.ts";
import { stampOf } from "./stamp.ts";

/** Where a run keeps what came of each file; absolute. */
export interface CacheOptions {
  readonly file: string;
  /** Paylint's version and the module that lints, which names all that does by its content. */
  readonly program: string;
}

/** The place of a cache in a folder: where other tools keep theirs, if packages are installed there. */
export function defaultCacheFile(folder: string): string {
  return existsSync(path.join(folder, "node_modules"))
    ? path.join(folder, "node_modules/.cache/paylint/check.json")
    : path.join(folder, ".paylintcache");
}

/** Says which Paylint lints, by its version and the worker's module. */
export function programOf(version: string, worker: URL): string {
  return `${version} ${readFileSync(worker, "utf8")}`;
}

/**
 * Lints the files that changed since the last run with the same settings, or that hang on one that did; of the others
 * what came of them then is taken. What decides is the content of files, so a new clone may use an old cache.
 * @throws {CacheError} when the cache cannot be written
 */
export async function lintCached(
  targets: readonly Target[],
  context: LintContext,
  { file, program }: CacheOptions,
  lint: (targets: readonly Target[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const { root } = context;
  // What is named is linted whatever its size and looks are, so it makes a difference how a file was found.
  const named = targets.filter(({ explicit, gitIgnored }) => explicit || gitIgnored);
  const key = createHash("sha256")
    .update(JSON.stringify([program, context, named]))
    .digest("hex");
  const memory = new ScanMemory(file, key, root);
  const host = new DiskHost(root);
  const kept = await memory.recall(
    targets.map((target) => target.path),
    (changed) => host.importsOf(slashed(path.relative(root, changed))),
  );
  // A cache among the files is none of them.
  const done = new Set([file, ...kept.map(pathOf)]);
  const left = targets.filter((target) => !done.has(target.path));
  const stamps = new Map(left.map((target) => [target.path, stampOf(target.path)]));
  const outcomes = left.length > 0 ? await lint(left) : [];
  for (const outcome of outcomes) memory.keep(pathOf(outcome), stamps.get(pathOf(outcome)), outcome);
  try {
    memory.save();
  } catch (error) {
    throw new CacheError(
      `The cache could not be written to ${file}: ${reasonOf(error)}. Name another place: --cache-location FILE`,
    );
  }
  return [...kept, ...outcomes];
}

/** The cache cannot be kept. */
export class CacheError extends Error {}
