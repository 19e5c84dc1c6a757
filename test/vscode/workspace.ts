import { cp, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** A folder for one run of VS Code, with copies of the sample shops that may be written on. */
export class Workspace implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Workspace> {
    const workspace = new Workspace(await realpath(await mkdtemp(path.join(tmpdir(), "paylint-"))));
    for (const shop of ["shop", "shop-repaired"]) {
      const filter = (file: string) => path.basename(file) !== "node_modules";
      await cp(path.join(root, "examples", shop), workspace.path(shop), { recursive: true, filter });
    }
    return workspace;
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  get shop(): string {
    return this.path("shop");
  }

  /** Bundles the suite as an extension of its own, so that the one under test stays as it was packed. */
  async buildSuite(): Promise<{ extension: string; tests: string }> {
    const extension = this.path("suite");
    const tests = path.join(extension, "index.js");
    await build({
      entryPoints: [path.join(import.meta.dirname, "suite/index.ts")],
      outfile: tests,
      bundle: true,
      platform: "node",
      target: "node20",
      external: ["vscode"],
      logLevel: "warning",
    });
    const manifest = {
      name: "suite",
      publisher: "paylint-tests",
      version: "0.0.0",
      engines: { vscode: "^1.100.0" },
    };
    await writeFile(path.join(extension, "package.json"), JSON.stringify(manifest));
    return { extension, tests };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
