import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { Links } from "../project/links.ts";
import type { DocumentStatus } from "../protocol.ts";
import { Coalescer } from "./coalescer.ts";
import { diagnosticOf } from "./diagnostic-of.ts";
import { documentName } from "./document-name.ts";
import { findingsOf, type LintedDocument, type Look, type Looks } from "./looks.ts";

/** What diagnostics need of the server around them. */
export interface DiagnosticsHost {
  /** The newest version of an open document. */
  documentOf(uri: string): TextDocument | undefined;
  readonly looks: Looks;
  /** Takes what came of a look at a document, by the path under which it is linted; undefined when there was none. */
  linted(name: string, linted: LintedDocument | undefined): void;
  publish(params: PublishDiagnosticsParams): void;
  /** Documents have other findings, although nobody typed in them. */
  othersChanged(): void;
  status(status: DocumentStatus): void;
  /** Whether the client shows the places that belong to a diagnostic. */
  readonly relatedInformation: boolean;
}

/** Publishes the findings of open documents, always for the newest version; a closed document has none. */
export class Diagnostics {
  readonly #host: DiagnosticsHost;
  readonly #changes: Coalescer;
  /** Between documents by their URIs, and files. */
  readonly #links = new Links();

  constructor(host: DiagnosticsHost) {
    this.#host = host;
    this.#changes = new Coalescer((uri) => void this.#check(uri));
  }

  /** The document was opened, its text or its settings changed. */
  refresh(document: TextDocument): void {
    if (documentName(document.uri, document.languageId)) this.#mark(document.uri);
  }

  /** A file, absolute, was changed, made or removed, or an editor's text of it; it imports some files now. */
  fileChanged(file: string, imports: () => readonly string[]): void {
    const dependents = this.#links.dependentsOf(file, imports);
    for (const uri of dependents) this.#mark(uri);
    if (dependents.length > 0) this.#host.othersChanged();
  }

  /** The diagnostics of an open document in its newest version. */
  async of(uri: string): Promise<Diagnostic[]> {
    return this.#diagnosticsOf(await this.#host.looks.at(uri), this.#host.documentOf(uri));
  }

  close(document: TextDocument): void {
    this.#links.set(document.uri, "", undefined);
    this.#host.looks.closed(document.uri);
    if (documentName(document.uri, document.languageId)) {
      this.#host.publish({ uri: document.uri, diagnostics: [] });
    }
  }

  #mark(uri: string): void {
    this.#host.looks.forget(uri);
    this.#changes.mark(uri);
  }

  async #check(uri: string): Promise<void> {
    const look = await this.#host.looks.at(uri);
    // It may have been closed since.
    if (!look) return;
    const { name, version, state, linted, root = "" } = look;
    this.#links.set(uri, root, linted?.result);
    const diagnostics = this.#diagnosticsOf(look, this.#host.documentOf(uri));
    this.#host.publish({ uri, version, diagnostics });
    this.#host.status({ uri, version, ...state });
    this.#host.linted(name, linted);
  }

  #diagnosticsOf(look: Look | undefined, document: TextDocument | undefined): Diagnostic[] {
    if (!document) return [];
    return findingsOf(look).map((finding) => diagnosticOf(document, finding, this.#host.relatedInformation));
  }
}
