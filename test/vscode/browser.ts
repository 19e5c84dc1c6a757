import { type Browser, chromium } from "playwright-core";
import { requireProgram } from "../../tools/programs.ts";
import { type CaseReport, REPORT } from "./suite/mistakes.ts";
import type { VsCodeServer } from "./vscode-server.ts";
import type { Workspace } from "./workspace.ts";

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireProgram("chromium"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface SuiteRun {
  readonly exitCode: number;
  readonly cases: ReadonlyMap<string, CaseReport>;
  /** What VS Code logged of Paylint. */
  readonly log: string;
}

/** Runs the suite in VS Code's extension host; a browser has to hold the other end. */
export async function runSuite(
  browser: Browser,
  server: VsCodeServer,
  workspace: Workspace,
): Promise<SuiteRun> {
  const { extension, tests } = await workspace.buildSuite();
  const page = await browser.newPage();
  const log: string[] = [];
  const cases = new Map<string, CaseReport>();
  let exited!: (code: number) => void;
  const exit = new Promise<number>((resolve) => (exited = resolve));
  // The names and their arguments are VS Code's.
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    const line = args.map(String).join(" ");
    if (/Paylint|PAYLINT/.test(line)) log.push(`${type}: ${line}`);
    const at = line.indexOf(REPORT);
    if (at < 0) return;
    const report = JSON.parse(line.slice(at + REPORT.length)) as CaseReport;
    cases.set(report.name, report);
  });
  await page.exposeFunction("codeAutomationExit", exited);
  await page.goto(
    server.url(workspace.shop, [
      ["extensionDevelopmentPath", server.remote(extension)],
      ["extensionTestsPath", server.remote(tests)],
    ]),
  );
  const exitCode = await exit;
  await page.close();
  return { exitCode, cases, log: log.join("\n") };
}
