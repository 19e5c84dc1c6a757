import { execFile } from "node:child_process";
import path from "node:path";
import { bundle } from "../bundle.ts";

const SOURCES = path.resolve(import.meta.dirname, "../../src");
let folder: string | undefined;

/** The command line with its worker, bundled once for the tests of a file. */
export function commandLine(): string {
  folder ??= bundle(path.join(SOURCES, "cli.ts"), path.join(SOURCES, "worker.ts"));
  return path.join(folder, "cli.mjs");
}

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `paylint` as a process of its own in a folder. */
export function paylint(cwd: string, ...args: readonly string[]): Promise<Run> {
  return paylintWith({}, cwd, ...args);
}

/** The same, with variables of the environment set otherwise. */
export function paylintWith(
  change: NodeJS.ProcessEnv,
  cwd: string,
  ...args: readonly string[]
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...change };
    execFile(
      process.execPath,
      [commandLine(), ...args],
      { cwd, env, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== "number") reject(error);
        else resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      },
    );
  });
}
