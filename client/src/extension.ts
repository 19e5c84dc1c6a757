import * as vscode from "vscode";
import type { Ask } from "./checklist/ask.ts";
import { ChecklistUi } from "./checklist/checklist.ts";
import type { Row } from "./checklist/rows.ts";
import { registerCommands } from "./commands.ts";
import { onSettingChanged } from "./configuration.ts";
import { EslintWatch } from "./eslint.ts";
import { registerRulePages } from "./rule-page.ts";
import { selector } from "./selector.ts";
import { launchServer } from "./server.ts";
import { Status } from "./status.ts";
import { Supervisor } from "./supervisor.ts";

let supervisor: Supervisor | undefined;

/** What other extensions, and tests, can ask. */
export interface Api {
  /** The rows of the go-live checklist as they are shown. */
  checklistRows(): readonly Row[];
}

export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel("Paylint", { log: true });
  const status = new Status(selector);
  const module = context.asAbsolutePath("dist/language-server.js");
  const storage = context.storageUri ?? context.globalStorageUri;
  let server: ReturnType<typeof launchServer> | undefined;
  const ask: Ask = (method, params) =>
    server?.ask(method, params) ?? Promise.reject(new Error(vscode.l10n.t("Paylint's server does not run.")));
  const checklist = new ChecklistUi(ask);
  const eslint = new EslintWatch((runs) => server?.tell("paylint/eslint", { runs }));
  const handlers = {
    "paylint/status": status.document.bind(status),
    "paylint/checklist": checklist.update.bind(checklist),
  };
  const running = new Supervisor(
    (ready) => (server = launchServer(module, storage, log, handlers, ready)),
    (state) => {
      status.server(state);
      if (state === "ready") eslint.begin();
      if (state === "crashed") void sayCrashed();
    },
  );
  supervisor = running;
  context.subscriptions.push(
    log,
    status,
    checklist,
    eslint,
    registerRulePages(ask),
    registerCommands({ ask, log, restart: () => running.restart() }),
    onSettingChanged("checkWorkspace", () => running.restart()),
  );
  running.start();
  return { checklistRows: () => checklist.rows() };
}

/** The only message box: whoever relies on the findings has to know that there will be none. */
async function sayCrashed(): Promise<void> {
  const text = vscode.l10n.t("Paylint's server keeps stopping, so nothing is checked.");
  const [restart, showLog] = [vscode.l10n.t("Restart Server"), vscode.l10n.t("Show Log")];
  const answer = await vscode.window.showErrorMessage(text, restart, showLog);
  if (answer === restart) await vscode.commands.executeCommand("paylint.restartServer");
  if (answer === showLog) await vscode.commands.executeCommand("paylint.showLog");
}

export async function deactivate(): Promise<void> {
  await supervisor?.stop();
}
