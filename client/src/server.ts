import type { InitializationOptions, ServerNotificationHandlers } from "paylint/protocol";
import type * as vscode from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import { RestartPolicy } from "./restart-policy.ts";
import { selector } from "./selector.ts";
import type { ServerState } from "./status-text.ts";

/** The language server as a process: started, and started again when it dies. */
export class Server {
  readonly #client: LanguageClient;
  readonly #policy = new RestartPolicy();
  readonly #changed: (state: ServerState) => void;
  /** Ends the wait before the next start early. */
  #hurry: (() => void) | undefined;

  /** Takes the path of the server's module and who is told of its state. */
  constructor(
    module: string,
    log: vscode.LogOutputChannel,
    handlers: ServerNotificationHandlers,
    changed: (state: ServerState) => void,
  ) {
    this.#changed = changed;
    const initializationOptions: InitializationOptions = { status: true };
    this.#client = new LanguageClient(
      "paylint",
      "Paylint",
      { module, transport: TransportKind.ipc },
      {
        documentSelector: selector,
        initializationOptions,
        outputChannel: log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        errorHandler: {
          // A broken pipe is followed by its end, which is handled below.
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => this.#closed(),
        },
      },
    );
    this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) changed("ready");
    });
    for (const [method, handler] of Object.entries(handlers)) this.#client.onNotification(method, handler);
  }

  start(): Promise<void> {
    this.#changed("starting");
    return this.#settle(this.#client.start());
  }

  /** Starts the server anew, whatever state it is in. */
  async restart(): Promise<void> {
    this.#policy.forget();
    if (this.#hurry) return this.#hurry();
    this.#changed("restarting");
    await this.#settle(this.#client.restart());
  }

  stop(): Promise<void> {
    return this.#client.stop();
  }

  /** A server that dies while it starts is handled when its connection closes; one that cannot start is told here. */
  async #settle(start: Promise<void>): Promise<void> {
    try {
      await start;
    } catch (error) {
      this.#client.error("The server could not be started", error, false);
      if (this.#client.state === State.Stopped) this.#changed("crashed");
    }
  }

  async #closed(): Promise<CloseHandlerResult> {
    const delay = this.#policy.died(Date.now());
    if (delay === undefined) {
      this.#changed("crashed");
      return { action: CloseAction.DoNotRestart, handled: true, message: "The server keeps stopping." };
    }
    this.#changed("restarting");
    await this.#wait(delay);
    return {
      action: CloseAction.Restart,
      handled: true,
      message: "The server stopped and is started again.",
    };
  }

  async #wait(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#hurry = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.#hurry = undefined;
  }
}
