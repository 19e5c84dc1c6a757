import { homedir } from "node:os";
import path from "node:path";
import { slashed } from "@paylint/linking";
import picomatch from "picomatch";
import { commonFolder } from "./git-index.ts";
import { repositoryOf } from "./git-head.ts";
import { readRegular } from "./regular-file.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Git's settings in a folder: values by `section.key`, both in lower case, of sections without a subsection; the later
 * file prevails. Git itself is not run for it.
 */
export function readConfig(folder: string, env: Environment = process.env): Map<string, string> {
  const home = homeOf(env);
  const repository = repositoryOf(folder);
  const git = repository === undefined ? undefined : commonFolder(repository);
  const files = [
    ...(env.GIT_CONFIG_NOSYSTEM ? [] : [env.GIT_CONFIG_SYSTEM || "/etc/gitconfig"]),
    ...(env.GIT_CONFIG_GLOBAL
      ? [env.GIT_CONFIG_GLOBAL]
      : [path.join(configFolder(env), "config"), path.join(home, ".gitconfig")]),
    ...(git === undefined ? [] : [path.join(git, "config")]),
  ];
  const reader = new ConfigReader(home, git);
  for (const file of files) reader.read(file);
  return reader.values;
}

/** The file of a person's own ignore patterns, for all repositories; it need not be there. */
export function globalIgnoreFile(folder: string, env: Environment = process.env): string {
  const named = readConfig(folder, env).get("core.excludesfile");
  if (!named) return path.join(configFolder(env), "ignore");
  return path.resolve(folder, named.replace(/^~(?=\/)/, homeOf(env)));
}

function homeOf(env: Environment): string {
  return env.HOME || homedir();
}

function configFolder(env: Environment): string {
  return path.join(env.XDG_CONFIG_HOME || path.join(homeOf(env), ".config"), "git");
}

/** As git itself, to end files that include each other. */
const DEEPEST = 10;

class ConfigReader {
  readonly values = new Map<string, string>();
  readonly #home: string;
  readonly #git: string | undefined;

  constructor(home: string, git: string | undefined) {
    this.#home = home;
    this.#git = git;
  }

  /** Reads a file, and those that it includes where it does; one that is not there, or not to be read, says nothing. */
  read(file: string, depth = 0): void {
    let text: string;
    try {
      text = readRegular(file).toString();
    } catch {
      return;
    }
    let section = "";
    let subsection: string | undefined;
    for (const line of text.replace(/\\\r?\n/g, "").split(/\r?\n/)) {
      const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:\\.|[^"\\])*)")?\s*\]/.exec(line);
      if (header) [section, subsection] = [header[1]!.toLowerCase(), header[2]?.replace(/\\(.)/g, "$1")];
      const [, key, written = ""] =
        /^\s*([A-Za-z][\w-]*)\s*=\s*(.*)$/.exec(line.slice(header?.[0].length)) ?? [];
      if (key === undefined) continue;
      const value = unquoted(written);
      if (this.#includes(section, subsection, key, file)) {
        if (depth < DEEPEST) this.read(this.#resolve(value, file), depth + 1);
      } else if (subsection === undefined) this.values.set(`${section}.${key.toLowerCase()}`, value);
    }
  }

  #includes(section: string, subsection: string | undefined, key: string, file: string): boolean {
    if (key.toLowerCase() !== "path") return false;
    if (section === "include") return subsection === undefined;
    return section === "includeif" && subsection !== undefined && this.#holds(subsection, file);
  }

  /** Whether the condition of an include holds; of git's conditions, those on the repository's place are known here. */
  #holds(condition: string, file: string): boolean {
    const [, ignoreCase, pattern] = /^gitdir(\/i)?:(.*)$/.exec(condition) ?? [];
    if (pattern === undefined || this.#git === undefined) return false;
    const anchored = pattern.startsWith("./")
      ? slashed(path.join(path.dirname(file), pattern))
      : pattern.replace(/^~(?=\/)/, slashed(this.#home));
    const rooted = path.isAbsolute(anchored) ? anchored : `**/${anchored}`;
    const whole = rooted.endsWith("/") ? `${rooted}**` : rooted;
    return picomatch.isMatch(slashed(this.#git), whole, { dot: true, nocase: ignoreCase !== undefined });
  }

  #resolve(value: string, file: string): string {
    return path.resolve(path.dirname(file), value.replace(/^~(?=\/)/, this.#home));
  }
}

/** A value as git reads it: quotes and escapes resolved, comments and blanks at its end left out. */
function unquoted(written: string): string {
  let value = "";
  let kept = 0;
  let quoted = false;
  for (const [token] of written.matchAll(/\\.|[^\\]/g)) {
    if (token === '"') quoted = !quoted;
    else if (!quoted && (token === "#" || token === ";")) break;
    else value += token.length === 2 ? (ESCAPES[token[1]!] ?? token[1]!) : token;
    if (quoted || token === '"' || token.trim() !== "") kept = value.length;
  }
  return value.slice(0, kept);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };
