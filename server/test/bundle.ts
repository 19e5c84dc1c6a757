import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

/**
 * Bundles scripts by their path, so that a process which runs one starts at once instead of in a second; returns the
 * folder of the bundles, gone when the tests of the file are over.
 */
export function bundle(...entryPoints: readonly string[]): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "paylint-bundle-"));
  process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
  // Dependencies in CommonJS call for what an ES module does not have.
  const require = "const require=nodeRequire(import.meta.url);";
  buildSync({
    entryPoints: [...entryPoints],
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    banner: { js: `import{createRequire as nodeRequire}from"node:module";${require}` },
    define: { __filename: "import.meta.filename" },
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return outdir;
}
