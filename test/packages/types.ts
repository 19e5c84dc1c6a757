import ts from "typescript";
import ts5 from "typescript-5";

/** The compilers and the ways to resolve modules under which the types of a package have to hold. */
export const COMPILATIONS = [
  { compiler: ts5 as unknown as typeof ts, version: ts5.version },
  { compiler: ts, version: ts.version },
].flatMap((each) => [
  { ...each, resolution: "node16", ending: "mts", module: ts.ModuleKind.Node16 },
  { ...each, resolution: "bundler", ending: "ts", module: ts.ModuleKind.ESNext },
]);

/** What a compiler says against a file of a project that checks strictly. */
export function typeErrors(
  { compiler, resolution, module }: (typeof COMPILATIONS)[number],
  file: string,
): string[] {
  const program = compiler.createProgram([file], {
    module,
    moduleResolution:
      resolution === "node16" ? ts.ModuleResolutionKind.Node16 : ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    types: [],
    lib: ["lib.es2023.d.ts"],
    target: ts.ScriptTarget.ES2023,
  });
  return compiler
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => compiler.flattenDiagnosticMessageText(messageText, "\n"));
}
