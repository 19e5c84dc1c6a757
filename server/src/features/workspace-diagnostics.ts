import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { rulePage } from "@paylint/engine";
import { contains } from "@paylint/linking";
import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticSeverity,
  type PreviousResultId,
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

/** The findings of all files of the open folders that no editor holds. */
export class WorkspaceDiagnostics {
  readonly #host: WorkspaceDiagnosticsHost;
  readonly #waiting = new Set<() => void>();

  constructor(host: WorkspaceDiagnosticsHost) {
    this.#host = host;
  }

  /** Something that is told here changed. */
  changed(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** What changed since the results that the client has; answers when there is something to tell. */
  async report(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    for (;;) {
      const items = this.#changedSince(previousResultIds);
      if (items.length > 0 || token.isCancellationRequested) return { items };
      await this.#change(token);
    }
  }

  /** The diagnostics of a file, absolute, that no editor holds. */
  diagnosticsOf(file: string): Diagnostic[] {
    const found = this.#host
      .folders()
      .find(({ folder, files }) => contains(folder, file) && files.findings.has(file));
    return (found?.files.findings.get(file) ?? []).map((finding) => this.#diagnostic(file, finding));
  }

  #changedSince(previous: readonly PreviousResultId[]): WorkspaceDocumentDiagnosticReport[] {
    const known = new Map(previous.map(({ uri, value }) => [fileOf(uri), { uri, value }]));
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

  #change(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        cancelled.dispose();
        resolve();
      };
      const cancelled = token.onCancellationRequested(wake);
      this.#waiting.add(wake);
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
