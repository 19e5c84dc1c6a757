import { CodeActionKind } from "vscode-languageserver";
import { workspaceEdit } from "../edits.ts";
import type { ActionSource } from "./actions.ts";

/** The repairs of each finding; the only one, when it is safe, is what "auto fix" takes. */
export const repairs: ActionSource = {
  kind: CodeActionKind.QuickFix,
  actions: ({ document, findings, edits: support }) =>
    findings.flatMap(({ finding: { suggestions = [] }, diagnostic }) =>
      suggestions.map(({ title, edits, isSafe }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: workspaceEdit(document, edits, support),
        ...(isSafe && suggestions.length === 1 && { isPreferred: true }),
      })),
    ),
};
