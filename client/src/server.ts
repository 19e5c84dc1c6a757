import type {
  ClientNotifications,
  InitializationOptions,
  ServerNotificationHandlers,
} from "paylint/protocol";
import type * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import type { Ask } from "./checklist/ask.ts";
import { setting } from "./configuration.ts";
import { selector } from "./selector.ts";
import type { Launched } from "./supervisor.ts";

/** A running server that can be asked and told things. */
interface LaunchedServer extends Launched {
  readonly ask: Ask;
  tell<Method extends keyof ClientNotifications>(method: Method, params: ClientNotifications[Method]): void;
}

/** Starts the language server, a module, in a process of its own with a client for it; its storage is a folder of its own. */
export function launchServer(
  module: string,
  storage: vscode.Uri,
  log: vscode.LogOutputChannel,
  handlers: ServerNotificationHandlers,
  ready: () => void,
): LaunchedServer {
  const initializationOptions: InitializationOptions = {
    status: true,
    checklist: true,
    explain: true,
    storage: storage.fsPath,
    workspace: setting("checkWorkspace"),
  };
  let tellGone = (): void => {};
  const gone = new Promise<void>((resolve) => (tellGone = resolve));
  const errorHandler: ErrorHandler = {
    // A broken pipe is followed by its end, which is told below.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed() {
      tellGone();
      return { action: CloseAction.DoNotRestart, handled: true, message: "The server has stopped." };
    },
  };
  const client = new QuietClient(
    "paylint",
    "Paylint",
    { module, transport: TransportKind.ipc },
    {
      documentSelector: selector,
      initializationOptions,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler,
    },
  );
  for (const [method, handler] of Object.entries(handlers)) client.onNotification(method, handler);
  const started = client.start().then(ready, tellGone);
  return {
    gone,
    ask: (method, params) => client.sendRequest(method, params),
    tell: (method, params) => void client.sendNotification(method, params),
    async stop() {
      await started;
      // One that does not answer is killed, and the client has logged it.
      await client.stop().catch(() => {});
    },
  };
}

/** Says in the log what the base class says in a message box for each try; the status item tells the outcome. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
