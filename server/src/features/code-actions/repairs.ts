import type { Repair } from "@paylint/engine";
import { CodeActionKind, type WorkspaceEdit } from "vscode-languageserver";
import { workspaceEdit } from "../edits.ts";
import { additionEdits } from "../setting-files.ts";
import type { ActionRequest, ActionSource } from "./actions.ts";

/** The repairs of each finding; the only one, when it is safe, is what "auto fix" takes. */
export const repairs: ActionSource = {
  kind: CodeActionKind.QuickFix,
  actions: (request) =>
    request.findings.flatMap(({ finding: { suggestions = [] }, diagnostic }) =>
      suggestions.map((repair) => ({
        title: repair.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: editOf(repair, request),
        ...(repair.isSafe && suggestions.length === 1 && { isPreferred: true }),
      })),
    ),
};

/** A setting that is read anew is listed with the others, too. */
function editOf(
  { edits, setting }: Repair,
  { document, edits: support, additionsFor }: ActionRequest,
): WorkspaceEdit {
  const edit = workspaceEdit(document, edits, support);
  if (setting === undefined || !edit.documentChanges) return edit;
  return { documentChanges: [...edit.documentChanges, ...additionEdits(additionsFor(setting), support)] };
}
