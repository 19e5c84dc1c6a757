import path from "node:path";
import { pathToFileURL } from "node:url";
import ignore from "ignore";
import type { CreateFile, TextDocumentEdit } from "vscode-languageserver";
import type { EditSupport } from "./edits.ts";

/** A file that grows at its end. */
export interface Addition {
  /** Absolute. */
  readonly file: string;
  /** Undefined when there is no such file yet. */
  readonly before: string | undefined;
  readonly added: string;
}

/** The text of a file, absolute; undefined when there is none. */
type TextOf = (file: string) => string | undefined;

const LISTS = [".env.example", ".env.sample", ".env.template", ".env.dist"];

/**
 * What else changes when a source, absolute, reads a setting from the environment: the list of settings names it,
 * without a value, and git ignores the `.env` that will hold the value. The list is the nearest one on the way up to
 * the root, else a new one beside the nearest package.json, else in the root.
 */
export function additionsForSetting(
  setting: string,
  source: string,
  root: string,
  textOf: TextOf,
): Addition[] {
  const folders = foldersUp(source, root);
  const lists = folders.flatMap((folder) => LISTS.map((name) => path.join(folder, name)));
  const home = folders.find((folder) => textOf(path.join(folder, "package.json")) !== undefined) ?? root;
  const list = lists.find((file) => textOf(file) !== undefined) ?? path.join(home, LISTS[0]!);
  const ignoring = folders
    .map((folder) => path.join(folder, ".gitignore"))
    .find((file) => textOf(file) !== undefined);
  const isListed = new RegExp(`^\\s*(?:export\\s+)?#?\\s*${setting}\\s*=`, "m").test(textOf(list) ?? "");
  return [
    ...(isListed ? [] : [addition(list, `${setting}=`, textOf)]),
    ...(isIgnored(path.join(path.dirname(list), ".env"), folders, textOf)
      ? []
      : [addition(ignoring ?? path.join(root, ".gitignore"), ".env", textOf)]),
  ];
}

/** Additions as a client takes them whose edits may name versions; where it cannot make files, those are left out. */
export function additionEdits(
  additions: readonly Addition[],
  { versions, creates }: EditSupport,
): (CreateFile | TextDocumentEdit)[] {
  const possible = additions.filter(({ before }) => versions && (creates || before !== undefined));
  return possible.flatMap(({ file, before, added }) => {
    const uri = pathToFileURL(file).href;
    const lines = (before ?? "").split(/\r\n|\n|\r/);
    const end = { line: lines.length - 1, character: lines.at(-1)!.length };
    const edit: TextDocumentEdit = {
      textDocument: { uri, version: null },
      edits: [{ range: { start: end, end }, newText: added }],
    };
    if (before !== undefined) return [edit];
    return [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }, edit];
  });
}

/** The folders from that of a file up to the root. */
function foldersUp(file: string, root: string): string[] {
  const folders = [path.dirname(file)];
  while (folders.at(-1) !== root && folders.at(-1) !== path.dirname(folders.at(-1)!))
    folders.push(path.dirname(folders.at(-1)!));
  return folders.at(-1) === root ? folders : [root];
}

function addition(file: string, line: string, textOf: TextOf): Addition {
  const before = textOf(file);
  const lineEnd = /\r\n|\n/.exec(before ?? "")?.[0] ?? "\n";
  const gap = before === undefined || /(?:^|\n)$/.test(before) ? "" : lineEnd;
  return { file, before, added: `${gap}${line}${lineEnd}` };
}

/** Whether a .gitignore in one of the folders, the innermost of which counts first, covers a file. */
function isIgnored(file: string, folders: readonly string[], textOf: TextOf): boolean {
  for (const folder of folders) {
    const name = path.relative(folder, file).split(path.sep).join("/");
    if (!ignore.isPathValid(name)) continue;
    const { ignored, unignored } = ignore()
      .add(textOf(path.join(folder, ".gitignore")) ?? "")
      .test(name);
    if (ignored || unignored) return ignored;
  }
  return false;
}
