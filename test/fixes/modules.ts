import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import type { Files } from "../../engine/test/flow/linked.ts";

/** What modules of a test see instead of what they name. */
export interface Surroundings {
  /** Modules by the specifier that names them. */
  readonly modules: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
}

const nodeRequire = createRequire(import.meta.url);
const EXTENSION = /\.[jt]s$/;

/** Runs one of some files in memory, which import each other and installed packages, and hands out its exports. */
export function loaded<Exports>(files: Files, entry: string, { modules, env }: Surroundings): Exports {
  const running = new Map<string, { exports: unknown }>();
  const run = (fileName: string): unknown => {
    const known = running.get(fileName);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    running.set(fileName, module);
    const code = transpiled(fileName, files[fileName]!);
    const body = compileFunction(code, ["require", "module", "exports", "process"], { filename: fileName });
    body(requireFrom(fileName), module, module.exports, { env });
    return module.exports;
  };
  const requireFrom = (from: string) => (specifier: string) => {
    if (Object.hasOwn(modules, specifier)) return modules[specifier];
    if (!specifier.startsWith(".")) return nodeRequire(specifier);
    const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
    const fileName = Object.keys(files).find((name) => name.replace(EXTENSION, "") === path);
    if (fileName === undefined) throw new Error(`${from} names ${specifier}, which is no file of this test`);
    return run(fileName);
  };
  return run(entry) as Exports;
}

function transpiled(fileName: string, text: string): string {
  return transformSync(text, {
    loader: "ts",
    format: "cjs",
    sourcefile: fileName,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  }).code;
}
