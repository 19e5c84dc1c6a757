import * as vscode from "vscode";
import { selector } from "./selector.ts";
import { launchServer } from "./server.ts";
import { Status } from "./status.ts";
import { Supervisor } from "./supervisor.ts";

let supervisor: Supervisor | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Paylint", { log: true });
  const status = new Status(selector);
  const module = context.asAbsolutePath("dist/language-server.js");
  const handlers = { "paylint/status": status.document.bind(status) };
  const running = new Supervisor(
    (ready) => launchServer(module, log, handlers, ready),
    (state) => {
      status.server(state);
      if (state === "crashed") void sayCrashed();
    },
  );
  supervisor = running;
  context.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand("paylint.restartServer", () => running.restart()),
    vscode.commands.registerCommand("paylint.showLog", () => log.show()),
  );
  running.start();
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
