import { lintText } from "@paylint/engine";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import manifest from "../package.json" with { type: "json" };
import { Diagnostics, type DiagnosticsHost } from "./features/diagnostics.ts";
import { Project } from "./features/project.ts";
import { SETTINGS_FILE } from "./project/settings.ts";
import type { InitializationOptions, ServerNotifications } from "./protocol.ts";

/** What the server takes from outside beside its client. */
export interface ServerParts {
  readonly lint: DiagnosticsHost["lint"];
}

/** Serves one client over a connection until it closes. */
export function serve(connection: Connection, { lint }: ServerParts = { lint: lintText }): void {
  const documents = new TextDocuments(TextDocument);
  const log = (line: string) => connection.console.warn(line);
  const project = new Project(log);

  connection.onInitialize((params): InitializeResult => {
    const { capabilities } = params;
    const wanted = readInitializationOptions(params.initializationOptions);
    const diagnostics = new Diagnostics({
      documentOf: (uri) => documents.get(uri),
      contextOf: (uri, name) => project.contextOf(uri, name),
      lint,
      publish: (diagnosed) => void connection.sendDiagnostics(diagnosed),
      status: (status) => {
        if (wanted.status) notify(connection, "paylint/status", status);
      },
      log,
      relatedInformation: capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false,
    });
    const refreshAll = () => documents.all().forEach((document) => diagnostics.refresh(document));
    documents.onDidChangeContent(({ document }) => diagnostics.refresh(document));
    documents.onDidClose(({ document }) => diagnostics.close(document));
    project.changeFolders(foldersOf(params), []);
    // Nothing may be asked of a client before it has its answer.
    connection.onInitialized(() => {
      followSettings(connection, capabilities, log, () => {
        project.forgetSettings();
        refreshAll();
      });
      followFolders(connection, capabilities, (added, removed) => {
        project.changeFolders(added, removed);
        refreshAll();
      });
    });
    return {
      serverInfo: { name: manifest.name, version: manifest.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  documents.listen(connection);
  connection.listen();
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  // Clients from before workspace folders know one root.
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
}

/** Calls back when a settings file changes, as far as the client can watch files. */
function followSettings(
  connection: Connection,
  capabilities: ClientCapabilities,
  log: (line: string) => void,
  changed: () => void,
): void {
  connection.onDidChangeWatchedFiles(changed);
  if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const watchers = [{ globPattern: `**/${SETTINGS_FILE}` }];
  connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => {
    log(`The client does not watch ${SETTINGS_FILE}: restart the server when it changes.`);
  });
}

function followFolders(
  connection: Connection,
  capabilities: ClientCapabilities,
  changed: (added: string[], removed: string[]) => void,
): void {
  if (!capabilities.workspace?.workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    changed(
      added.map(({ uri }) => uri),
      removed.map(({ uri }) => uri),
    );
  });
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
