import { type Finding, type Range, rulePage } from "@paylint/engine";
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** A finding of an open document as editors show it; with the places that belong to it, where the client shows them. */
export function diagnosticOf(
  document: TextDocument,
  finding: Finding,
  relatedInformation: boolean,
): Diagnostic {
  return {
    range: rangeIn(document, finding.range),
    severity: finding.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: "paylint",
    code: finding.ruleId,
    codeDescription: { href: rulePage(finding.ruleId) },
    message: finding.message,
    ...(relatedInformation && { relatedInformation: relatedOf(document, finding) }),
  };
}

function relatedOf(document: TextDocument, finding: Finding): DiagnosticRelatedInformation[] {
  return (finding.related ?? []).map((related) => ({
    location: { uri: document.uri, range: rangeIn(document, related.range) },
    message: related.message,
  }));
}

export function rangeIn(document: TextDocument, { start, end }: Range): Diagnostic["range"] {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
