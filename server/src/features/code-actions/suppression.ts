import { type Finding, type Language, languageOf, LineIndex } from "@paylint/engine";
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { documentName } from "../document-name.ts";
import { type Replacement, workspaceEdit } from "../edits.ts";
import type { ActionRequest, ActionSource } from "./actions.ts";

/** Each comment is tried on the whole text; who selects more findings does not mean to give a reason for each. */
const MOST = 8;

/** A comment that switches a finding off; what suppresses nothing until the person writes a reason. */
export const suppression: ActionSource = {
  kind: CodeActionKind.QuickFix,
  actions: (request) => {
    const findings = request.findings.filter(
      ({ finding }, at, all) => all.findIndex((other) => isOneComment(finding, other.finding)) === at,
    );
    if (findings.length > MOST) return [];
    return findings.flatMap(({ finding, diagnostic }): CodeAction[] => {
      const { document, edits } = request;
      const comment = commentFor(finding, request);
      if (!comment) return [];
      return [
        {
          title: `Suppress ${finding.ruleId} here, with a reason`,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          edit: workspaceEdit(document, [comment], edits),
        },
      ];
    });
  },
};

function isOneComment(a: Finding, b: Finding): boolean {
  return a.ruleId === b.ruleId && a.range.start === b.range.start;
}

/** The comment that does suppress the finding once a reason is written; undefined where none does. */
function commentFor(finding: Finding, { document, looks }: ActionRequest): Replacement | undefined {
  const text = document.getText();
  const lines = new LineIndex(text);
  const { line } = lines.positionAt(finding.range.start);
  const start = lines.startOf(line);
  const above = line > 0 ? text.slice(lines.startOf(line - 1), start) : "";
  const candidates = [
    ...extended(above, start - above.length, finding.ruleId),
    ...added(text, start, finding.ruleId, styles(document.uri, document.languageId)),
  ];
  return candidates.find((candidate) => {
    const { range, text: comment, cursor = comment.length } = candidate;
    const inserted = `${comment.slice(0, cursor)}${cursor < comment.length ? "reason" : ""}${comment.slice(cursor)}`;
    const result = looks.tryText(document, text.slice(0, range.start) + inserted + text.slice(range.end));
    const moved = finding.range.start + inserted.length - (range.end - range.start);
    return result?.suppressed.some((each) => each.ruleId === finding.ruleId && each.range.start === moved);
  });
}

/** A further rule in a comment that stands above already. */
function extended(above: string, start: number, ruleId: string): Replacement[] {
  const match = /paylint-disable-next-line\s+[\w\-/]+(?:\s*,\s*[\w\-/]+)*/.exec(above);
  if (!match) return [];
  const at = start + match.index + match[0].length;
  return [{ range: { start: at, end: at }, text: `, ${ruleId}` }];
}

function added(text: string, start: number, ruleId: string, delimiters: readonly Style[]): Replacement[] {
  const indent = /^[ \t]*/.exec(text.slice(start))![0];
  const lineEnd = /\r\n|\n/.exec(text)?.[0] ?? "\n";
  return delimiters.map(([open, close]) => {
    const upToReason = `${indent}${open} paylint-disable-next-line ${ruleId} -- `;
    return {
      range: { start, end: start },
      text: `${upToReason}${close}${lineEnd}`,
      cursor: upToReason.length,
    };
  });
}

type Style = readonly [open: string, close: string];

const HASH: readonly Style[] = [["#", ""]];
const SLASHES: readonly Style[] = [["//", ""]];
const MARKUP: readonly Style[] = [["<!--", " -->"]];

/** How comments are written, the usual way first. */
const STYLES: Readonly<Record<Language, readonly Style[]>> = {
  javascript: [...SLASHES, ["{/*", " */}"]],
  json: SLASHES,
  prisma: SLASHES,
  dotenv: HASH,
  yaml: HASH,
  toml: HASH,
  properties: HASH,
  shell: HASH,
  dockerfile: HASH,
  terraform: HASH,
  markdown: MARKUP,
  vue: [...SLASHES, ...MARKUP],
  svelte: [...SLASHES, ...MARKUP],
};

/** The comments of a document's language; plain JSON has none. */
function styles(uri: string, languageId: string): readonly Style[] {
  const name = documentName(uri, languageId) ?? "";
  const language = languageOf(name);
  const isPlainJson = /\.(?:json|ipynb)$/i.test(name) && languageId !== "jsonc";
  return language && !isPlainJson ? STYLES[language] : [];
}
