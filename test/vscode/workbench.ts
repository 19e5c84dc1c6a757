import type { Browser, Locator, Page } from "playwright-core";
import type { VsCodeServer } from "./vscode-server.ts";

/** VS Code's window, used as a person does: keys and mouse in, what is on the screen out. */
export class Workbench {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, server: VsCodeServer, folder: string): Promise<Workbench> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 });
    page.setDefaultTimeout(60_000);
    await page.goto(server.url(folder));
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    // Nobody has said that the folder is trusted; the banner that says so takes space.
    await page.locator(".part.banner .codicon-widget-close").click();
    return new Workbench(page);
  }

  /** Opens a file of the folder by its name. */
  async openFile(file: string): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+KeyP");
    await this.page.locator(".quick-input-widget input").fill(file);
    const name = file.slice(file.lastIndexOf("/") + 1);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  get squiggles(): Locator {
    return this.page.locator(".editor-instance :is(.squiggly-error, .squiggly-warning)");
  }

  /** Rests the mouse on the first squiggle and gives what appears. */
  async hover(text: string): Promise<Locator> {
    await this.squiggles.first().waitFor({ state: "attached" });
    // A squiggle takes no mouse events, so there is nothing to hover but its place.
    const box = (await this.squiggles.first().boundingBox())!;
    await this.page.mouse.move(box.x + 10, box.y + box.height / 2);
    const hover = this.page.locator(".monaco-hover:not(.hidden) .hover-row", { hasText: text }).first();
    await hover.waitFor();
    return hover;
  }

  /** Shows the Problems view and gives it. */
  async problems(): Promise<Locator> {
    const view = this.page.locator(".markers-panel");
    await this.page.keyboard.press("ControlOrMeta+Shift+KeyM");
    await view.locator(".monaco-list-row").first().waitFor();
    return view;
  }

  /** Opens the language status in the status bar and gives what it shows. */
  async languageStatus(): Promise<Locator> {
    await this.page.locator("#status\\.languageStatus").click();
    const status = this.page.locator(".hover-language-status");
    await status.first().waitFor();
    return status;
  }
}
