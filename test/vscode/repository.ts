import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Makes a folder a git repository with one commit of somebody's; returns the commit's hash. */
export async function makeRepository(folder: string, name: string, mail: string): Promise<string> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)("git", args, { cwd: folder })).stdout.trim();
  await git("init");
  for (const [key, value] of [
    ["user.name", name],
    ["user.email", mail],
    ["commit.gpgsign", "false"],
  ] as const)
    await git("config", key, value);
  await git("add", ".");
  await git("commit", "-m", "Begin");
  return git("rev-parse", "HEAD");
}
