// eslint-disable-next-line no-restricted-imports -- git alone, without a shell, and kept from running anything itself
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { repositoryOf } from "./git-head.ts";

/** A text that a file had in one commit. */
export interface PastText {
  /** When it was committed, ISO 8601. */
  readonly when: string;
  readonly text: string;
}

/** Older commits are left out. */
const MOST_COMMITS = 200;

/** What a file held at each commit that changed it, the newest first; nothing where git cannot tell. */
export async function historyOf(file: string): Promise<readonly PastText[]> {
  const folder = path.dirname(file);
  if (repositoryOf(folder) === undefined) return [];
  const name = path.basename(file);
  try {
    const log = await git(folder, ["log", `--max-count=${MOST_COMMITS}`, "--format=%H %cI", "--", name]);
    const commits = log
      .toString()
      .split("\n")
      .flatMap((line) => {
        const [hash, when] = line.split(" ");
        return hash && when ? [{ hash, when }] : [];
      });
    const wanted = commits.map(({ hash }) => `${hash}:./${name}\n`).join("");
    const texts = textsIn(await git(folder, ["cat-file", "--batch"], wanted));
    return commits.flatMap(({ when }, at) => {
      const text = texts[at];
      return text === undefined ? [] : [{ when, text }];
    });
  } catch {
    // No git on this machine, or a repository that it does not want to read.
    return [];
  }
}

/** Settings of a repository that make git run programs, or ask the network for what a partial clone lacks. */
const SAFE = ["-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.pager=cat"];
const QUIET = {
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
};
const TIME_LIMIT = 10_000;
const LARGEST = 64 * 1024 * 1024;

function git(folder: string, args: readonly string[], input = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program(),
      [...SAFE, "-C", folder, ...args],
      { encoding: "buffer", env: { ...process.env, ...QUIET }, timeout: TIME_LIMIT, maxBuffer: LARGEST },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    // It may be gone before it has read everything; that is told above.
    child.stdin!.on("error", () => undefined).end(input);
  });
}

/** Git by its full path: Windows would look for it in the current folder first, which may be anybody's. */
function program(): string {
  const name = process.platform === "win32" ? "git.exe" : "git";
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error("There is no git on the PATH");
  return found;
}

/** The objects of `git cat-file --batch`, in order; undefined for one that is missing. */
function textsIn(output: Buffer): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const size = / blob (\d+)$/.exec(output.toString("utf8", at, end))?.[1];
    const length = size === undefined ? -1 : Number(size);
    texts.push(size === undefined ? undefined : output.toString("utf8", end + 1, end + 1 + length));
    at = end + 1 + (length + 1);
  }
  return texts;
}
