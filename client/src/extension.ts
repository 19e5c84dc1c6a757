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
    (state) => status.server(state),
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

export async function deactivate(): Promise<void> {
  await supervisor?.stop();
}
