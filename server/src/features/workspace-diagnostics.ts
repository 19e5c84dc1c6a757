import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { rulePage } from "@paylint/engine";
import { contains } from "@paylint/linking";
import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticSeverity,
  type PreviousResultId,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Place, ReportedFinding } from "../project/results.ts";
import { fileOf } from "./document-name.ts";
import type { FolderFiles } from "./folder-files.ts";

/** What diagnostics of whole folders need of the server around them. */
export interface WorkspaceDiagnosticsHost {
  /** The folders that are open; absolute. */
  folders(): readonly { readonly folder: string; readonly files: FolderFiles }[];
  /** Whether an editor holds a file, absolute: then its document is asked about by itself. */
  isOpen(file: string): boolean;
  /** Whether the client shows the places that belong to a diagnostic. */
  readonly relatedInformation: boolean;
}

/** A question of a client that is not answered to the end. */
interface Asked {
  /** What the client has of each file, absolute. */
  readonly known: Map<string, PreviousResultId>;
  /** Something changed that may have to be told. */
  wake(): void;
}

/** The findings of all files of the open folders that no editor holds. */
export class WorkspaceDiagnostics {
  readonly #host: WorkspaceDiagnosticsHost;
  readonly #asked = new Set<Asked>();

  constructor(host: WorkspaceDiagnosticsHost) {
    this.#host = host;
  }

  /** Something that is told here changed. */
  changed(): void {
    for (const { wake } of [...this.#asked]) wake();
  }

  /** An editor does not hold a file, absolute, any more; what the client shows of it is of the document. */
  documentClosed(file: string): void {
    for (const { known } of this.#asked) known.delete(file);
    this.changed();
  }

  /**
   * What changed since the results that the client has: as soon as there is something, or, for a client that takes the
   * answer in parts, part by part until it takes the question back.
   */
  async report(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    parts?: ResultProgressReporter<WorkspaceDiagnosticReport>,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previousResultIds.map((each) => [fileOf(each.uri), each]));
    const asked: Asked = { known, wake: () => {} };
    this.#asked.add(asked);
    const cancelled = token.onCancellationRequested(() => asked.wake());
    try {
      for (;;) {
        const items = token.isCancellationRequested ? [] : this.#changedSince(known);
        if (token.isCancellationRequested || (items.length > 0 && !parts)) return { items };
        if (items.length > 0) parts?.report({ items });
        for (const { uri, resultId = "" } of items) known.set(fileOf(uri), { uri, value: resultId });
        await new Promise<void>((resolve) => (asked.wake = resolve));
      }
    } finally {
      cancelled.dispose();
      this.#asked.delete(asked);
    }
  }

  /** The diagnostics of a file, absolute, that no editor holds. */
  diagnosticsOf(file: string): Diagnostic[] {
    const found = this.#host
      .folders()
      .find(({ folder, files }) => contains(folder, file) && files.findings.has(file));
    return (found?.files.findings.get(file) ?? []).map((finding) => this.#diagnostic(file, finding));
  }

  #changedSince(known: ReadonlyMap<string, PreviousResultId>): WorkspaceDocumentDiagnosticReport[] {
    const found = this.#host
      .folders()
      .flatMap(({ folder, files }) => [...files.findings.keys()].filter((file) => contains(folder, file)));
    const files = new Set([...found, ...known.keys()].filter((file) => !this.#host.isOpen(file)));
    return [...files].flatMap((file): WorkspaceDocumentDiagnosticReport[] => {
      const items = this.diagnosticsOf(file);
      const resultId = resultIdOf(items);
      const { uri = pathToFileURL(file).href, value = EMPTY } = known.get(file) ?? {};
      return value === resultId ? [] : [{ kind: "full", uri, version: null, resultId, items }];
    });
  }

  #diagnostic(file: string, finding: ReportedFinding): Diagnostic {
    const { href: uri } = pathToFileURL(file);
    const related = finding.related.map((place) => ({
      location: { uri, range: rangeOf(place) },
      message: place.message,
    }));
    return {
      range: rangeOf(finding),
      severity: finding.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      source: "paylint",
      code: finding.ruleId,
      codeDescription: { href: rulePage(finding.ruleId) },
      message: finding.message,
      ...(this.#host.relatedInformation && { relatedInformation: related }),
    };
  }
}

/** Tells by its content whether a report is still the same, from one start of the server to the next, too. */
export function resultIdOf(items: readonly Diagnostic[]): string {
  return createHash("sha256").update(JSON.stringify(items)).digest("hex").slice(0, 16);
}

const EMPTY = resultIdOf([]);

export function rangeOf({ line, column, endLine, endColumn }: Place): Diagnostic["range"] {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}
