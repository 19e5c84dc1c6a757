import path from "node:path";
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
import { Checklists } from "./features/checklist.ts";
import { Diagnostics, type DiagnosticsHost } from "./features/diagnostics.ts";
import { documentName, isOnDisk, pathOf } from "./features/document-name.ts";
import { Hosts } from "./features/hosts.ts";
import { Project } from "./features/project.ts";
import { SETTINGS_FILE } from "./project/settings.ts";
import type { InitializationOptions, ServerNotifications, ServerRequestHandlers } from "./protocol.ts";

/** Beside this file, as source and as a bundle. */
const WORKER = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);

/** What the server takes from outside beside its client. */
export interface ServerParts {
  readonly lint: DiagnosticsHost["lint"];
}

/** Serves one client over a connection until it closes. */
export function serve(connection: Connection, { lint }: ServerParts = { lint: lintText }): void {
  const documents = new TextDocuments(TextDocument);
  const log = (line: string) => connection.console.warn(line);
  const project = new Project(log);
  /** URIs of open files, by absolute path. */
  const open = new Map<string, string>();
  const textOf = (file: string): string | undefined => documents.get(open.get(file) ?? "")?.getText();
  const hosts = new Hosts({ textOf });

  connection.onInitialize((params): InitializeResult => {
    const { capabilities } = params;
    const wanted = readInitializationOptions(params.initializationOptions);
    const refreshAll = () => documents.all().forEach((document) => diagnostics.refresh(document));
    const checklists = wanted.checklist
      ? new Checklists({
          worker: WORKER,
          version: manifest.version,
          now: () => new Date(),
          send: (checklist) => notify(connection, "paylint/checklist", checklist),
          textOf,
          hosts,
          refreshDocuments: refreshAll,
          log,
        })
      : undefined;
    const diagnostics = new Diagnostics({
      documentOf: (uri) => documents.get(uri),
      contextOf: (uri, name) => project.contextOf(uri, name),
      lint,
      hostOf: (root) => hosts.of(root),
      publish: (diagnosed) => void connection.sendDiagnostics(diagnosed),
      status: (status) => {
        if (wanted.status) notify(connection, "paylint/status", status);
      },
      linted: (name, linted) => checklists?.documentLinted(path.normalize(name), linted),
      log,
      relatedInformation: capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false,
    });
    const changed = ({ uri }: TextDocument): void => {
      if (!isOnDisk(uri)) return;
      const file = fileOf(uri);
      hosts.documentChanged(file);
      diagnostics.fileChanged(file, () => hosts.importsOf(file));
      checklists?.documentChanged(file);
    };
    documents.onDidOpen(({ document }) => {
      if (isOnDisk(document.uri)) open.set(fileOf(document.uri), document.uri);
      // Some clients tell of no changes on disk.
      hosts.filesChanged();
    });
    documents.onDidChangeContent(({ document }) => {
      changed(document);
      diagnostics.refresh(document);
    });
    documents.onDidClose(({ document }) => {
      open.delete(fileOf(document.uri));
      hosts.filesChanged();
      changed(document);
      diagnostics.close(document);
      const name = documentName(document.uri, document.languageId);
      if (name !== undefined && isOnDisk(document.uri)) checklists?.documentClosed(path.normalize(name));
    });
    project.changeFolders(foldersOf(params), []);
    if (checklists) handleRequests(connection, checklists);
    connection.onShutdown(() => checklists?.dispose());
    // Nothing may be asked of a client before it has its answer.
    connection.onInitialized(() => {
      checklists?.changeFolders(foldersOf(params), []);
      const globs = [SETTINGS_GLOB, IGNORE_GLOB, ...LINKED_GLOBS, ...(checklists ? CHECKLIST_GLOBS : [])];
      followFiles(connection, capabilities, globs, log, (uris) => {
        const isSettings = uris.some((uri) => uri.endsWith(`/${SETTINGS_FILE}`));
        if (isSettings) project.forgetSettings();
        if (isSettings || uris.some((uri) => uri.endsWith("/.gitignore"))) refreshAll();
        const files = uris.filter(isOnDisk).map(fileOf);
        hosts.filesChanged();
        for (const file of files) diagnostics.fileChanged(file, () => hosts.importsOf(file));
        checklists?.filesChanged(files);
      });
      followFolders(connection, capabilities, (added, removed) => {
        project.changeFolders(added, removed);
        checklists?.changeFolders(added, removed);
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

/** The absolute path of a file, with the separators of the machine. */
function fileOf(uri: string): string {
  return path.normalize(pathOf(uri));
}

function handleRequests(connection: Connection, checklists: Checklists): void {
  const handlers: ServerRequestHandlers = {
    "paylint/sign": (params) => checklists.sign(params),
    "paylint/report": (params) => checklists.report(params),
  };
  for (const [method, handler] of Object.entries<(params: never) => Promise<unknown>>(handlers))
    connection.onRequest(method, handler);
}

const SETTINGS_GLOB = `**/${SETTINGS_FILE}`;

const IGNORE_GLOB = "**/.gitignore";

/** What a document's findings hang on: the files that it leads to, and those that say how specifiers are understood. */
const LINKED_GLOBS = [
  "**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}",
  "**/{[tj]sconfig*,package}.json",
  "**/pnpm-workspace.yaml",
];

/** What else the checklist looks at: sign-offs are JSON, too. */
const CHECKLIST_GLOBS = ["**/*.{json,jsonc,json5,env,prisma}", "**/.env{,.*}"];

/** Calls back with the URIs of files that change, as far as the client can watch files. */
function followFiles(
  connection: Connection,
  capabilities: ClientCapabilities,
  globs: readonly string[],
  log: (line: string) => void,
  changed: (uris: readonly string[]) => void,
): void {
  connection.onDidChangeWatchedFiles(({ changes }) => changed(changes.map(({ uri }) => uri)));
  if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const watchers = globs.map((globPattern) => ({ globPattern }));
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
  const { status, checklist } = (options ?? {}) as Partial<Record<keyof InitializationOptions, unknown>>;
  return { status: status === true, checklist: checklist === true };
}
