// Bundles what ships: the ESLint plugin, the command line and language server, and the VS Code extension.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "..");

type Part = BuildOptions & { write: false; metafile: true };

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.19",
  minify: true,
  legalComments: "none",
  // jsonc-parser's main file is UMD, which hides its own files from bundlers.
  mainFields: ["module", "main"],
  metafile: true,
  write: false,
  logLevel: "warning",
} satisfies Part;

/** Dependencies in CommonJS call require() for Node's own modules, which an ES module does not have. */
const REQUIRE =
  'import{createRequire as nodeRequire}from"node:module";const require=nodeRequire(import.meta.url);';

const ESM = {
  ...COMMON,
  format: "esm",
  splitting: true,
  banner: { js: REQUIRE },
  define: { __filename: "import.meta.filename" },
} satisfies Part;

const LANGUAGE_SERVER = { "language-server": "server/src/language-server.ts" };

const WORKER = { worker: "server/src/worker.ts" };

const DOCUMENT_WORKER = { "document-worker": "server/src/document-worker.ts" };

const COMMAND_LINE = { cli: "server/src/cli.ts" };

const EXTENSION = {
  ...COMMON,
  entryPoints: { extension: "client/src/extension.ts" },
  format: "cjs",
  // The manifest says "type": "module", so CommonJS needs its own ending.
  outExtension: { ".js": ".cjs" },
  external: ["vscode"],
} satisfies Part;

async function main(): Promise<void> {
  await Promise.all([
    bundle("eslint-plugin/dist", [{ ...ESM, entryPoints: { index: "eslint-plugin/src/index.ts" } }], {
      "index.d.ts": declarationOf("eslint-plugin/src/index.ts"),
    }),
    bundle(
      "server/dist",
      [{ ...ESM, entryPoints: { ...COMMAND_LINE, ...LANGUAGE_SERVER, ...WORKER, ...DOCUMENT_WORKER } }],
      rulePages(),
    ),
    bundle(
      "dist",
      [{ ...ESM, entryPoints: { ...LANGUAGE_SERVER, ...WORKER, ...DOCUMENT_WORKER } }, EXTENSION],
      rulePages(),
    ),
  ]);
  const stamp = path.join(root, "node_modules/.cache/paylint/built");
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, "");
}

/** Fills a folder with bundles and removes what earlier builds left; nothing is touched when a bundle fails. */
async function bundle(
  folder: string,
  parts: readonly Part[],
  extra: Record<string, string> = {},
): Promise<void> {
  const outdir = path.join(root, folder);
  const results = await Promise.all(parts.map((part) => build({ ...part, outdir })));
  const inputs = results.flatMap((result) => usedInputs(result.metafile));
  const files = new Map<string, string | Uint8Array>([
    ...Object.entries(extra),
    ...licensesOf(inputs),
    ...results
      .flatMap((result) => result.outputFiles)
      .map((file) => [path.relative(outdir, file.path), file.contents] as const),
  ]);
  for (const [name, contents] of files) {
    const file = path.join(outdir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !files.has(path.relative(outdir, file))) rmSync(file);
  }
}

/** The sources of which something is left in a bundle. */
function usedInputs({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([input]) => input);
}

/** Licences ask to be kept with copies, and a bundle is a copy. */
function licensesOf(inputs: readonly string[]): [string, string][] {
  const packages = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  const licenses = [...new Set(packages)].sort().map(licenseOf);
  return licenses.length > 0 ? [["third-party-licenses.txt", licenses.join("\n\n----\n\n")]] : [];
}

function licenseOf(folder: string): string {
  const read = (file: string): string => readFileSync(path.join(root, folder, file), "utf8").trim();
  const { name, version, license } = JSON.parse(read("package.json")) as Record<string, string>;
  const file = readdirSync(path.join(root, folder)).find((entry) => /^licen[cs]e(?:[.-]|$)/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? read(file) : "No licence file in the package."}`;
}

/** The rules' documentation, which the language server shows; keys in its samples cut short, lest scanners find them. */
function rulePages(): Record<string, string> {
  const folder = path.join(root, "eslint-plugin/docs/rules");
  const pages = readdirSync(folder).map((name): [string, string] => {
    const text = readFileSync(path.join(folder, name), "utf8");
    return [`rules/${name}`, text.replace(/\b([a-z]{2}_(?:live|test)_\w{4})\w{8,}/g, "$1…")];
  });
  return Object.fromEntries(pages);
}

/** The types of one file; it has to annotate what it exports and to import no file that does not ship. */
function declarationOf(file: string): string {
  const fileName = path.join(root, file);
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(fileName, "utf8"), {
    fileName,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) {
    const host = {
      getCanonicalFileName: (name: string) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => "\n",
    };
    throw new Error(ts.formatDiagnostics(diagnostics, host));
  }
  return outputText;
}

try {
  await main();
} catch (error) {
  // esbuild has said already what it could not bundle.
  if (!(error instanceof Error && "errors" in error)) throw error;
  process.exitCode = 1;
}
