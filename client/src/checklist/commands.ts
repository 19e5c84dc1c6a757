import type { SignParams } from "paylint/protocol";
import * as vscode from "vscode";
import { askAnswers } from "./ask.ts";
import type { ChecklistUi } from "./checklist.ts";
import { itemRowId, type Target } from "./rows.ts";

/** Registers the commands of the sidebar; each takes the id of a row. */
export function registerCommands(ui: ChecklistUi): vscode.Disposable {
  const on = (name: string, run: (target: Target) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`paylint.checklist.${name}`, (id?: string) => {
      const target = ui.row(id ?? ui.view.selection[0] ?? "")?.target;
      if (target) return run(target);
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Choose an item of the go-live checklist first."),
      );
    });
  const plain = (name: string, run: () => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`paylint.checklist.${name}`, run);
  return vscode.Disposable.from(
    on("sign", (target) => sign(ui, target, "done")),
    on("notApplicable", (target) => sign(ui, target, "not-applicable")),
    on("reopen", (target) => sign(ui, target, "reopened")),
    on("openEvidence", openEvidence),
    on("copyLink", copyLink),
    vscode.commands.registerCommand("paylint.checklist.signReviewed", (folder: string, item: string) => {
      const target = ui.row(itemRowId(folder, item))?.target;
      return target && sign(ui, target, "done");
    }),
    plain("showAll", () => ui.filter("all")),
    plain("showOpen", () => ui.filter("open")),
    plain("showRequired", () => ui.filter("required")),
    plain("showReport", () => showReport(ui)),
    ui.view.onDidChangeCheckboxState(({ items }) => void ticked(ui, items)),
    vscode.window.registerUriHandler({ handleUri: (uri) => void reveal(ui, uri) }),
  );
}

async function sign(ui: ChecklistUi, { folder, entry }: Target, state: SignParams["state"]): Promise<void> {
  const answers = await askAnswers(state, entry.title, ui.signerOf(folder));
  if (!answers) return;
  const result = await ui.ask("paylint/sign", { folder, item: entry.id, state, ...answers });
  if ("problem" in result) void vscode.window.showErrorMessage(result.problem);
}

/** A tick is a wish to sign, and the row shows it only when it was signed. Several ticks are asked for one by one. */
async function ticked(
  ui: ChecklistUi,
  items: readonly (readonly [string, vscode.TreeItemCheckboxState])[],
): Promise<void> {
  for (const [id, state] of items) {
    const target = ui.row(id)?.target;
    const signed = state === vscode.TreeItemCheckboxState.Checked ? "done" : "reopened";
    if (target) await sign(ui, target, signed);
    ui.redraw(id);
  }
}

async function openEvidence({ place }: Target): Promise<void> {
  if (!place) return;
  const { uri, line, column, endLine, endColumn } = place;
  const selection = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { selection, preview: true });
}

/** A link that opens the item in the VS Code of whoever has the same project open. */
async function copyLink({ entry }: Target): Promise<void> {
  const link = `${vscode.env.uriScheme}://paylint.paylint-vscode/item?${encodeURIComponent(entry.id)}`;
  await vscode.env.clipboard.writeText(link);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", link), 5_000);
}

async function reveal(ui: ChecklistUi, { query }: vscode.Uri): Promise<void> {
  const item = decodeURIComponent(query);
  ui.filter("all");
  const id = ui.shown.map(({ checklist }) => itemRowId(checklist.folder, item)).find((each) => ui.row(each));
  if (id !== undefined) await ui.view.reveal(id, { select: true, focus: true, expand: true });
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The go-live checklist here has no item {0}.", item),
    );
}

async function showReport(ui: ChecklistUi): Promise<void> {
  const choices = ui.shown.map(({ name, checklist }) => ({ label: name, folder: checklist.folder }));
  const one =
    choices.length > 1
      ? await vscode.window.showQuickPick(choices, { title: vscode.l10n.t("Report on") })
      : choices[0];
  if (one) await ui.showReport(one.folder);
}
