import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { fileOf, isOnDisk } from "./document-name.ts";
import { resultIdOf, type WorkspaceDiagnostics } from "./workspace-diagnostics.ts";

/** What diagnostics that are asked for need of the server around them. */
export interface PullDiagnosticsHost {
  documentOf(uri: string): TextDocument | undefined;
  /** The diagnostics of an open document in its newest version. */
  diagnosticsOf(uri: string): Promise<Diagnostic[]>;
  /** What is known of files that no editor holds. */
  readonly workspace: WorkspaceDiagnostics | undefined;
}

/** Answers clients that ask for a document's diagnostics. */
export class PullDiagnostics {
  readonly #host: PullDiagnosticsHost;

  constructor(host: PullDiagnosticsHost) {
    this.#host = host;
  }

  async report(
    { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    // What has arrived already, a newer text or the end of the question, is read first.
    await new Promise(setImmediate);
    if (token.isCancellationRequested)
      throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
    const isOpen = this.#host.documentOf(uri) !== undefined;
    const items = isOpen ? await this.#host.diagnosticsOf(uri) : this.#closed(uri);
    const resultId = resultIdOf(items);
    return resultId === previousResultId
      ? { kind: "unchanged", resultId }
      : { kind: "full", resultId, items };
  }

  /** Some clients ask about a document once more when it was closed. */
  #closed(uri: string): Diagnostic[] {
    return isOnDisk(uri) ? (this.#host.workspace?.diagnosticsOf(fileOf(uri)) ?? []) : [];
  }
}
