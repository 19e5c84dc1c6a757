import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { languageOf, mayObserve, rules } from "@paylint/engine";
import ts from "typescript";
import { parsePage } from "./page.ts";

/** A piece of code with the name of the file it would stand in. */
export interface Sample {
  readonly fileName: string;
  readonly text: string;
  /** Where it comes from, to find it again. */
  readonly origin: string;
}

const root = path.resolve(import.meta.dirname, "../..");

/** Every source file of the sample shops. */
export function exampleFiles(): Sample[] {
  return filesUnder("examples").flatMap((file) =>
    languageOf(file) === "javascript" ? [{ fileName: file, text: read(file), origin: file }] : [],
  );
}

/** Every JavaScript or TypeScript block of the rules' pages. */
export function documentedSamples(): Sample[] {
  return filesUnder("eslint-plugin/docs/rules").flatMap((page) =>
    parsePage(read(page))
      .samples.filter(({ fileName }) => languageOf(fileName) === "javascript")
      .map(({ fileName, text, line }) => ({ fileName, text, origin: `${page}:${line}` })),
  );
}

/** Every string of the engine's tests that an observer would look into. */
export function testedSamples(): Sample[] {
  return filesUnder("engine/test").flatMap((file) =>
    file.endsWith(".test.ts")
      ? stringsOf(file).map(({ text, line }) => ({
          fileName: /<\/|\/>/.test(text) ? "src/sample.tsx" : "src/sample.ts",
          text,
          origin: `${file}:${line}`,
        }))
      : [],
  );
}

function stringsOf(file: string): { text: string; line: number }[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ESNext);
  const found = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    const { text } = node as ts.StringLiteral;
    if (
      ts.isStringLiteralLike(node) &&
      KINDS.some((kind) => mayObserve(kind, { fileName: "sample.ts", text })) &&
      /[(=]/.test(text)
    ) {
      found.set(text, source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found].map(([text, line]) => ({ text, line }));
}

const KINDS = [...new Set(rules.map(({ observes }) => observes))];

/** The sample as plain JavaScript, with blanks where its types stood; undefined where that is not possible. */
export function withoutTypes({ fileName, text, origin }: Sample): Sample | undefined {
  if (!/\.[cm]?ts$/.test(fileName)) return undefined;
  try {
    const plain = stripTypeScriptTypes(text);
    return { fileName: fileName.replace(/ts$/, "js"), text: plain, origin: `${origin}, without its types` };
  } catch {
    // Broken code, or syntax such as enums that blanks cannot replace.
    return undefined;
  }
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const file = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(file) : [file];
    })
    .sort();
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
