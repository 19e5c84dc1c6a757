import type { DocumentState, DocumentStatus } from "paylint/protocol";
import * as vscode from "vscode";
import type { DocumentSelector } from "vscode-languageclient/node";
import { type ServerState, statusText } from "./status-text.ts";

const SEVERITIES = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

const TITLES = {
  "paylint.showLog": vscode.l10n.t("Show Log"),
  "paylint.restartServer": vscode.l10n.t("Restart Server"),
};

/** The language status item: how the server is, and what it made of the document in front. */
export class Status implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;
  readonly #documents = new Map<string, DocumentState>();
  readonly #subscriptions: vscode.Disposable;
  #server: ServerState = "starting";

  constructor(selector: DocumentSelector) {
    this.#item = vscode.languages.createLanguageStatusItem(
      "paylint.server",
      selector as vscode.DocumentSelector,
    );
    this.#item.name = "Paylint";
    this.#item.text = "Paylint";
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#documents.delete(uri.toString())),
    );
    this.#show();
  }

  server(state: ServerState): void {
    this.#server = state;
    // A new server has not looked at anything yet.
    if (state !== "ready") this.#documents.clear();
    this.#show();
  }

  document(status: DocumentStatus): void {
    this.#documents.set(status.uri, status);
    this.#show();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const inFront = vscode.window.activeTextEditor?.document.uri.toString();
    const text = statusText(this.#server, inFront === undefined ? undefined : this.#documents.get(inFront));
    // Translations are found by the whole sentence; one that names a reason stays as it is.
    this.#item.detail = vscode.l10n.t(text.detail);
    this.#item.severity = SEVERITIES[text.severity];
    this.#item.busy = text.busy;
    this.#item.command = { command: text.command, title: TITLES[text.command] };
  }
}
