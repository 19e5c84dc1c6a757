import { lintText, presetSettings } from "@paylint/engine";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { Diagnostics, type DiagnosticsHost } from "./features/diagnostics.ts";
import type { InitializationOptions, ServerNotifications } from "./protocol.ts";

/** What the server takes from outside beside its client. */
export interface ServerParts {
  readonly lint: DiagnosticsHost["lint"];
}

/** Serves one client over a connection until it closes. Nothing is read from disk and nothing of it is run. */
export function serve(connection: Connection, parts: ServerParts = { lint: lintWithPreset }): void {
  const documents = new TextDocuments(TextDocument);

  connection.onInitialize(({ capabilities, initializationOptions }): InitializeResult => {
    const wanted = readInitializationOptions(initializationOptions);
    const diagnostics = new Diagnostics({
      documentOf: (uri) => documents.get(uri),
      lint: parts.lint,
      publish: (params) => void connection.sendDiagnostics(params),
      status: (status) => {
        if (wanted.status) notify(connection, "paylint/status", status);
      },
      log: (line) => connection.console.warn(line),
      relatedInformation: takesRelatedInformation(capabilities),
    });
    documents.onDidChangeContent(({ document }) => diagnostics.refresh(document));
    documents.onDidClose(({ document }) => diagnostics.close(document));
    return {
      serverInfo: { name: "paylint" },
      capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
    };
  });

  documents.listen(connection);
  connection.listen();
}

function lintWithPreset(source: Parameters<DiagnosticsHost["lint"]>[0]): ReturnType<DiagnosticsHost["lint"]> {
  return lintText(source, presetSettings("recommended"));
}

function notify<Method extends keyof ServerNotifications>(
  connection: Connection,
  method: Method,
  params: ServerNotifications[Method],
): void {
  void connection.sendNotification(method, params);
}

function readInitializationOptions(options: unknown): InitializationOptions {
  return { status: (options as { status?: unknown } | null | undefined)?.status === true };
}

function takesRelatedInformation(capabilities: ClientCapabilities): boolean {
  return capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
}
