import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";

const PROGRAM = path.resolve(import.meta.dirname, "../../src/language-server.ts");

/** The server as a process of its own, as an editor starts it. */
export class ServedProcess {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly connection: ProtocolConnection;
  readonly #process: ChildProcess;
  #arrived = (): void => {};

  private constructor(server: ChildProcess) {
    this.#process = server;
    this.connection = createProtocolConnection(server.stdout!, server.stdin!);
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#arrived();
    });
    // Writing to a process that is being killed fails, and that is what some tests are about.
    this.connection.onError(() => {});
    server.stdin!.on("error", () => {});
    this.connection.listen();
  }

  static async start(params: Partial<InitializeParams> = {}): Promise<ServedProcess> {
    const served = new ServedProcess(
      spawn(process.execPath, [PROGRAM, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    await served.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      ...params,
    });
    await served.connection.sendNotification("initialized", {});
    return served;
  }

  async open(uri: string, text: string, languageId = "typescript", version = 1): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** The diagnostics of a document in a version, once they are there. */
  async diagnostics(uri: string, version = 1): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.published.find((each) => each.uri === uri && each.version === version);
      if (found) return found.diagnostics;
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    }
  }

  async kill(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
    this.connection.dispose();
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await ended;
    this.connection.dispose();
  }
}
