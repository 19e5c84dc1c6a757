import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
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

/** Payment code, and code that has nothing to do with it, as in every repository. */
const SOURCES = [
  "examples/shop",
  "examples/shop-repaired",
  "engine",
  "server",
  "eslint-plugin",
  "client",
  "tools",
];
const COPIES = 12;

/** The tree in a folder; without one, a tree made of copies of the project's own code, gone when the process ends. */
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
  const what = given ?? `${COPIES} copies of the examples and of Paylint's own sources`;
  return { folder, scripts, label: `${what}: ${scripts.length} scripts, ${megabytes.toFixed(1)} MB` };
}

function makeTree(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "paylint-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (let copy = 0; copy < COPIES; copy++) {
    for (const source of SOURCES) {
      const target = path.join(folder, `copy-${copy}`, source);
      mkdirSync(path.dirname(target), { recursive: true });
      cpSync(path.join(root, source), target, {
        recursive: true,
        filter: (file) => !/(?:^|[\\/])(?:node_modules|dist)$/.test(file),
      });
    }
  }
  return folder;
}
