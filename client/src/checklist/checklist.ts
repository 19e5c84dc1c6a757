import type { FolderChecklist } from "paylint/protocol";
import * as vscode from "vscode";
import type { Ask } from "./ask.ts";
import { ReportPanel } from "./report-panel.ts";
import { entriesOf, progressOf, requiredText, shortProgress } from "./progress.ts";
import { type Filter, type NamedChecklist, type Row, rowsOf } from "./rows.ts";
import { registerCommands } from "./commands.ts";
import { ChecklistTree } from "./view.ts";

const VIEW = "paylint.checklist";

/** As in the manifest. */
const TITLE = vscode.l10n.t("Go-Live");

const FILTER_TEXTS: Readonly<Record<Filter, string>> = {
  all: "",
  open: vscode.l10n.t("Only items that are not settled are shown."),
  required: vscode.l10n.t("Only required items are shown."),
};

/** The sidebar, the status bar entry and the report of the go-live checklists. */
export class ChecklistUi implements vscode.Disposable {
  readonly #checklists = new Map<string, FolderChecklist>();
  readonly #tree = new ChecklistTree();
  readonly #view: vscode.TreeView<string>;
  readonly #status = vscode.window.createStatusBarItem("paylint.goLive", vscode.StatusBarAlignment.Left, 0);
  readonly #report = new ReportPanel();
  readonly #ask: Ask;
  readonly #subscriptions: vscode.Disposable;
  #filter: Filter = "all";

  constructor(ask: Ask) {
    this.#ask = ask;
    this.#view = vscode.window.createTreeView(VIEW, {
      treeDataProvider: this.#tree,
      showCollapseAll: true,
      // A tick is a signature: it must never spread to other rows.
      manageCheckboxStateManually: true,
    });
    this.#status.name = vscode.l10n.t("Paylint Go-Live Checklist");
    this.#status.command = `${VIEW}.focus`;
    this.#subscriptions = vscode.Disposable.from(
      this.#tree,
      this.#view,
      this.#status,
      this.#report,
      registerCommands(this),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#show()),
    );
    this.#show();
  }

  get view(): vscode.TreeView<string> {
    return this.#view;
  }

  get ask(): Ask {
    return this.#ask;
  }

  /** Takes where a folder's checklist stands; until all of the code was looked at, what is known stays. */
  update(checklist: FolderChecklist): void {
    const known = this.#checklists.get(checklist.folder)?.providers ?? [];
    const providers = checklist.scanning ? known : checklist.providers;
    this.#checklists.set(checklist.folder, { ...checklist, providers });
    this.#show();
  }

  filter(filter: Filter): void {
    this.#filter = filter;
    this.#show();
  }

  row(id: string): Row | undefined {
    return this.#tree.rows.get(id);
  }

  /** All rows, for those who want to see what is shown. */
  rows(): readonly Row[] {
    return [...this.#tree.rows.values()];
  }

  redraw(id: string): void {
    this.#tree.redraw(id);
  }

  signerOf(folder: string): string | undefined {
    return this.#checklists.get(folder)?.signer;
  }

  async showReport(folder: string): Promise<void> {
    const answer = await this.#ask("paylint/report", { folder });
    if ("problem" in answer) void vscode.window.showErrorMessage(answer.problem);
    else
      this.#report.show(
        this.shown.find(({ checklist }) => checklist.folder === folder)?.name ?? "",
        answer.html,
      );
  }

  /** The checklists of the folders that are open now, in the window's order. */
  get shown(): readonly NamedChecklist[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri, name }) => {
      const checklist = this.#checklists.get(uri.toString());
      return checklist ? [{ name, checklist }] : [];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const { shown } = this;
    this.#tree.show(rowsOf(shown, this.#filter));
    const entries = shown.flatMap(({ checklist }) => entriesOf(checklist));
    const scanning = shown.some(({ checklist }) => checklist.scanning);
    const progress = progressOf(entries);
    const empty = entries.length === 0;
    this.#view.title = empty ? TITLE : `${TITLE} ${progress.settled}/${progress.total}`;
    this.#view.badge =
      progress.requiredLeft > 0
        ? { value: progress.requiredLeft, tooltip: requiredText(progress) }
        : undefined;
    this.#view.message = messageOf(shown, scanning, empty ? "" : FILTER_TEXTS[this.#filter]);
    void vscode.commands.executeCommand(
      "setContext",
      `${VIEW}.empty`,
      empty && !scanning && shown.length > 0,
    );
    this.#status.text = `$(checklist) ${vscode.l10n.t("Go-live")} ${shortProgress(progress)}`;
    this.#status.tooltip = requiredText(progress);
    if (empty) this.#status.hide();
    else this.#status.show();
  }
}

function messageOf(shown: readonly NamedChecklist[], scanning: boolean, filter: string): string | undefined {
  const problems = shown.flatMap(({ checklist }) => checklist.problem ?? []);
  return (
    [...problems, ...(scanning ? [vscode.l10n.t("Looking at the code …")] : []), filter]
      .filter(Boolean)
      .join("\n") || undefined
  );
}
