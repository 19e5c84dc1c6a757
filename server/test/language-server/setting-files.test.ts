import path from "node:path";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { TextDocumentEdit } from "vscode-languageserver";
import { additionEdits, additionsForSetting } from "../../src/features/setting-files.ts";

const ROOT = path.resolve("/shop");

/** The files, by their names in the root, as they are after the edits; and those that are made. */
function after(files: Readonly<Record<string, string>>, source: string, creates = true) {
  const textOf = (file: string) => files[path.relative(ROOT, file).split(path.sep).join("/")];
  const additions = additionsForSetting("STRIPE_SECRET_KEY", path.join(ROOT, source), ROOT, textOf);
  const changed: Record<string, string> = {};
  const made: string[] = [];
  for (const change of additionEdits(additions, { versions: true, snippets: false, creates })) {
    const uri = "uri" in change ? change.uri : change.textDocument.uri;
    const name = uri.replace(/^.*\/shop\//, "");
    if (!TextDocumentEdit.is(change)) made.push(name);
    else {
      const document = TextDocument.create(uri, "plaintext", 1, files[name] ?? "");
      changed[name] = TextDocument.applyEdits(document, change.edits as never);
    }
  }
  return { changed, made };
}

test.each<[string, Record<string, string>, string, Record<string, string>]>([
  [
    "files that are there grow",
    { ".env.example": "PORT=3000\n", ".gitignore": "dist/\n" },
    "src/pay.ts",
    { ".env.example": "PORT=3000\nSTRIPE_SECRET_KEY=\n", ".gitignore": "dist/\n.env\n" },
  ],
  [
    "a last line without an end, and lines as on Windows",
    { ".env.example": "A=\r\nPORT=3000", ".gitignore": ".env" },
    "pay.ts",
    { ".env.example": "A=\r\nPORT=3000\r\nSTRIPE_SECRET_KEY=\r\n" },
  ],
  [
    "files that are not there",
    {},
    "src/pay.ts",
    { ".env.example": "STRIPE_SECRET_KEY=\n", ".gitignore": ".env\n" },
  ],
  [
    "the list of the nearest package",
    { "apps/api/package.json": "{}", "package.json": "{}", ".gitignore": ".env*\n!.env.example\n" },
    "apps/api/src/pay.ts",
    { "apps/api/.env.example": "STRIPE_SECRET_KEY=\n" },
  ],
  [
    "the nearest list, by whatever name",
    { "apps/api/package.json": "{}", "apps/.env.sample": "", ".env.example": "", ".gitignore": "/.env\n" },
    "apps/api/src/pay.ts",
    { "apps/.env.sample": "STRIPE_SECRET_KEY=\n", ".gitignore": "/.env\n.env\n" },
  ],
  [
    "nothing, where it is listed and ignored, by the innermost .gitignore",
    {
      ".env.example": "export STRIPE_SECRET_KEY=sk_...\n",
      ".gitignore": "!.env\n",
      "src/.gitignore": "x",
      "src/.env.example": "# STRIPE_SECRET_KEY=\n",
    },
    "src/pay.ts",
    { "src/.gitignore": "x\n.env\n" },
  ],
])("%s", (_, files, source, expected) => {
  expect(after(files, source).changed).toEqual(expected);
});

test("a client that cannot make files is asked to change those that are there", () => {
  expect(after({ ".gitignore": "" }, "pay.ts", false)).toEqual({
    changed: { ".gitignore": ".env\n" },
    made: [],
  });
  expect(after({}, "pay.ts").made).toEqual([".env.example", ".gitignore"]);
});

test("a source outside of the root changes files of the root", () => {
  expect(Object.keys(after({}, "../elsewhere/pay.ts").changed)).toEqual([".env.example", ".gitignore"]);
});
