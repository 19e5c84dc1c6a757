import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isRelative, linksIn, root } from "../docs/pages.ts";

/**
 * The folder of a workspace of this repository that ships.
 * @throws when it has not been built
 */
export function built(workspace: string): string {
  const folder = path.join(root, workspace);
  if (existsSync(path.join(folder, "dist"))) return folder;
  throw new Error(`${workspace}/dist is missing. Build first: npm run build`);
}

/** What a command said, and its exit code. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/**
 * What a user has: a project of their own into which npm installs packed packages, without the network. Programs that
 * come from the registry, such as ESLint, are linked from this repository.
 */
export class FreshProject {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "paylint-project-")));

  constructor(files: Readonly<Record<string, string>>) {
    this.write({ "package.json": '{ "private": true }', ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /**
   * Packs a workspace of this repository and installs the package; returns where it was installed.
   * @throws when the workspace has not been built
   */
  install(workspace: string): string {
    const source = built(workspace);
    const packed = this.#npm("pack", "--json", "--ignore-scripts", "--pack-destination", this.folder, source);
    const [{ filename, name }] = JSON.parse(packed) as [{ filename: string; name: string }];
    this.#npm("install", "--offline", "--legacy-peer-deps", "--no-audit", "--no-fund", filename);
    return path.join(this.folder, "node_modules", name);
  }

  /** Makes a package of this repository look installed, under another name than it has here if need be. */
  link(name: string, here = name): void {
    const link = path.join(this.folder, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, "node_modules", here), link, "junction");
  }

  /** Runs a program in the project, with what it is told on its standard input, if anything. */
  run(program: string, args: readonly string[], input = "", environment: NodeJS.ProcessEnv = {}): Ran {
    const { stdout, stderr, status, error } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, ...environment },
      input,
      shell: process.platform === "win32" && program === "npx",
    });
    if (error) throw error;
    return { stdout, stderr, status };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #npm(...args: readonly string[]): string {
    return execFileSync("npm", [...args, "--loglevel=error"], {
      cwd: this.folder,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
  }
}

/** The project's own Node, and the machine's, which npm runs on. */
export const nodes = [...new Set([process.execPath, process.env.npm_node_execpath ?? process.execPath])].map(
  (node) => ({ node, version: execFileSync(node, ["--version"], { encoding: "utf8" }).trim() }),
);

/** The files below a folder, by their paths in it, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** What the registry, or who looks at an installed package there, would miss in it. */
export function publishingProblems(installed: string): string[] {
  const read = (file: string): string => readFileSync(path.join(installed, file), "utf8");
  const manifest = JSON.parse(read("package.json")) as object;
  const links = linksIn(read("README.md")).filter(isRelative);
  const wanted = ["name", "version", "description", "keywords", "license", "exports", "files", "engines"];
  return [
    ...wanted.filter((field) => !(field in manifest)).map((field) => `no ${field}`),
    ...["private", "dependencies"].filter((field) => field in manifest),
    ...links.filter((link) => !existsSync(path.join(installed, link))).map((link) => `no ${link}`),
  ];
}

/** A script with one mistake, of timing-safe-compare, in line 4. */
export const PAY = `
import { createHmac } from "node:crypto";
export function genuine(body, signature, secret) {
  return createHmac("sha256", secret).update(body).digest("hex") === signature;
}
`;
