import * as vscode from "vscode";
import { selector } from "./selector.ts";
import { Server } from "./server.ts";
import { Status } from "./status.ts";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Paylint", { log: true });
  const status = new Status(selector);
  const running = new Server(
    context.asAbsolutePath("dist/language-server.js"),
    log,
    { "paylint/status": (document) => status.document(document) },
    (state) => status.server(state),
  );
  server = running;
  context.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand("paylint.restartServer", () => running.restart()),
    vscode.commands.registerCommand("paylint.showLog", () => log.show()),
  );
  await running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
