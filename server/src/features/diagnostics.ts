import {
  type Finding,
  type Host,
  type LintResult,
  rulePage,
  type RuleSettings,
  type SourceText,
} from "@paylint/engine";
import {
  type Diagnostic,
  DiagnosticSeverity,
  type DiagnosticRelatedInformation,
  type PublishDiagnosticsParams,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentState, DocumentStatus } from "../protocol.ts";
import { Links } from "../project/links.ts";
import { eachWithin } from "../project/time-limit.ts";
import { Coalescer } from "./coalescer.ts";
import { documentName } from "./document-name.ts";
import type { DocumentContext } from "./project.ts";

/** What diagnostics need of the server around them. */
export interface DiagnosticsHost {
  /** The newest version of an open document. */
  documentOf(uri: string): TextDocument | undefined;
  /** Takes a document's URI and the path under which it is linted. */
  contextOf(uri: string, name: string): DocumentContext;
  lint(source: SourceText, rules: RuleSettings, host: Host | undefined): LintResult;
  /** Where the other files of a root come from. */
  hostOf(root: string): Host;
  /** Takes what came of a look at a document, by the path under which it is linted; undefined when there was none. */
  linted(name: string, linted: LintedDocument | undefined): void;
  publish(params: PublishDiagnosticsParams): void;
  status(status: DocumentStatus): void;
  log(line: string): void;
  /** Whether the client shows the places that belong to a diagnostic. */
  readonly relatedInformation: boolean;
}

/** A document's text and what linting it gave. */
export interface LintedDocument {
  readonly text: string;
  readonly result: LintResult;
  readonly rules: RuleSettings;
}

/** UTF-16 units; files beyond it are generated or minified, and an editor has to answer while one types. */
const MAX_LENGTH = 1024 * 1024;

/** What one look at a document may take, in milliseconds; ordinary files take a few. */
const TIME_LIMIT = 3_000;

interface Look {
  readonly state: DocumentState;
  readonly diagnostics: Diagnostic[];
  readonly linted?: LintedDocument;
  /** What the document's file names are relative to. */
  readonly root?: string | undefined;
}

/** Publishes the findings of open documents, always for the newest version; a closed document has none. */
export class Diagnostics {
  readonly #host: DiagnosticsHost;
  readonly #changes: Coalescer;
  /** Between documents by their URIs, and files. */
  readonly #links = new Links();

  constructor(host: DiagnosticsHost) {
    this.#host = host;
    this.#changes = new Coalescer((uri) => this.#check(uri));
  }

  /** The document was opened, its text or its settings changed. */
  refresh(document: TextDocument): void {
    if (documentName(document.uri, document.languageId)) this.#changes.mark(document.uri);
  }

  /** A file, absolute, was changed, made or removed, or an editor's text of it; it imports some files now. */
  fileChanged(file: string, imports: () => readonly string[]): void {
    for (const uri of this.#links.dependentsOf(file, imports)) this.#changes.mark(uri);
  }

  close(document: TextDocument): void {
    this.#links.set(document.uri, "", undefined);
    if (documentName(document.uri, document.languageId)) {
      this.#host.publish({ uri: document.uri, diagnostics: [] });
    }
  }

  #check(uri: string): void {
    // It may have been closed since.
    const document = this.#host.documentOf(uri);
    const name = document && documentName(uri, document.languageId);
    if (!name) return;
    const { version } = document;
    const { state, diagnostics, linted, root = "" } = this.#look(document, name);
    this.#links.set(uri, root, linted?.result);
    this.#host.publish({ uri, version, diagnostics });
    this.#host.status({ uri, version, ...state });
    this.#host.linted(name, linted);
  }

  /** Whatever keeps a file from being linted, its squiggles go: old ones would point at other text by now. */
  #look(document: TextDocument, name: string): Look {
    try {
      const text = document.getText();
      if (text.length > MAX_LENGTH) return this.#skip(name, "larger than 1 MB");
      const { fileName, root, rules, ignored, settingsBroken } = this.#host.contextOf(document.uri, name);
      if (ignored)
        return { state: { state: "skipped", reason: "left out by paylint.json" }, diagnostics: [] };
      const others = root === undefined ? undefined : this.#host.hostOf(root);
      const lint = () => this.#host.lint({ fileName, text }, rules, others);
      const [result] = eachWithin<typeof lint, LintResult | undefined>(
        TIME_LIMIT,
        [lint],
        (run) => run(),
        () => undefined,
      );
      if (!result) return this.#skip(name, `given up after ${TIME_LIMIT / 1000} s`);
      const diagnostics = result.findings.map((finding) => this.#diagnostic(document, finding));
      const linted = { text, result, rules };
      return { state: { state: "checked", settingsBroken }, diagnostics, linted, root };
    } catch (error) {
      this.#host.log(`${name}: not checked, Paylint failed on it: ${placeOf(error)}`);
      return { state: { state: "failed" }, diagnostics: [] };
    }
  }

  #skip(name: string, reason: string): Look {
    this.#host.log(`${name}: not checked, ${reason}`);
    return { state: { state: "skipped", reason }, diagnostics: [] };
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
