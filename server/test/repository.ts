import { execFileSync } from "node:child_process";
import { devNull } from "node:os";
import { makeTree } from "./tree.ts";

/** Keeps what the machine's owner has set out of tests. */
export const GIT_ENV = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1", XDG_CONFIG_HOME: devNull };

const IDENTITY = ["user.name=Ada", "user.email=ada@example.com", "commit.gpgsign=false"];

/** Runs git in a folder and returns what it says. */
export function git(root: string, ...args: readonly string[]): string {
  const settings = IDENTITY.flatMap((setting) => ["-c", setting]);
  const env = { ...process.env, ...GIT_ENV };
  return execFileSync("git", [...settings, ...args], { cwd: root, env, encoding: "utf8", stdio: "pipe" });
}

/** A git repository with files in its work tree, nothing staged; gone when the test is over. */
export function makeRepository(
  files: Readonly<Record<string, string | Uint8Array>>,
  ...whenOver: Parameters<typeof makeTree> extends [unknown, ...infer Rest] ? Rest : never
): string {
  const root = makeTree(files, ...whenOver);
  git(root, "init", "--quiet", "--initial-branch=main");
  return root;
}

/** Stages everything and commits it. */
export function commitAll(root: string, message = "Change"): void {
  git(root, "add", "--all", "--force");
  git(root, "commit", "--quiet", "--message", message);
}
