import { type Dirent, existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { languageOf } from "@paylint/engine";
import { contains, slashed } from "@paylint/linking";
import picomatch from "picomatch";
import { reasonOf } from "./errors.ts";
import { GitView } from "./ignoring.ts";
import type { Failure, Skipped, SkipReason } from "./results.ts";

/** A file to lint. */
export interface Target {
  /** Absolute, with the separators of the machine. */
  readonly path: string;
  /** Named by the caller rather than found in a folder, so that size and looks are no reason to leave it out. */
  readonly explicit: boolean;
  /** Kept out of the repository by git, and linted all the same because it was named. */
  readonly gitIgnored?: boolean;
}

export interface Found {
  readonly targets: readonly Target[];
  readonly skipped: readonly Skipped[];
  readonly failures: readonly Failure[];
}

export interface FindOptions {
  /** The folder that paths are relative to; absolute. */
  readonly cwd: string;
  /** Whether files that git ignores are left out. */
  readonly gitignore: boolean;
  /** Whether the project's settings leave a file or folder out. */
  ignores(entry: string, isFolder: boolean): boolean;
}

/** A path or pattern that names nothing. */
export class UnknownPathError extends Error {}

/**
 * Finds the files to lint: each path is a file, a folder with all below it, or a pattern such as `src/**` + `/*.ts`.
 * @throws {UnknownPathError} when one of them names nothing
 */
export function findFiles(paths: readonly string[], options: FindOptions): Found {
  const search = new Search(options);
  for (const name of paths) search.add(name);
  return search.found();
}

/** One folder searched. */
interface Walk {
  /** Where it began. */
  readonly top: string;
  wants(file: string): boolean;
}

const VERSION_CONTROL = new Set([".git", ".hg", ".svn", ".jj"]);

class Search {
  readonly #options: FindOptions;
  readonly #targets = new Map<string, Target>();
  readonly #skipped = new Map<string, Skipped>();
  readonly #failures = new Map<string, Failure>();

  constructor(options: FindOptions) {
    this.#options = options;
  }

  found(): Found {
    for (const file of this.#targets.keys()) this.#skipped.delete(file);
    return {
      targets: inOrder(this.#targets),
      skipped: inOrder(this.#skipped),
      failures: inOrder(this.#failures),
    };
  }

  add(name: string): void {
    const full = path.resolve(this.#options.cwd, name);
    let stats: Stats;
    try {
      stats = statSync(full);
    } catch (error) {
      if (lstatSync(full, { throwIfNoEntry: false })) return this.#fail(full, error);
      return this.#addPattern(name);
    }
    if (stats.isDirectory()) this.#walk(full, this.#view(full), { top: full, wants: () => true });
    else if (!stats.isFile()) this.#skip(full, "special", "is neither a file nor a folder");
    else if (languageOf(slashed(full))) this.#targets.set(full, this.#named(full));
    else this.#skip(full, "language", "is of a kind that Paylint does not read");
  }

  #named(file: string): Target {
    const { gitignore, cwd } = this.#options;
    return { path: file, explicit: true, gitIgnored: gitignore && GitView.ignoresFile(file, cwd) };
  }

  #addPattern(pattern: string): void {
    const { folder, rest } = splitPattern(pattern, this.#options.cwd);
    if (!picomatch.scan(rest).isGlob)
      throw new UnknownPathError(`There is no file or folder "${pattern}" in ${this.#options.cwd}`);
    const matches = picomatch(rest, { dot: true });
    let matched = false;
    const wants = (file: string): boolean => {
      const fits = matches(slashed(path.relative(folder, file)));
      matched ||= fits;
      return fits;
    };
    this.#walk(folder, this.#view(folder), { top: folder, wants });
    if (!matched)
      throw new UnknownPathError(`No file that Paylint reads matches "${pattern}" in ${this.#options.cwd}`);
  }

  #view(folder: string): GitView | undefined {
    return this.#options.gitignore ? GitView.from(folder, this.#options.cwd) : undefined;
  }

  #walk(folder: string, view: GitView | undefined, walk: Walk): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      return this.#fail(folder, error);
    }
    for (const entry of entries) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (this.#enters(full, entry.name, view)) this.#walk(full, view?.enter(full), walk);
      } else if (this.#leaves(full, view)) continue;
      else if (entry.isSymbolicLink()) this.#considerLink(full, walk);
      else if (!languageOf(slashed(full)) || !walk.wants(full)) continue;
      else if (!entry.isFile()) this.#skip(full, "special", "is neither a file nor a folder");
      else if (!this.#targets.has(full)) this.#targets.set(full, { path: full, explicit: false });
    }
  }

  /** Whether the walk goes into a folder; what it leaves out is told. */
  #enters(folder: string, name: string, view: GitView | undefined): boolean {
    if (VERSION_CONTROL.has(name)) return false;
    if (name === "node_modules") this.#skip(folder, "node_modules", "holds installed packages", true);
    else if (view?.ignores(folder, true)) this.#skip(folder, "gitignore", "is ignored by git", true);
    else if (this.#options.ignores(folder, true))
      this.#skip(folder, "settings", "is ignored by paylint.json", true);
    else return true;
    return false;
  }

  /** Whether a file is to be left out; told for those that Paylint could read. */
  #leaves(file: string, view: GitView | undefined): boolean {
    if (!languageOf(slashed(file))) return false;
    if (view?.ignores(file, false)) this.#skip(file, "gitignore", "is ignored by git");
    else if (this.#options.ignores(file, false)) this.#skip(file, "settings", "is ignored by paylint.json");
    else return false;
    return true;
  }

  /** A link into the same tree needs no second look at what it leads to; one that leads out is not ours to follow. */
  #considerLink(link: string, { top, wants }: Walk): void {
    try {
      const target = realpathSync(link);
      const holdsCode = statSync(target).isDirectory() || (languageOf(slashed(target)) && wants(link));
      if (holdsCode && !contains(realpathSync(top), target))
        this.#skip(link, "symlink", `is a symbolic link that leads out of ${path.basename(top)}`);
    } catch (error) {
      if (languageOf(slashed(link)) && wants(link)) this.#fail(link, error);
    }
  }

  #skip(file: string, reason: SkipReason, detail: string, folder = false): void {
    this.#skipped.set(file, { path: file, reason, detail, folder });
  }

  #fail(file: string, error: unknown): void {
    this.#failures.set(file, {
      path: file,
      reason: "unreadable",
      detail: `could not be read: ${reasonOf(error)}`,
    });
  }
}

/** Folders that exist under the very name a pattern begins with are no pattern, brackets or not: `app/[id]/*.ts`. */
function splitPattern(pattern: string, cwd: string): { folder: string; rest: string } {
  const parts = slashed(path.normalize(pattern)).split("/");
  let taken = 0;
  let folder = pattern.startsWith("/") ? "/" : cwd;
  while (taken < parts.length - 1 && existsSync(path.resolve(folder, parts[taken]!)))
    folder = path.resolve(folder, parts[taken++]!);
  return { folder, rest: parts.slice(taken).join("/") };
}

function inOrder<Value>(byPath: ReadonlyMap<string, Value>): Value[] {
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}
