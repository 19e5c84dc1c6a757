import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../../tools/programs.ts";
import { htmlReport } from "../../src/report/html/page.ts";
import { shopReport } from "./shop-report.ts";

const ARTIFACTS = path.resolve(import.meta.dirname, "../../../artifacts/report");
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser: Browser;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paylint-report-"));
  const file = path.join(folder, "report.html");
  await writeFile(file, htmlReport(shopReport()));
  await mkdir(ARTIFACTS, { recursive: true });
  url = pathToFileURL(file).href;
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  browser = await chromium.launch({ executablePath: requireProgram("chromium"), args });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

type Look = NonNullable<Parameters<Browser["newPage"]>[0]>;

/** The checker is put in from outside: the page's own policy lets no script run. */
async function open(look: Look): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1400 }, bypassCSP: true, ...look });
  const faults: string[] = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("request", (request) => {
    if (request.url() !== url) faults.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
  expect(passes.length).toBeGreaterThan(10);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("the report in a browser", { timeout: 60_000 }, () => {
  test.for<[string, Look]>([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["high-contrast", { colorScheme: "dark", forcedColors: "active" }],
    ["narrow", { colorScheme: "light", viewport: { width: 400, height: 900 } }],
  ])("%s: accessible, quiet, and never wider than the window", async ([name, look]) => {
    const { page, faults } = await open(look);
    expect(faults).toEqual([]);
    const { scrollWidth, clientWidth } = await page.evaluate<{ scrollWidth: number; clientWidth: number }>(
      "({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })",
    );
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test("the keyboard reaches the report at once, then its parts", async () => {
    const { page } = await open({});
    const focused = (): Promise<string> =>
      page.evaluate("document.activeElement.textContent.trim().slice(0, 24)");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the report");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(false);
    await page.close();
  });

  test("prints without what only a screen needs", async () => {
    const { page } = await open({});
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav").isVisible()).toBe(false);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(20_000);
    await page.close();
  });
});
