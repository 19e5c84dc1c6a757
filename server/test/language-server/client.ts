import { PassThrough } from "node:stream";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type DidChangeWatchedFilesRegistrationOptions,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  type ShowDocumentParams,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceFolder,
} from "vscode-languageserver-protocol/node";
import { type Connection, createConnection } from "vscode-languageserver/node";
import { serve, type ServerParts } from "../../src/app.ts";
import type { ChecklistEntry, DocumentStatus, FolderChecklist, ServerRequests } from "../../src/protocol.ts";

type WorkDoneProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

export interface StartOptions {
  readonly parts?: ServerParts;
  /** The URI of the open folder; none by default. */
  readonly folder?: string;
  readonly initializationOptions?: unknown;
  readonly relatedInformation?: boolean;
  readonly refuseRegistration?: boolean;
  /** What the client can do beyond what these tests take for granted. */
  readonly capabilities?: ClientCapabilities;
  /** Stops all work that is shown as soon as it tells how far it is. */
  readonly cancelProgress?: boolean;
}

/** A language client for tests: the server runs in the same process, the messages go through streams. */
export class TestClient {
  /** All diagnostics published so far, oldest first. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: DocumentStatus[] = [];
  /** All that was told of checklists, oldest first. */
  readonly checklists: FolderChecklist[] = [];
  readonly log: string[] = [];
  /** URIs that the server asked to be shown. */
  readonly shown: string[] = [];
  /** How work went that the server showed, oldest first. */
  readonly progress: WorkDoneProgress[] = [];
  /** How often the server asked that diagnostics be asked for again. */
  refreshes = 0;
  /** The glob patterns that the server asked to be watched. */
  readonly watched: string[] = [];
  initialized!: InitializeResult;
  readonly #toServer = new PassThrough();
  readonly #connection: ProtocolConnection;
  readonly #server: Connection;
  readonly #waiting = new Set<() => void>();
  readonly #parts = new Map<string, (part: never) => void>();

  private constructor(options: StartOptions) {
    const toClient = new PassThrough();
    this.#server = createConnection(this.#toServer, toClient);
    serve(this.#server, options.parts);
    this.#connection = createProtocolConnection(toClient, this.#toServer);
    this.#connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.#arrived(this.published, params);
    });
    this.#connection.onNotification("paylint/status", (params: DocumentStatus) => {
      this.#arrived(this.statuses, params);
    });
    this.#connection.onNotification("paylint/checklist", (params: FolderChecklist) => {
      this.#arrived(this.checklists, params);
    });
    this.#connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.#arrived(this.log, message);
    });
    this.#connection.onRequest("window/workDoneProgress/create", () => null);
    this.#connection.onNotification("$/progress", ({ token, value }: { token: string; value: never }) => {
      const part = this.#parts.get(token);
      if (part) part(value);
      else this.progress.push(value);
      for (const check of this.#waiting) check();
      if (options.cancelProgress) void this.notify("window/workDoneProgress/cancel", { token });
    });
    this.#connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      for (const check of this.#waiting) check();
      return null;
    });
    this.#connection.onRequest("window/showDocument", (params: ShowDocumentParams) => {
      this.shown.push(params.uri);
      return { success: true };
    });
    this.#connection.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
      if (options.refuseRegistration || !this.initialized) throw new Error("Nothing can be registered");
      for (const { registerOptions } of registrations) {
        const { watchers = [] } = (registerOptions ??
          {}) as Partial<DidChangeWatchedFilesRegistrationOptions>;
        for (const { globPattern } of watchers) this.watched.push(String(globPattern));
      }
    });
    this.#connection.listen();
  }

  static async start(options: StartOptions = {}): Promise<TestClient> {
    const client = new TestClient(options);
    const params: InitializeParams = {
      processId: null,
      rootUri: null,
      workspaceFolders: options.folder === undefined ? null : [folder(options.folder)],
      capabilities: {
        ...options.capabilities,
        textDocument: {
          publishDiagnostics: { relatedInformation: options.relatedInformation ?? true },
          ...options.capabilities?.textDocument,
        },
        workspace: {
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          ...options.capabilities?.workspace,
        },
      },
      initializationOptions:
        "initializationOptions" in options ? options.initializationOptions : { status: true },
    };
    client.initialized = await client.#connection.sendRequest("initialize", params);
    await client.#connection.sendNotification("initialized", {});
    return client;
  }

  open(uri: string, text: string, languageId = "typescript", version = 1): Promise<void> {
    return this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }

  change(uri: string, version: number, text: string): Promise<void> {
    return this.#connection.sendNotification("textDocument/didChange", changeTo(uri, version, text));
  }

  close(uri: string): Promise<void> {
    return this.#connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  request(method: string, params: unknown): Promise<unknown> {
    return this.#connection.sendRequest(method, params);
  }

  /** A request that can be taken back. */
  cancellable(method: string, params: unknown): { answer: Promise<unknown>; cancel(): void } {
    const source = new CancellationTokenSource();
    const answer = this.#connection.sendRequest(method, params, source.token);
    return { answer, cancel: () => source.cancel() };
  }

  /** Takes the parts of an answer, by the token that was sent with the question. */
  onPart<Part>(token: string, take: (part: Part) => void): void {
    this.#parts.set(token, take as (part: never) => void);
  }

  /** The actions that are offered for a range, of all kinds unless some are named. */
  codeActions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const context = { diagnostics: [], ...(only && { only }) };
    return this.#connection.sendRequest("textDocument/codeAction", { textDocument: { uri }, range, context });
  }

  ask<Method extends keyof ServerRequests>(
    method: Method,
    params: ServerRequests[Method]["params"],
  ): Promise<ServerRequests[Method]["result"]> {
    return this.#connection.sendRequest(method, params);
  }

  /** The newest word on an item once it fulfils a condition. */
  async item(id: string, condition: (item: ChecklistEntry) => boolean): Promise<ChecklistEntry> {
    const found = (): ChecklistEntry | undefined => {
      const sections = this.checklists.at(-1)?.providers.flatMap((provider) => provider.sections) ?? [];
      return sections.flatMap(({ items }) => items).find((item) => item.id === id && condition(item));
    };
    await this.until(() => found() !== undefined);
    return found()!;
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.#connection.sendNotification(method, params as object);
  }

  /** Writes messages to the server in one piece, as they pile up in a pipe while the server is busy. */
  writeAtOnce(messages: readonly { method: string; params: unknown }[]): void {
    this.write(messages.map((message) => framed(JSON.stringify({ jsonrpc: "2.0", ...message }))).join(""));
  }

  /** Writes to the server as it is, which need not be a message. */
  write(text: string): void {
    this.#toServer.write(text);
  }

  /** The diagnostics of a document once they are those of a version. */
  async diagnostics(uri: string, version: number | undefined = 1): Promise<Diagnostic[]> {
    const found = () => this.published.find((each) => each.uri === uri && each.version === version);
    await this.until(() => found() !== undefined);
    return found()!.diagnostics;
  }

  async status(uri: string, version = 1): Promise<DocumentStatus> {
    const found = () => this.statuses.find((each) => each.uri === uri && each.version === version);
    await this.until(() => found() !== undefined);
    return found()!;
  }

  /** Ends client and server; the server must still answer. */
  async stop(): Promise<void> {
    await this.#connection.sendRequest("shutdown");
    this.#connection.dispose();
    this.#server.dispose();
  }

  #arrived<Message>(list: Message[], message: Message): void {
    list.push(message);
    for (const check of this.#waiting) check();
  }

  /** Resolves when something arrives that fulfils the condition; a test's own timeout ends a vain wait. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}

export function folder(uri: string): WorkspaceFolder {
  return { uri, name: uri.slice(uri.lastIndexOf("/") + 1) };
}

export function framed(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The parameters of a change that replaces the whole text. */
export function changeTo(uri: string, version: number, text: string) {
  return { textDocument: { uri, version }, contentChanges: [{ text }] };
}
