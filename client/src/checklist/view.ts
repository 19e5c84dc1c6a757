import * as vscode from "vscode";
import type { Icon } from "./row-text.ts";
import { changedRows, type Row, type Rows } from "./rows.ts";

/** Shows rows as a tree of VS Code; its elements are the ids of the rows. */
export class ChecklistTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  #rows: Rows = new Map();

  get rows(): Rows {
    return this.#rows;
  }

  show(rows: Rows): void {
    const changed = changedRows(this.#rows, rows);
    this.#rows = rows;
    if (changed === undefined) this.#changes.fire(undefined);
    else if (changed.length > 0) this.#changes.fire([...changed]);
  }

  /** Draws a row again as it is: a person has changed its checkbox, and that alone means nothing. */
  redraw(id: string): void {
    this.#changes.fire([id]);
  }

  getChildren(id?: string): string[] {
    if (id !== undefined) return [...(this.#rows.get(id)?.children ?? [])];
    return [...this.#rows.values()].filter(({ parent }) => parent === undefined).map((row) => row.id);
  }

  getParent(id: string): string | undefined {
    return this.#rows.get(id)?.parent;
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.#rows.get(id);
    return row ? treeItem(row) : new vscode.TreeItem("");
  }

  dispose(): void {
    this.#changes.dispose();
  }
}

function treeItem(row: Row): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    row.label,
    row.children.length === 0 ? None : row.expanded ? Expanded : Collapsed,
  );
  item.id = row.id;
  item.description = row.description;
  item.contextValue = row.context;
  item.iconPath = themeIcon(row.icon);
  if (row.tooltip !== "") item.tooltip = new vscode.MarkdownString(row.tooltip);
  if (row.checked !== undefined) item.checkboxState = checkbox(row.checked, row.label);
  if (row.target?.place)
    item.command = {
      command: "paylint.checklist.openEvidence",
      title: vscode.l10n.t("Open Evidence"),
      arguments: [row.id],
    };
  return item;
}

function checkbox(checked: boolean, label: string): vscode.TreeItem["checkboxState"] {
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  return {
    state: checked ? Checked : Unchecked,
    tooltip: checked ? "Open this item again" : "Sign this item",
    accessibilityInformation: { label, role: "checkbox" },
  };
}

function themeIcon({ name, colour }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}
