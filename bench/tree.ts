import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { languageOf } from "@paylint/engine";
import { findFiles } from "../server/src/project/find.ts";
import { readTarget } from "../server/src/project/read.ts";

/** A script with its text; the name is absolute. */
export interface Script {
  readonly fileName: string;
  readonly text: string;
}

export interface Tree {
  readonly folder: string;
  readonly scripts: readonly Script[];
  /** What the tree is made of, for the heading. */
  readonly label: string;
}

const root = path.resolve(import.meta.dirname, "..");

/** Payment code, and the code of other programs that npm has installed: a repository has little of the one. */
const EXAMPLES = ["shop", "shop-repaired"].map((name) => path.join(root, "examples", name));
const OTHERS = [
  ...["ajv/lib", "eslint/lib", "knip/dist", "vscode-languageclient/lib"],
  ...["@typescript-eslint/eslint-plugin/dist", "@typescript-eslint/typescript-estree/dist"],
].map((name) => path.join(root, "node_modules", name));
const COPIES = 6;

/**
 * A folder with copies of a tree, or of the examples and other programs, beside one another; gone when the process
 * ends.
 */
export function copyTree(given: string | undefined, copies: number): string {
  const folder = temporaryFolder();
  for (let copy = 0; copy < copies; copy++) {
    const target = path.join(folder, `copy-${copy}`);
    if (given === undefined) fill(target, 1);
    else copyCode(path.resolve(given), target);
  }
  return folder;
}

/** The tree in a folder; without one, a tree made of the examples and of other programs, gone when the process ends. */
export function openTree(given: string | undefined): Tree {
  const folder = given === undefined ? makeTree() : path.resolve(given);
  const { targets } = findFiles(["."], { cwd: folder, gitignore: true, ignores: () => false });
  const scripts = targets.flatMap((target): Script[] => {
    if (languageOf(target.path) !== "javascript") return [];
    const read = readTarget(target);
    return "text" in read ? [{ fileName: target.path, text: read.text }] : [];
  });
  if (scripts.length === 0) throw new Error(`${folder} has no JavaScript or TypeScript`);
  const megabytes = scripts.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
  const what = given ?? `${COPIES} copies of the examples, and programs without payments`;
  return { folder, scripts, label: `${what}: ${scripts.length} scripts, ${megabytes.toFixed(1)} MB` };
}

function makeTree(): string {
  const folder = temporaryFolder();
  fill(folder, COPIES);
  return folder;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "paylint-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts shops and programs without payments into a folder. */
function fill(folder: string, shops: number): void {
  for (let shop = 0; shop < shops; shop++) {
    for (const source of EXAMPLES) copyCode(source, path.join(folder, `shop-${shop}`, path.basename(source)));
  }
  for (const [at, source] of OTHERS.entries()) copyCode(source, path.join(folder, `program-${at}`));
}

/** What no tool here reads, such as source maps, would only add to the time of those that do not look at names. */
function copyCode(source: string, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  cpSync(source, target, {
    recursive: true,
    filter: (file) =>
      !/[\\/](?:node_modules|\.next)$/.test(path.relative(path.dirname(source), file)) &&
      (statSync(file).isDirectory() || languageOf(file) !== undefined),
  });
}
