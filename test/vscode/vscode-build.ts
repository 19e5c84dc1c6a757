// VS Code itself for the tests: the server build that the npm package code-server carries, unpacked once for a machine.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Holds VS Code 1.139. */
const PACKAGE = "code-server@4.139.1";

/** Where downloads are kept that all checkouts share. */
export function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "paylint");
}

/** The folder of VS Code's server, fetched with npm the first time; throws with npm's words when that fails. */
export async function provideVsCode(): Promise<string> {
  const cache = cacheFolder();
  const home = path.join(cache, PACKAGE.replace("@", "-"));
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    await removeLeftovers(home);
    console.log(`Fetching VS Code (npm package ${PACKAGE}) into ${home}, once …`);
    // Made beside its place and moved there when it is whole: what breaks off half-way is done again.
    const draft = await mkdtemp(`${home}.`);
    try {
      await fetchInto(draft);
      await moveUnlessThere(draft, home);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return path.join(home, "package/lib/vscode");
}

async function fetchInto(folder: string): Promise<void> {
  await npm(folder, ["pack", PACKAGE, "--silent"]);
  const archive = `${PACKAGE.replace("@", "-")}.tgz`;
  await run("tar", ["-xzf", archive], { cwd: folder });
  await rm(path.join(folder, archive));
  // No scripts: they compile parts that only a desktop or a real remote machine needs.
  await npm(path.join(folder, "package/lib/vscode"), [
    "install",
    "--omit=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ]);
}

/** npm, on its own settings: those of an npm script that this runs in would lead it to this project. */
async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  await run("npm", args, { cwd, env, maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" });
}

/** Drafts of runs that were killed; half a gigabyte each. Younger ones may still be worked on. */
async function removeLeftovers(home: string): Promise<void> {
  for (const name of await readdir(path.dirname(home))) {
    const entry = path.join(path.dirname(home), name);
    if (!entry.startsWith(`${home}.`)) continue;
    const { mtimeMs } = await stat(entry);
    if (Date.now() - mtimeMs > 3_600_000) await rm(entry, { recursive: true, force: true });
  }
}

/** Two runs may fetch at once; the first to finish wins. */
async function moveUnlessThere(draft: string, home: string): Promise<void> {
  try {
    await rename(draft, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}
