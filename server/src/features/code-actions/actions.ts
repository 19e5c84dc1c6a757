import type { Finding } from "@paylint/engine";
import type { CodeAction, Diagnostic, Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { EditSupport } from "../edits.ts";
import type { Looks } from "../looks.ts";
import type { Addition } from "../setting-files.ts";

/** What code actions are asked for: a document, and what of it concerns the person at the moment. */
export interface ActionRequest {
  readonly document: TextDocument;
  readonly range: Range;
  /** The findings of the whole document. */
  readonly all: readonly Finding[];
  /** Findings that touch the range, each with its diagnostic. */
  readonly findings: readonly { readonly finding: Finding; readonly diagnostic: Diagnostic }[];
  readonly looks: Looks;
  readonly edits: EditSupport;
  /** What else changes when the document reads an environment variable that it did not read before. */
  additionsFor(setting: string): readonly Addition[];
}

/** Offers actions of one sort. */
export interface ActionSource {
  /** The kind of all its actions. */
  readonly kind: string;
  /** Whether it does so much that it is left out while somebody only moves the cursor. */
  readonly isCostly?: boolean;
  actions(request: ActionRequest): readonly CodeAction[];
}

/** Whether two ranges share a character, or at least an end. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
