import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Log } from "sarif";
import { reasonOf } from "../project/errors.ts";
import { flawsOf, hasFindings, mergedSarif, type NamedLog } from "../report/merged-sarif.ts";
import { CLEAN, FINDINGS, RunError } from "./outcome.ts";
import { type OutputFlags, write } from "./output.ts";

/** `paylint merge`. */
export function addMerge(program: Command): void {
  program
    .command("merge")
    .description("make one SARIF log of those that the runs of --shard wrote")
    .argument("<logs...>", "the logs of all parts")
    .option("-o, --output <file>", "write the log to a file instead of the terminal")
    .addHelpText("after", "\nExit codes: 0 no findings, 1 findings, 2 a part is missing or cannot be read.")
    .action((names: string[], { output }: OutputFlags) => {
      process.exitCode = merge(names, output);
    });
}

function merge(names: readonly string[], output: string | undefined): number {
  const logs = names.map(readLog);
  const flaws = flawsOf(logs);
  if (flaws.length > 0)
    throw new RunError(
      `${flaws.join(".\n")}.\nGive the logs of all parts: paylint check --shard 1/${logs.length} -f sarif=1.sarif, and so on.`,
    );
  write(mergedSarif(logs), output);
  return logs.some(hasFindings) ? FINDINGS : CLEAN;
}

function readLog(name: string): NamedLog {
  try {
    const log = JSON.parse(readFileSync(name, "utf8")) as Log;
    if (log.version === "2.1.0" && Array.isArray(log.runs) && log.runs.length > 0) return { name, log };
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is no JSON" : reasonOf(error);
    throw new RunError(`${name} could not be read: ${reason}.`);
  }
  throw new RunError(`${name} is no SARIF log, as paylint check --format sarif writes it.`);
}
