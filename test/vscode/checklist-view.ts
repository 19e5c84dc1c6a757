import type { Locator, Page } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** The sidebar with the go-live checklist, used as a person does. */
export class ChecklistView {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Opens the view by its icon, or by the badge that may lie over it, and waits for what the code contradicts. */
  static async open({ page }: Workbench): Promise<ChecklistView> {
    await page.locator('.activitybar .action-item:has(a[aria-label^="Paylint"])').click();
    const view = new ChecklistView(page);
    await view.rows.filter({ hasText: "contradicted" }).first().waitFor();
    return view;
  }

  /** Drags the border of the sidebar, and shows the list from its beginning. */
  async widen(pixels: number): Promise<void> {
    const { x, y, width, height } = (await this.#page.locator(".part.sidebar").boundingBox())!;
    await this.#page.mouse.move(x + width + 1, y + height / 2);
    await this.#page.mouse.down();
    await this.#page.mouse.move(x + width + 1 + pixels, y + height / 2, { steps: 5 });
    await this.#page.mouse.up();
    await this.#scrollUp();
  }

  get rows(): Locator {
    return this.#page.locator(".sidebar .customview-tree .monaco-list-row");
  }

  /** The row with a label, scrolled to. */
  async row(label: string): Promise<Locator> {
    const row = this.rows.filter({ has: this.#page.locator(".label-name", { hasText: label }) }).first();
    await this.#scrollUp();
    for (let scrolled = 0; scrolled < 60 && !(await row.isVisible()); scrolled++) {
      await this.#page.mouse.wheel(0, 200);
      // The list draws what is scrolled to with its next frame.
      await this.#page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
      );
    }
    await row.waitFor();
    return row;
  }

  async toggle(label: string): Promise<void> {
    await (await this.row(label)).locator(".monaco-tl-twistie").click();
  }

  checkboxOf(row: Locator): Locator {
    return row.locator(".monaco-checkbox");
  }

  /** Ticks an item and answers what is asked: who signs (the first choice when it is left out), then a note. */
  async sign(label: string, { who, note }: { readonly who?: string; readonly note: string }): Promise<void> {
    await this.checkboxOf(await this.row(label)).click();
    await this.#asked("Who signs?");
    if (who !== undefined) {
      await this.#page.keyboard.press("ArrowDown");
      await this.#page.keyboard.press("Enter");
      await this.#asked("Ada Example");
      await this.#page.keyboard.insertText(who);
    }
    await this.#page.keyboard.press("Enter");
    await this.#page.locator(".quick-input-message", { hasText: "What shows it" }).waitFor();
    await this.#page.keyboard.press("Enter");
    await this.#page.locator(".quick-input-message", { hasText: "A note" }).waitFor();
    await this.#page.keyboard.insertText(note);
    await this.#page.keyboard.press("Enter");
  }

  async #scrollUp(): Promise<void> {
    await this.#page.locator(".sidebar .customview-tree .monaco-list").first().hover();
    await this.#page.mouse.wheel(0, -100_000);
  }

  async #asked(placeholder: string): Promise<void> {
    await this.#page.locator(`.quick-input-widget input[placeholder^="${placeholder}"]`).waitFor();
  }
}
