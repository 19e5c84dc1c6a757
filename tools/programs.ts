// The programs of others that the tests open: a browser, in which VS Code runs, and a second editor.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

interface Program {
  /** What it may be called on the PATH. */
  readonly names: readonly string[];
  /** The environment variable that names it where it is not on the PATH. */
  readonly variable: string;
  /** Debian's package. */
  readonly package: string;
  readonly what: string;
}

const PROGRAMS = {
  chromium: {
    names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    variable: "CHROMIUM",
    package: "chromium",
    what: "The tests in VS Code need Chromium",
  },
  neovim: {
    names: ["nvim"],
    variable: "NEOVIM",
    package: "neovim",
    what: "The tests in a second editor need Neovim",
  },
} satisfies Record<string, Program>;

export type ProgramId = keyof typeof PROGRAMS;

/** The path of an installed program: the one that its variable names, else the first on the PATH. */
function findProgram({ names, variable }: Program): string | undefined {
  return process.env[variable] || names.map(onPath).find((file) => file !== undefined);
}

/** The path of a program; throws, with the command that installs it, when there is none. */
export function requireProgram(id: ProgramId): string {
  const program = PROGRAMS[id];
  const found = findProgram(program);
  if (found) return found;
  throw new Error(
    `${program.what}. On Debian: sudo apt-get install ${program.package}. ` +
      `Elsewhere: install it and set ${program.variable} to the path of its program.`,
  );
}

/** Installs what is missing where that takes no question: as root, on Debian and its kin. */
export function providePrograms(): void {
  const missing = Object.values(PROGRAMS).filter((program) => !findProgram(program));
  if (missing.length === 0 || process.getuid?.() !== 0 || !onPath("apt-get")) return;
  const packages = missing.map((program) => program.package);
  console.log(`Installing ${packages.join(" and ")} with apt-get, for the tests in editors …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...packages]]) {
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
