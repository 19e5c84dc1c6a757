import { type Finding, type LintResult, rulePage, type SourceText } from "@paylint/engine";
import {
  type Diagnostic,
  DiagnosticSeverity,
  type DiagnosticRelatedInformation,
  type PublishDiagnosticsParams,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentState, DocumentStatus } from "../protocol.ts";
import { Coalescer } from "./coalescer.ts";
import { documentName } from "./document-name.ts";

/** What diagnostics need of the server around them. */
export interface DiagnosticsHost {
  /** The newest version of an open document. */
  documentOf(uri: string): TextDocument | undefined;
  lint(source: SourceText): Pick<LintResult, "findings">;
  publish(params: PublishDiagnosticsParams): void;
  status(status: DocumentStatus): void;
  log(line: string): void;
  /** Whether the client shows the places that belong to a diagnostic. */
  readonly relatedInformation: boolean;
}

type Outcome = DocumentState & { readonly diagnostics: Diagnostic[] };

/** UTF-16 units; files beyond it are generated or minified, and an editor has to answer while one types. */
const MAX_LENGTH = 1024 * 1024;

/** Publishes the findings of open documents, always for the newest version; a closed document has none. */
export class Diagnostics {
  readonly #host: DiagnosticsHost;
  readonly #changes: Coalescer;

  constructor(host: DiagnosticsHost) {
    this.#host = host;
    this.#changes = new Coalescer((uri) => this.#check(uri));
  }

  /** The document was opened, its text or its settings changed. */
  refresh(document: TextDocument): void {
    if (documentName(document.uri, document.languageId)) this.#changes.mark(document.uri);
  }

  close(document: TextDocument): void {
    this.#changes.drop(document.uri);
    if (documentName(document.uri, document.languageId)) {
      this.#host.publish({ uri: document.uri, diagnostics: [] });
    }
  }

  #check(uri: string): void {
    const document = this.#host.documentOf(uri);
    const fileName = document && documentName(uri, document.languageId);
    if (!fileName) return;
    const { version } = document;
    const { diagnostics, ...state } = this.#lint(document, fileName);
    this.#host.publish({ uri, version, diagnostics });
    this.#host.status({ uri, version, ...state });
  }

  /** Whatever keeps a file from being linted, its squiggles go: old ones would point at other text by now. */
  #lint(document: TextDocument, fileName: string): Outcome {
    const text = document.getText();
    if (text.length > MAX_LENGTH) {
      this.#host.log(`${fileName}: not checked, larger than 1 MB`);
      return { state: "skipped", reason: "larger than 1 MB", diagnostics: [] };
    }
    try {
      const { findings } = this.#host.lint({ fileName, text });
      const diagnostics = findings.map((finding) => this.#diagnostic(document, finding));
      return { state: "checked", diagnostics };
    } catch (error) {
      this.#host.log(`${fileName}: not checked, Paylint failed on it: ${placeOf(error)}`);
      return { state: "failed", diagnostics: [] };
    }
  }

  #diagnostic(document: TextDocument, finding: Finding): Diagnostic {
    return {
      range: rangeIn(document, finding),
      severity: finding.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      source: "paylint",
      code: finding.ruleId,
      codeDescription: { href: rulePage(finding.ruleId) },
      message: finding.message,
      ...(this.#host.relatedInformation && { relatedInformation: relatedOf(document, finding) }),
    };
  }
}

function relatedOf(document: TextDocument, finding: Finding): DiagnosticRelatedInformation[] {
  return (finding.related ?? []).map((related) => ({
    location: { uri: document.uri, range: rangeIn(document, related) },
    message: related.message,
  }));
}

function rangeIn(document: TextDocument, { range }: Pick<Finding, "range">): Diagnostic["range"] {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) };
}

/** What failed and where in our own code. An error's message may quote the file, and a file may hold secrets. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
  return [error.name, ...frames].join("\n");
}
