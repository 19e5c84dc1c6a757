import type { ClientCapabilities, SnippetTextEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "@paylint/engine";
import { rangeIn } from "./diagnostic-of.ts";

/** What a client understands of edits. */
export interface EditSupport {
  /** It refuses edits of a version that it no longer has. */
  readonly versions: boolean;
  /** It can put the cursor into what it inserts. */
  readonly snippets: boolean;
  /** It can make files. */
  readonly creates: boolean;
}

export function editSupportOf({ workspace }: ClientCapabilities): EditSupport {
  const edit = workspace?.workspaceEdit;
  const versions = edit?.documentChanges ?? false;
  return {
    versions,
    snippets: versions && (edit?.snippetEditSupport ?? false),
    creates: versions && (edit?.resourceOperations?.includes("create") ?? false),
  };
}

/** A replacement of text; ends with the cursor at an offset of the new text where one is given. */
export interface Replacement {
  readonly range: Range;
  readonly text: string;
  readonly cursor?: number;
}

/** Replacements in one document, as a client understands them. */
export function workspaceEdit(
  document: TextDocument,
  replacements: readonly Replacement[],
  { versions, snippets }: EditSupport,
): WorkspaceEdit {
  const { uri, version } = document;
  const plain = ({ range, text }: Replacement): TextEdit => ({
    range: rangeIn(document, range),
    newText: text,
  });
  if (!versions) return { changes: { [uri]: replacements.map(plain) } };
  const edits = replacements.map((each) =>
    snippets && each.cursor !== undefined ? snippetOf(document, each, each.cursor) : plain(each),
  );
  return { documentChanges: [{ textDocument: { uri, version }, edits }] };
}

function snippetOf(document: TextDocument, { range, text }: Replacement, cursor: number): SnippetTextEdit {
  const escaped = (part: string): string => part.replace(/[\\$}]/g, "\\$&");
  const value = `${escaped(text.slice(0, cursor))}$0${escaped(text.slice(cursor))}`;
  return { range: rangeIn(document, range), snippet: { kind: "snippet", value } };
}
