// `paylint`: the command line. Exit codes: 0 clean, 1 findings or a shut gate, 2 could not run.
import path from "node:path";
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { GoLiveWriteError } from "./checklist/go-live-file.ts";
import { SignError } from "./checklist/signing.ts";
import { addBaseline } from "./commands/baseline.ts";
import { addCheck } from "./commands/check.ts";
import { addInit } from "./commands/init.ts";
import { addMerge } from "./commands/merge.ts";
import { CLEAN, COULD_NOT_RUN, RunError } from "./commands/outcome.ts";
import { addReport } from "./commands/report.ts";
import { addSign } from "./commands/sign.ts";
import { addStatus } from "./commands/status.ts";
import { CacheError } from "./project/check-cache.ts";
import { placeOf } from "./project/errors.ts";
import { UnknownPathError } from "./project/find.ts";
import { GitError } from "./project/git.ts";
import { JsonFileError } from "./project/json-file-error.ts";
import { maskSecrets } from "./project/masking.ts";

/** What is told to the person without a stack. */
const TOLD = [RunError, GitError, JsonFileError, UnknownPathError, SignError, GoLiveWriteError, CacheError];

function program(): Command {
  const command = new Command("paylint")
    .description("Finds the mistakes that cost money in payment integrations.")
    .version(manifest.version)
    .showHelpAfterError("(paylint --help lists the commands and options)")
    .configureOutput({ writeErr: (text) => process.stderr.write(maskSecrets(text)) })
    .exitOverride();
  const worker = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);
  addCheck(command, worker);
  addBaseline(command, worker);
  addMerge(command);
  addInit(command, worker);
  addStatus(command, worker);
  addSign(command, worker);
  addReport(command, worker);
  return command;
}

async function main(): Promise<void> {
  // A reader that has seen enough, `head` for one, closes the pipe; that is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has told it already; help and version end here, too, with 0.
      process.exitCode = error.exitCode === 0 ? CLEAN : COULD_NOT_RUN;
      return;
    }
    process.exitCode = COULD_NOT_RUN;
    const told = TOLD.some((kind) => error instanceof kind);
    console.error(maskSecrets(told ? (error as Error).message : `Paylint failed: ${placeOf(error)}`));
  }
}

await main();
