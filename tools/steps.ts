import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");

/** A check that passes or fails as a whole. */
export interface Step {
  readonly name: string;
  /** Arguments of the project's own Node. */
  readonly args: readonly string[];
}

export const TYPES: Step = { name: "types", args: ["node_modules/typescript/bin/tsc", "-b", "--pretty"] };

/** What `npm run lint` runs. */
export const LINT: readonly Step[] = [
  { name: "lint", args: ["node_modules/eslint/bin/eslint.js", "--color", "--max-warnings", "0", "."] },
  { name: "format", args: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."] },
  { name: "unused code", args: ["node_modules/knip/bin/knip.js", "--no-progress"] },
  { name: "generated files", args: ["tools/generate.ts", "--check"] },
];

/** Runs the steps, two at a time, and says of each whether it passed; returns the number of those that failed. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  const waiting = [...steps];
  let failed = 0;
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) if (!(await passes(step))) failed++;
  };
  await Promise.all([lane(), lane()]);
  return failed;
}

async function passes({ name, args }: Step): Promise<boolean> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? "passed" : "FAILED"}  ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}
