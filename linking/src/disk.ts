import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "jsonc-parser";
import { PerFile, PerRound, Rounds } from "./kept.ts";
import { contains } from "./paths.ts";
import { readText } from "./read.ts";

/** What an editor holds of files, which counts before what the disk holds. */
export interface Documents {
  /** The text of an open file by its absolute path. */
  textOf(file: string): string | undefined;
}

export interface Entry {
  readonly kind: "file" | "folder";
  /** A symbolic link; it leads to something inside the same root. */
  readonly isLink: boolean;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** UTF-16 units of all texts kept. */
const MAX_KEPT = 8_000_000;

/** Folders nobody's own code lies in. */
const FOREIGN = new Set(["node_modules", ".git", ".hg", ".svn", ".jj"]);

const EMPTY: ReadonlyMap<string, Entry> = new Map();

/**
 * The files below a root, read once and kept. What is installed, and links that lead out of the root, are not there.
 * All paths are absolute.
 */
export class Disk {
  readonly root: string;
  readonly rounds = new Rounds();
  readonly #documents: Documents | undefined;
  readonly #folders = new PerFile(this.rounds, (folder) => this.#read(folder));
  /** Folders by path as they are in this round, so that a question costs no way up to the root. */
  readonly #lists = new PerRound<ReadonlyMap<string, Entry>>(this.rounds);
  readonly #texts = new PerFile(this.rounds, textIn);
  readonly #objects = new Map<string, { readonly text: string; readonly object: JsonObject | undefined }>();
  /** Lengths of the texts that are kept, the least recently used first. */
  readonly #lengths = new Map<string, number>();
  #length = 0;

  constructor(root: string, documents?: Documents) {
    this.root = root;
    this.#documents = documents;
  }

  isFile(file: string): boolean {
    return this.entry(file)?.kind === "file";
  }

  entry(file: string): Entry | undefined {
    if (file === this.root) return { kind: "folder", isLink: false };
    if (!contains(this.root, file)) return undefined;
    return this.list(path.dirname(file)).get(path.basename(file));
  }

  /** What a folder holds, by name. */
  list(folder: string): ReadonlyMap<string, Entry> {
    return this.#lists.get(folder, () =>
      this.entry(folder)?.kind === "folder" ? (this.#folders.get(folder) ?? EMPTY) : EMPTY,
    );
  }

  /** What an editor holds of a file. */
  openText(file: string): string | undefined {
    return this.#documents?.textOf(file);
  }

  /** The text of a file that is not too large to be code. */
  text(file: string): string | undefined {
    if (!this.isFile(file)) return undefined;
    const open = this.openText(file);
    if (open !== undefined) return open;
    const text = this.#texts.get(file);
    this.#used(file, text?.length ?? 0);
    return text;
  }

  /** The object that a JSON file holds, comments or not; undefined when it holds none. */
  json(file: string): JsonObject | undefined {
    const text = this.text(file);
    if (text === undefined) return undefined;
    let known = this.#objects.get(file);
    if (known?.text !== text) {
      known = { text, object: asObject(parse(text, [], { allowTrailingComma: true })) };
      this.#objects.set(file, known);
    }
    return known.object;
  }

  #used(file: string, length: number): void {
    this.#length += length - (this.#lengths.get(file) ?? 0);
    this.#lengths.delete(file);
    this.#lengths.set(file, length);
    for (const [oldest, its] of this.#lengths) {
      if (this.#length <= MAX_KEPT || oldest === file) return;
      this.#texts.forget(oldest);
      this.#lengths.delete(oldest);
      this.#length -= its;
    }
  }

  #read(folder: string): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const dirent of readdirSync(folder, { withFileTypes: true })) {
      const kind = FOREIGN.has(dirent.name)
        ? undefined
        : this.#kindOf(dirent, path.join(folder, dirent.name));
      if (kind) entries.set(dirent.name, { kind, isLink: dirent.isSymbolicLink() });
    }
    return entries;
  }

  #kindOf(dirent: Dirent, file: string): Entry["kind"] | undefined {
    if (dirent.isFile()) return "file";
    if (dirent.isDirectory()) return "folder";
    if (!dirent.isSymbolicLink()) return undefined;
    try {
      const target = realpathSync(file);
      const root = realpathSync(this.root);
      if (
        !contains(root, target) ||
        path
          .relative(root, target)
          .split(path.sep)
          .some((part) => FOREIGN.has(part))
      )
        return undefined;
      const stats = statSync(target);
      return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : undefined;
    } catch {
      // It leads nowhere, or in a circle.
      return undefined;
    }
  }
}

export function textIn(file: string): string | undefined {
  const read = readText(file);
  return "text" in read ? read.text : undefined;
}

/** A value of foreign JSON as an object. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}
