import type { CodeAction, SnippetTextEdit, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

/** A text after a code action was applied to it; a snippet leaves its cursor as `|`. */
export function afterAction(uri: string, text: string, { edit }: CodeAction): string {
  const edits: (TextEdit | SnippetTextEdit)[] = [
    ...(edit?.changes?.[uri] ?? []),
    ...(edit?.documentChanges ?? []).flatMap((change) => ("edits" in change ? change.edits : [])),
  ];
  const plain = edits.map((each) =>
    "snippet" in each
      ? { range: each.range, newText: each.snippet.value.replace("$0", "|").replace(/\\([\\$}])/g, "$1") }
      : each,
  );
  return TextDocument.applyEdits(TextDocument.create(uri, "", 1, text), plain);
}
