import { lintText } from "@paylint/engine";
import { type Connection, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver";
import manifest from "../package.json" with { type: "json" };
import { CODE_ACTION_KINDS } from "./features/code-actions/index.ts";
import { EXPLAIN_COMMAND, explainRule } from "./features/code-actions/explain.ts";
import { foldersOf, followFiles, followFolders } from "./features/following.ts";
import type { LooksHost } from "./features/looks.ts";
import { OpenDocuments } from "./features/open-documents.ts";
import { PAGES, RulePages } from "./features/rule-pages.ts";
import { readInitializationOptions } from "./initialization.ts";
import type { ClientNotifications, ServerRequestHandlers } from "./protocol.ts";
import { Session } from "./session.ts";

/** What the server takes from outside beside its client. */
export interface ServerParts {
  readonly lint: LooksHost["lint"];
}

/** Serves one client over a connection until it closes. */
export function serve(connection: Connection, { lint }: ServerParts = { lint: lintText }): void {
  const documents = new OpenDocuments();
  const pages = new RulePages(PAGES);

  connection.onInitialize((params): InitializeResult => {
    const { capabilities } = params;
    const wanted = readInitializationOptions(params.initializationOptions);
    const session = new Session({ connection, capabilities, wanted, documents, pages, lint });
    documents.onOpened(() => session.opened());
    documents.onChanged((document) => session.changed(document));
    documents.onClosed((document) => session.closed(document));
    connection.onCodeAction((asked) => session.codeActions.at(asked));
    connection.onHover((asked) => session.hovers.at(asked));
    connection.onShutdown(() => session.dispose());
    handleRequests(connection, pages, session);
    const eslint: keyof ClientNotifications = "paylint/eslint";
    connection.onNotification(eslint, ({ runs }: ClientNotifications[typeof eslint]) => session.eslint(runs));
    if (!wanted.explain)
      connection.onExecuteCommand((asked) => explainRule(asked, connection, capabilities, pages));
    if (session.pulls) {
      connection.languages.diagnostics.on((asked, token) => session.pullDiagnostics.report(asked, token));
      connection.languages.diagnostics.onWorkspace((asked, token, _, parts) =>
        session.workspaceDiagnostics.report(asked, token, parts),
      );
    }
    session.changeFolders(foldersOf(params), []);
    // Nothing may be asked of a client before it has its answer.
    connection.onInitialized(() => {
      session.begin(foldersOf(params));
      const log = (line: string): void => connection.console.warn(line);
      followFiles(connection, capabilities, session.looksAtFolders, log, (uris) =>
        session.filesChanged(uris),
      );
      followFolders(connection, capabilities, (added, removed) => session.changeFolders(added, removed));
    });
    return {
      serverInfo: { name: manifest.name, version: manifest.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
        hoverProvider: true,
        ...(session.pulls && {
          diagnosticProvider: {
            identifier: "paylint",
            interFileDependencies: true,
            workspaceDiagnostics: session.tellsOfFolders,
          },
        }),
        ...(!wanted.explain && { executeCommandProvider: { commands: [EXPLAIN_COMMAND] } }),
      },
    };
  });

  documents.listen(connection);
  connection.listen();
}

function handleRequests(connection: Connection, pages: RulePages, { checklists }: Session): void {
  const handlers: ServerRequestHandlers = {
    "paylint/sign": (params) => checklists.sign(params),
    "paylint/report": (params) => checklists.report(params),
    "paylint/checkWorkspace": async () => {
      await checklists.lookAgain();
      return null;
    },
    "paylint/rulePage": ({ rule }) => Promise.resolve({ markdown: pages.textOf(rule) }),
  };
  for (const [method, handler] of Object.entries<(params: never) => Promise<unknown>>(handlers))
    connection.onRequest(method, handler);
}
