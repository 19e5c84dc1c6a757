import { existsSync } from "node:fs";
import path from "node:path";
import { contains, slashed } from "@paylint/linking";
import ignore, { type Ignore } from "ignore";
import { globalIgnoreFile } from "./git-config.ts";
import { commonFolder, readTracked, type Tracked } from "./git-index.ts";
import { textIn } from "./regular-file.ts";

/** The ignore files that apply in one folder, the nearest first, each with the folder that its patterns start from. */
interface Patterns {
  readonly folder: string;
  readonly matcher: Ignore;
  readonly above: Patterns | undefined;
}

/** What git says of the entries of one folder; made for each folder on the way down. */
export class GitView {
  readonly #patterns: Patterns | undefined;
  readonly #repository: Repository | undefined;

  private constructor(patterns: Patterns | undefined, repository: Repository | undefined) {
    this.#patterns = patterns;
    this.#repository = repository;
  }

  /**
   * The view from a folder, with the ignore files of every folder above it up to the repository's root; up to `top`
   * when there is no repository. A folder that is itself ignored is seen as if it were not: somebody asked for it.
   */
  static from(folder: string, top: string): GitView {
    const chain = foldersAbove(folder, top);
    const view = chain.reduce((outer, inner) => outer.enter(inner), new GitView(undefined, undefined));
    const own = view.enter(folder);
    if (!view.ignores(folder, true)) return own;
    return new GitView(undefined, own.#repository).enter(folder);
  }

  /** Whether git ignores a file, or a folder that it lies in, and does not track it all the same. */
  static ignoresFile(file: string, top: string): boolean {
    const folder = path.dirname(file);
    let view = new GitView(undefined, undefined);
    for (const each of [...foldersAbove(folder, top), folder]) {
      if (view.ignores(each, true)) return true;
      view = view.enter(each);
    }
    return view.ignores(file, false);
  }

  /** The view from a folder below this one. */
  enter(folder: string): GitView {
    // A repository inside another, a submodule for one, is ruled by its own files alone.
    const own = isRepository(folder) ? new Repository(folder) : undefined;
    let patterns = own ? excludes(folder) : this.#patterns;
    const file = textIn(path.join(folder, ".gitignore"));
    if (file !== undefined) patterns = { folder, matcher: newMatcher().add(file), above: patterns };
    return new GitView(patterns, own ?? this.#repository);
  }

  /** Whether git ignores a file or folder and does not track it, nor anything in it, all the same. */
  ignores(entry: string, isFolder: boolean): boolean {
    if (!this.matches(entry, isFolder)) return false;
    return !this.#repository?.tracks(entry, isFolder);
  }

  /** Whether the patterns ignore an entry, tracked or not. */
  matches(entry: string, isFolder: boolean): boolean {
    for (let at = this.#patterns; at; at = at.above) {
      const relative = slashed(path.relative(at.folder, entry)) + (isFolder ? "/" : "");
      const { ignored, unignored } = at.matcher.test(relative);
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  /** Whether a file, or anything in a folder, is in git's index. */
  tracks(entry: string, isFolder: boolean): boolean {
    return this.#repository?.tracks(entry, isFolder) ?? false;
  }
}

class Repository {
  readonly #folder: string;
  #tracked: Tracked | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  tracks(entry: string, isFolder: boolean): boolean {
    this.#tracked ??= readTracked(this.#folder);
    const name = slashed(path.relative(this.#folder, entry));
    return (isFolder ? this.#tracked.folders : this.#tracked.files).has(name);
  }
}

/** The folders above one up to the repository's root, the outermost first; up to `top` when there is no repository. */
function foldersAbove(folder: string, top: string): string[] {
  const above: string[] = [];
  let at = folder;
  while (!isRepository(at) && at !== path.dirname(at)) above.unshift((at = path.dirname(at)));
  return isRepository(at) ? above : above.filter((other) => contains(top, other));
}

function isRepository(folder: string): boolean {
  return existsSync(path.join(folder, ".git"));
}

/** The patterns that lie outside of the work tree: the repository's own and, behind them, those of the person. */
function excludes(repository: string): Patterns | undefined {
  const shared = commonFolder(repository);
  const own = shared === undefined ? [] : [path.join(shared, "info", "exclude")];
  return [globalIgnoreFile(repository), ...own].reduce<Patterns | undefined>((above, file) => {
    const text = textIn(file);
    return text === undefined ? above : { folder: repository, matcher: newMatcher().add(text), above };
  }, undefined);
}

/** Git heeds the case of names where the file system does. */
function newMatcher(): Ignore {
  return ignore({ ignorecase: process.platform === "win32" || process.platform === "darwin" });
}
