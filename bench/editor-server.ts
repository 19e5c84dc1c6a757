// A language server as a process of its own, and an editor's side of the conversation with it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  createProtocolConnection,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver-protocol/node";

const SERVER = path.resolve(import.meta.dirname, "../server/bin/paylint-language-server.js");

export class EditorServer {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  #published = (_: PublishDiagnosticsParams): void => {};

  private constructor(server: ChildProcess) {
    this.#process = server;
    this.#connection = createProtocolConnection(server.stdout!, server.stdin!);
    this.#connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) =>
      this.#published(params),
    );
    this.#connection.listen();
  }

  static async start(params: Partial<InitializeParams> = {}): Promise<EditorServer> {
    const server = new EditorServer(
      spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    await server.#connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      ...params,
    });
    await server.#connection.sendNotification("initialized", {});
    return server;
  }

  /** Opens a document and waits for its diagnostics. */
  async open(uri: string, text: string): Promise<void> {
    const answer = this.#diagnostics(uri, 1);
    const textDocument = { uri, languageId: "typescript", version: 1, text };
    await this.#connection.sendNotification("textDocument/didOpen", { textDocument });
    await answer;
  }

  /** Inserts a text at a line's beginning and waits for the diagnostics of that version. */
  async type(uri: string, version: number, line: number, text: string): Promise<void> {
    const answer = this.#diagnostics(uri, version);
    const at = { line, character: 0 };
    await this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
    await answer;
  }

  /** The findings of all files of the folder, once they have all been looked at. */
  async workspace(): Promise<number> {
    const report: WorkspaceDiagnosticReport = await this.#connection.sendRequest("workspace/diagnostic", {
      previousResultIds: [],
    });
    return report.items.reduce((sum, item) => sum + ("items" in item ? item.items.length : 0), 0);
  }

  /** Milliseconds of processor time that the process took so far; undefined where the system does not tell. */
  get processor(): number | undefined {
    if (process.platform !== "linux") return undefined;
    const stat = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8");
    // Behind the name, which may hold anything; Linux counts in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Resident memory in MB; undefined where the system does not tell. */
  get memory(): number | undefined {
    if (process.platform !== "linux") return undefined;
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await ended;
    this.#connection.dispose();
  }

  #diagnostics(uri: string, version: number): Promise<void> {
    return new Promise((resolve) => {
      this.#published = (params) => {
        if (params.uri === uri && params.version === version) resolve();
      };
    });
  }
}
