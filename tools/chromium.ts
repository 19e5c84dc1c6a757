// The browser in which the tests open a real VS Code.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The path of an installed Chromium: the one that CHROMIUM names, else the first on the PATH. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return NAMES.map(onPath).find((file) => file !== undefined);
}

/** The path of a Chromium; throws, with the command that installs one, when there is none. */
export function requireChromium(): string {
  const found = findChromium();
  if (found) return found;
  throw new Error(
    "The tests in VS Code need Chromium. On Debian: sudo apt-get install chromium. " +
      "Elsewhere: install it and set CHROMIUM to the path of its program.",
  );
}

/** Installs Chromium where that takes no question: as root, on Debian and its kin. */
export function provideChromium(): void {
  if (findChromium() || process.getuid?.() !== 0 || !onPath("apt-get")) return;
  console.log("Installing chromium with apt-get, for the tests in VS Code …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
    const { status, stderr } = spawnSync("apt-get", ["--quiet", ...args], { env, encoding: "utf8" });
    if (status !== 0) console.log(`apt-get ${args.join(" ")} failed:\n${stderr.trimEnd()}`);
  }
}

function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
