import * as vscode from "vscode";

/** Shows the report in a tab; the page has no script, and the panel would run none. */
export class ReportPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;

  show(name: string, html: string): void {
    const panel = (this.#panel ??= this.#create());
    panel.title = vscode.l10n.t("Go-live: {0}", name);
    panel.webview.html = html;
    panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #create(): vscode.WebviewPanel {
    const options = { enableScripts: false, localResourceRoots: [], enableFindWidget: true };
    const panel = vscode.window.createWebviewPanel(
      "paylint.report",
      vscode.l10n.t("Go-live"),
      vscode.ViewColumn.Active,
      options,
    );
    panel.onDidDispose(() => (this.#panel = undefined));
    return panel;
  }
}
