// Runs inside VS Code's extension host, with the real `vscode` API.
import { cases } from "./cases.ts";
import { closeAll } from "./editor.ts";
import { type CaseReport, caseNames, REPORT } from "./mistakes.ts";

/** What VS Code calls; throws when a case failed. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const name of caseNames) {
    const error = await outcome(cases[name]!);
    if (error !== undefined) failed++;
    report({ name, error });
  }
  if (failed > 0) throw new Error(`${failed} of ${caseNames.length} cases failed`);
}

async function outcome(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    await closeAll();
  }
}

function report(report: CaseReport): void {
  console.log(REPORT + JSON.stringify(report));
}
