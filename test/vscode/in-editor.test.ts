import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, runSuite, type SuiteRun } from "./browser.ts";
import { ChecklistView } from "./checklist-view.ts";
import { makeRepository } from "./repository.ts";
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
/** What is checked out. */
let commit: string;

beforeAll(async () => {
  workspace = await Workspace.create();
  await writeFile(path.join(workspace.shop, "paylint.json"), '{ "providers": ["paymongo", "paychain-hq"] }');
  commit = await makeRepository(workspace.shop, "Ada Example", "ada@example.com");
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

  const hover = await workbench.hover("no-hardcoded-secrets");
  expect(await hover.innerText()).toContain("as a fallback");
  await keepPicture(workbench, "editor");
  await workbench.page.close();
});

test("a person signs an item, and what cannot be taken back takes two", async () => {
  const workbench = await Workbench.open(browser, server, workspace.shop);
  const view = await ChecklistView.open(workbench);
  for (const parent of ["PayMongo", "Before you start"])
    expect(await view.checkboxOf(await view.row(parent)).count()).toBe(0);
  await view.toggle("Before you start");
  const settled = async () => {
    const text = await workbench.page.locator("#paylint\\.paylint-vscode\\.paylint\\.goLive").innerText();
    return Number(/^Go-live (\d+)\/\d+ · \d+ contradicted$/.exec(text.trim())?.[1]);
  };
  const before = await settled();
  await view.sign("Obtain the live key pair", { note: "Seen in the dashboard." });
  await expect
    .poll(() => signOffs("paymongo/live-keys-issued"), POLL)
    .toEqual([
      expect.objectContaining({
        state: "done",
        who: "Ada Example <ada@example.com>",
        commit,
        note: "Seen in the dashboard.",
      }),
    ]);
  const row = await view.row("Obtain the live key pair");
  await expect.poll(() => row.innerText(), POLL).toContain("Ada Example, ");
  await (await view.row("Compute the signature over the bytes")).click();
  await workbench.page.locator('.tab.active[data-resource-name="app.ts"]').waitFor();
  await workbench.squiggles.first().waitFor({ state: "attached" });
  await view.widen(160);
  await keepPicture(workbench, "checklist");
  await view.toggle("PayMongo");

  await view.sign("Rotate a webhook secret", { note: "Done on the bridge." });
  const irreversible = await view.row("Rotate a webhook secret");
  await expect.poll(() => irreversible.innerText(), POLL).toContain("a second person has to sign");
  const checked = () => view.checkboxOf(irreversible).getAttribute("aria-checked");
  await expect.poll(checked, POLL).toBe("false");
  await view.sign("Rotate a webhook secret", { who: "Ben Sample <ben@example.com>", note: "I saw it." });
  const people = async () => (await signOffs("paychain-hq/two-webhook-secret")).map(({ who }) => who);
  await expect.poll(people, POLL).toEqual(["Ada Example <ada@example.com>", "Ben Sample <ben@example.com>"]);
  await expect.poll(() => irreversible.innerText(), POLL).toContain("Ada Example and Ben Sample, ");
  expect(await checked()).toBe("true");
  await expect.poll(settled, POLL).toBe(before + 2);
  await workbench.page.close();
});

interface SignOff {
  readonly who: string;
}

/** What the shop's go-live.json holds of an item. */
async function signOffs(item: string): Promise<readonly SignOff[]> {
  const text = await readFile(path.join(workspace.shop, "go-live.json"), "utf8").catch(
    () => '{ "items": {} }',
  );
  return (JSON.parse(text) as { items: Record<string, readonly SignOff[]> }).items[item] ?? [];
}

const POLL = { timeout: 60_000 };

/** The picture stays as an artefact; asked for, it becomes the one of the README. */
async function keepPicture({ page }: Workbench, name: "editor" | "checklist"): Promise<void> {
  const artefact = path.join(root, `artifacts/vscode/${name}.png`);
  await mkdir(path.dirname(artefact), { recursive: true });
  await page.screenshot({ path: artefact });
  if (process.env.UPDATE_IMAGES) await copyFile(artefact, path.join(root, `docs/images/${name}.png`));
}
