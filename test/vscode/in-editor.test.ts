import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, runSuite, type SuiteRun } from "./browser.ts";
import { caseNames } from "./suite/mistakes.ts";
import { provideVsCode } from "./vscode-build.ts";
import { VsCodeServer } from "./vscode-server.ts";
import { packExtension } from "./vsix.ts";
import { Workbench } from "./workbench.ts";
import { Workspace } from "./workspace.ts";

const root = path.resolve(import.meta.dirname, "../..");

let workspace: Workspace;
let server: VsCodeServer;
let browser: Browser;

beforeAll(async () => {
  workspace = await Workspace.create();
  const vscode = await provideVsCode();
  const vsix = workspace.path("paylint.vsix");
  await packExtension(vsix);
  server = await VsCodeServer.start(vscode, vsix, workspace.path("vscode"));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await workspace?.[Symbol.asyncDispose]();
});

describe("the suite in VS Code's extension host", () => {
  let run: SuiteRun;
  beforeAll(async () => {
    run = await runSuite(browser, server, workspace);
  });

  test.for(caseNames)("%s", (name) => {
    const report = run.cases.get(name);
    expect(report, `the case did not run:\n${run.log}`).toBeDefined();
    expect(report!.error).toBeUndefined();
  });

  test("ends well", () => {
    expect(run.exitCode, run.log).toBe(0);
  });
});

test("a person sees squiggles, what they mean, the list of problems and that the file is checked", async () => {
  const workbench = await Workbench.open(browser, server, workspace.shop);
  await workbench.openFile("services/paymongo.ts");
  const problems = await workbench.problems();
  await expect.poll(() => problems.innerText(), POLL).toContain("require-idempotency-key");

  const status = await workbench.languageStatus();
  expect(await status.allInnerTexts()).toContainEqual(
    expect.stringMatching(/Paylint\s+this file is checked as you type/),
  );
  await workbench.page.keyboard.press("Escape");

  const hover = await workbench.hover();
  expect(await hover.innerText()).toContain("no-hardcoded-secrets");
  await keepPicture(workbench);
});

const POLL = { timeout: 60_000 };

/** The picture stays as an artefact; asked for, it becomes the one of the README. */
async function keepPicture({ page }: Workbench): Promise<void> {
  const artefact = path.join(root, "artifacts/vscode/editor.png");
  await mkdir(path.dirname(artefact), { recursive: true });
  await page.screenshot({ path: artefact });
  if (process.env.UPDATE_IMAGES) await copyFile(artefact, path.join(root, "docs/images/editor.png"));
}
