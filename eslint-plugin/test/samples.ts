import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { languageOf } from "@paylint/engine";

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

/** Every code block of the rules' pages. */
export function documentedSamples(): Sample[] {
  return filesUnder("eslint-plugin/docs/rules").flatMap((page) =>
    [...read(page).matchAll(/^```([cm]?[jt]sx?)\b[^\n]*\n([^]*?)^```/gm)].map((match, index) => ({
      fileName: `src/sample.${match[1]!}`,
      text: match[2]!,
      origin: `${page}, block ${index + 1}`,
    })),
  );
}

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
