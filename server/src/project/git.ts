// eslint-disable-next-line no-restricted-imports -- git alone, without a shell, and kept from running anything itself
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { ByteReader } from "./byte-reader.ts";
import { repositoryOf } from "./git-head.ts";

/** Git cannot tell what was asked for. */
export class GitError extends Error {}

/** Settings of a repository that make git run programs, or ask the network for what a partial clone lacks. */
const SAFE = ["-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.pager=cat"];
const QUIET = {
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
};

/** What git may be silent for, in milliseconds: to sort a long history takes it a while. */
const SILENCE = 60_000;

/** A running git, whose output is read as it comes. */
export class GitProcess {
  readonly output: ByteReader;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<void>;

  /**
   * Starts git in a folder.
   * @throws {GitError} when there is no git
   */
  constructor(folder: string, args: readonly string[]) {
    const child = spawn(program(), [...SAFE, "-C", folder, ...args], {
      env: { ...process.env, ...QUIET },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child = child;
    this.output = new ByteReader(child.stdout, SILENCE, new GitError("git did not answer."));
    // It may be gone before it has read everything; its exit code tells.
    child.stdin.on("error", () => undefined);
    let told = "";
    child.stderr.on("data", (chunk: Buffer) => (told = (told + chunk.toString()).slice(0, 1000)));
    this.#ended = new Promise((resolve, reject) => {
      child.once("error", (error) => reject(new GitError(`git could not be run: ${error.message}`)));
      child.once("close", (code) => (code === 0 ? resolve() : reject(new GitError(reasonIn(told, code)))));
    });
    this.#ended.catch(() => undefined);
  }

  /** Hands git some of its input. */
  write(input: string): void {
    this.#child.stdin.write(input);
  }

  /**
   * Ends git's input and waits for its end.
   * @throws {GitError} when git failed
   */
  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }

  kill(): void {
    this.#child.kill();
  }
}

/** The byte that ends a line. */
export const LINE_END = 10;

/**
 * Everything that git puts out, cut at zero bytes, or at another byte.
 * @throws {GitError} when git fails
 */
export async function* gitRecords(folder: string, args: readonly string[], end = 0): AsyncGenerator<string> {
  const process = new GitProcess(folder, args);
  try {
    for (;;) {
      const record = await process.output.until(end);
      if (record === undefined) break;
      yield record.toString();
    }
    await process.end();
  } finally {
    process.kill();
  }
}

/**
 * The root of the repository that a folder lies in.
 * @throws {GitError} when it lies in none
 */
export function requireRepository(folder: string): string {
  const repository = repositoryOf(folder);
  if (repository === undefined) throw new GitError(`${folder} is in no git repository.`);
  return repository;
}

/** The first line that git wrote is its reason; the others are advice. */
function reasonIn(told: string, code: number | null): string {
  const reason = told.split("\n")[0]?.replace(/^(?:fatal|error): /, "");
  return `git failed: ${reason || `exit code ${code}`}`;
}

/** Git by its full path: Windows would look for it in the current folder first, which may be anybody's. */
function program(): string {
  const name = process.platform === "win32" ? "git.exe" : "git";
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new GitError("There is no git on the PATH.");
  return found;
}
