import type { Flow } from "../../src/flow/flow.ts";
import { type Host, Linker, type SourceFile } from "../../src/flow/link.ts";
import { parseJavaScript } from "../../src/parse/javascript.ts";

/** The files of a project that exists in memory alone, by name. */
export type Files = Readonly<Record<string, string>>;

const ENDINGS = ["", ".ts", ".tsx", ".js", "/index.ts", "/index.js"];

/** A host of files in memory: relative specifiers, with or without an extension, of folders with an index as well. */
export function hostOf(files: Files): Host {
  const find = (specifier: string, from: string): SourceFile | undefined => {
    if (!specifier.startsWith(".")) return undefined;
    const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
    const fileName = ENDINGS.map((ending) => path + ending).find((name) => Object.hasOwn(files, name));
    return fileName === undefined ? undefined : { fileName, text: files[fileName]! };
  };
  return {
    find,
    importersOf: (fileName) =>
      Object.entries(files)
        .filter(([from, text]) =>
          [...text.matchAll(/["'](\.[^"']*)["']/g)].some(
            ([, specifier]) => find(specifier!, from)?.fileName === fileName,
          ),
        )
        .map(([from, text]) => ({ fileName: from, text })),
  };
}

/** The linker of some files, and the flow of one of them. */
export function linked(files: Files, fileName: string, host = hostOf(files), budget?: number) {
  const parse = (source: SourceFile) => parseJavaScript(source).module;
  const linker = new Linker(host, parse, budget);
  const module = parse({ fileName, text: files[fileName]! });
  if (!module) throw new Error(`${fileName} does not parse`);
  return { linker, flow: linker.flowOf(module) };
}

/** The flow of one of some files, which finds the others. */
export function linkedFlow(files: Files, fileName = Object.keys(files)[0]!): Flow {
  return linked(files, fileName).flow;
}
