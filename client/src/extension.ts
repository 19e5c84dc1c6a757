import * as vscode from "vscode";
import type { Ask } from "./checklist/ask.ts";
import { ChecklistUi } from "./checklist/checklist.ts";
import type { Row } from "./checklist/rows.ts";
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
  let ask: Ask = () => Promise.reject(new Error("Paylint's server does not run."));
  const askNow: Ask = (method, params) => ask(method, params);
  const checklist = new ChecklistUi(askNow);
  const handlers = {
    "paylint/status": status.document.bind(status),
    "paylint/checklist": checklist.update.bind(checklist),
  };
  const running = new Supervisor(
    (ready) => {
      const server = launchServer(module, storage, log, handlers, ready);
      ask = server.ask;
      return server;
    },
    (state) => {
      status.server(state);
      if (state === "crashed") void sayCrashed();
    },
  );
  supervisor = running;
  context.subscriptions.push(
    log,
    status,
    checklist,
    registerRulePages(askNow),
    vscode.commands.registerCommand("paylint.restartServer", () => running.restart()),
    vscode.commands.registerCommand("paylint.showLog", () => log.show()),
  );
  running.start();
  return { checklistRows: () => checklist.rows() };
}

/** The only message box: whoever relies on the findings has to know that there will be none. */
async function sayCrashed(): Promise<void> {
  const text = "Paylint's server keeps stopping, so nothing is checked.";
  const answer = await vscode.window.showErrorMessage(text, "Restart Server", "Show Log");
  if (answer === "Restart Server") await vscode.commands.executeCommand("paylint.restartServer");
  if (answer === "Show Log") await vscode.commands.executeCommand("paylint.showLog");
}

export async function deactivate(): Promise<void> {
  await supervisor?.stop();
}
