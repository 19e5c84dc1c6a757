import path from "node:path";
import { lintText } from "@paylint/engine";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type Connection,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import manifest from "../package.json" with { type: "json" };
import { Checklists } from "./features/checklist.ts";
import { CODE_ACTION_KINDS, CodeActions } from "./features/code-actions/index.ts";
import { EXPLAIN_COMMAND, explainRule } from "./features/code-actions/explain.ts";
import { signOffs } from "./features/code-actions/sign-offs.ts";
import { Diagnostics } from "./features/diagnostics.ts";
import { documentName, fileOf, isOnDisk } from "./features/document-name.ts";
import { editSupportOf } from "./features/edits.ts";
import { foldersOf, followFiles, followFolders } from "./features/following.ts";
import { Hosts } from "./features/hosts.ts";
import { Hovers } from "./features/hover.ts";
import { Looks, type LooksHost } from "./features/looks.ts";
import { Project } from "./features/project.ts";
import { RulePages } from "./features/rule-pages.ts";
import { SETTINGS_FILE } from "./project/settings.ts";
import type { InitializationOptions, ServerNotifications, ServerRequestHandlers } from "./protocol.ts";

/** Beside this file, as source and as a bundle. */
const WORKER = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);

/** The rules' documentation, in the repository and beside the bundle. */
const PAGES = new URL(
  import.meta.url.endsWith(".ts") ? "../../eslint-plugin/docs/rules/" : "./rules/",
  import.meta.url,
);

/** What the server takes from outside beside its client. */
export interface ServerParts {
  readonly lint: LooksHost["lint"];
}

/** Serves one client over a connection until it closes. */
export function serve(connection: Connection, { lint }: ServerParts = { lint: lintText }): void {
  const documents = new TextDocuments(TextDocument);
  const documentOf = (uri: string): TextDocument | undefined => documents.get(uri);
  const log = (line: string) => connection.console.warn(line);
  const project = new Project(log);
  const pages = new RulePages(PAGES);
  /** URIs of open files, by absolute path. */
  const open = new Map<string, string>();
  const textOf = (file: string): string | undefined => documents.get(open.get(file) ?? "")?.getText();
  const hosts = new Hosts({ textOf });
  const looks = new Looks({
    contextOf: (uri, name) => project.contextOf(uri, name),
    lint,
    hostOf: (root) => hosts.of(root),
    log,
  });

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
    const relatedInformation = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
    const diagnostics = new Diagnostics({
      documentOf,
      looks,
      publish: (diagnosed) => void connection.sendDiagnostics(diagnosed),
      status: (status) => {
        if (wanted.status) notify(connection, "paylint/status", status);
      },
      linted: (name, linted) => checklists?.documentLinted(path.normalize(name), linted),
      relatedInformation,
    });
    const codeActions = new CodeActions({
      documentOf,
      looks,
      edits: editSupportOf(capabilities),
      relatedInformation,
      further: checklists ? [signOffs(checklists)] : [],
    });
    connection.onCodeAction((asked) => codeActions.at(asked));
    const contents = capabilities.textDocument?.hover?.contentFormat ?? [];
    const hovers = new Hovers({ documentOf, looks, pages, markdown: contents.includes("markdown") });
    connection.onHover((asked) => hovers.at(asked));
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
    handleRequests(connection, pages, checklists);
    if (!wanted.explain)
      connection.onExecuteCommand((asked) => explainRule(asked, connection, capabilities, pages));
    connection.onShutdown(() => checklists?.dispose());
    // Nothing may be asked of a client before it has its answer.
    connection.onInitialized(() => {
      checklists?.changeFolders(foldersOf(params), []);
      followFiles(connection, capabilities, checklists !== undefined, log, (uris) => {
        if (uris.some((uri) => uri.endsWith(`/${SETTINGS_FILE}`))) {
          project.forgetSettings();
          refreshAll();
        }
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
        codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
        hoverProvider: true,
        ...(!wanted.explain && { executeCommandProvider: { commands: [EXPLAIN_COMMAND] } }),
      },
    };
  });

  documents.listen(connection);
  connection.listen();
}

function handleRequests(connection: Connection, pages: RulePages, checklists: Checklists | undefined): void {
  const handlers: ServerRequestHandlers = {
    "paylint/sign": async (params) => checklists?.sign(params) ?? NO_CHECKLIST,
    "paylint/report": async (params) => checklists?.report(params) ?? NO_CHECKLIST,
    "paylint/rulePage": ({ rule }) => Promise.resolve({ markdown: pages.textOf(rule) }),
  };
  for (const [method, handler] of Object.entries<(params: never) => Promise<unknown>>(handlers))
    connection.onRequest(method, handler);
}

const NO_CHECKLIST = { problem: "The client did not ask for checklists." };

function notify<Method extends keyof ServerNotifications>(
  connection: Connection,
  method: Method,
  params: ServerNotifications[Method],
): void {
  void connection.sendNotification(method, params);
}

function readInitializationOptions(options: unknown): Required<InitializationOptions> {
  const { status, checklist, explain } = (options ?? {}) as Partial<
    Record<keyof InitializationOptions, unknown>
  >;
  return { status: status === true, checklist: checklist === true, explain: explain === true };
}
