import path from "node:path";
import { type Command, Option } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { holdingUp } from "../checklist/gate.ts";
import { providerName } from "../checklist/project.ts";
import { headOf } from "../project/git-head.ts";
import { type Gate, GATES } from "../project/parse-settings.ts";
import { relativePath } from "../report/paths.ts";
import { type StatusFormat, statusReporters } from "../report/status/index.ts";
import type { StatusReport } from "../report/status/status-report.ts";
import { CLEAN, FINDINGS } from "./outcome.ts";
import { type OutputFlags, usesColour, write } from "./output.ts";
import { lookAt, requireProviders, type Workspace } from "./workspace.ts";

interface StatusFlags extends OutputFlags {
  readonly gate?: Gate;
  readonly format: StatusFormat;
  readonly verbose?: true;
}

/** `paylint status`; `worker` is the module that its threads run. */
export function addStatus(program: Command, worker: URL): void {
  program
    .command("status")
    .description("tell where the go-live checklist stands: proved, contradicted, signed, open")
    .argument("[folder]", "the project (default: the current folder)", ".")
    .addOption(
      new Option(
        "--gate <name>",
        "fail unless these items are settled (default: what paylint.json says)",
      ).choices(GATES),
    )
    .addOption(
      new Option("-f, --format <name>", "how it is told")
        .choices(Object.keys(statusReporters))
        .default("text"),
    )
    .option("-o, --output <file>", "write the status to a file instead of the terminal")
    .option("--verbose", "list settled and open items, too")
    .option("--color", "use colours even when the output is no terminal")
    .option("--no-color", "use no colours")
    .addHelpText(
      "after",
      "\nExit codes: 0 no gate or an open one, 1 items hold the gate up, 2 the check could not run.",
    )
    .action(async (folder: string, flags: StatusFlags) => {
      process.exitCode = await runStatus(folder, flags, worker);
    });
}

async function runStatus(folder: string, flags: StatusFlags, worker: URL): Promise<number> {
  const workspace = await lookAt(folder, worker);
  requireProviders(workspace);
  const report = statusReport(workspace, flags.gate ?? workspace.project.settings.gate);
  const options = { verbose: flags.verbose ?? false, colour: usesColour(flags) };
  write(statusReporters[flags.format](report, options), flags.output);
  return report.gate && report.gate.heldUpBy.length > 0 ? FINDINGS : CLEAN;
}

/** What is told of a project's checklist. */
export function statusReport(
  { project, checklist, result, hasGoLive }: Workspace,
  gate: Gate | undefined,
): StatusReport {
  const { statuses } = checklist;
  return {
    project: path.basename(project.root),
    version: manifest.version,
    commit: headOf(project.root),
    providers: checklist.providers.map((id) => ({ id, name: providerName(project, id) })),
    statuses,
    gate: gate && { name: gate, heldUpBy: holdingUp(statuses, gate) },
    hasGoLive,
    strays: checklist.strays,
    unread: result.failures.map((failure) => ({
      file: relativePath(project.root, failure.path),
      detail: failure.detail,
    })),
  };
}
