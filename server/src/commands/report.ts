import { type Command, Option } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { checklistReport } from "../report/checklist-report.ts";
import { htmlReport } from "../report/html/page.ts";
import { markdownStatus } from "../report/status/markdown.ts";
import { CLEAN } from "./outcome.ts";
import { type OutputFlags, write } from "./output.ts";
import { statusReport } from "./status.ts";
import { clock, lookAt, requireProviders, type Workspace } from "./workspace.ts";

interface ReportFlags extends OutputFlags {
  readonly format: keyof typeof reports;
}

/** The texts of a report, by the name of the format. */
const reports = {
  markdown: (workspace: Workspace): string =>
    markdownStatus(statusReport(workspace, workspace.project.settings.gate)),
  html: async ({ project, checklist }: Workspace): Promise<string> =>
    htmlReport(await checklistReport(project, checklist, { version: manifest.version, now: clock()() })),
} as const;

/** `paylint report`; `worker` is the module that its threads run. */
export function addReport(program: Command, worker: URL): void {
  program
    .command("report")
    .description("write a report of the go-live checklist for people to read")
    .argument("[folder]", "the project (default: the current folder)", ".")
    .addOption(
      new Option(
        "-f, --format <name>",
        "markdown: for a pull request; html: one page for a browser or a printer",
      )
        .choices(Object.keys(reports))
        .default("markdown"),
    )
    .option("-o, --output <file>", "write the report to a file instead of the terminal")
    .addHelpText("after", "\nExit codes: 0 written, 2 could not be.")
    .action(async (folder: string, { format, output }: ReportFlags) => {
      const workspace = await lookAt(folder, worker);
      requireProviders(workspace);
      write(await reports[format](workspace), output);
      process.exitCode = CLEAN;
    });
}
