import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { Links } from "./links.ts";
import type { Outcome } from "./results.ts";
import { isSame, type Stamp, stampOf } from "./stamp.ts";

/** A file as it was when it was linted, and what came of it. */
interface Remembered {
  readonly stamp: Stamp;
  readonly outcome: Outcome;
}

/** What is written; files by absolute path. */
interface Memory {
  /** Says what everything hangs on beside files. */
  readonly key: string;
  readonly files: Readonly<Record<string, Remembered>>;
  /** Files that results hang on and that are not linted themselves; null for those that are missing. */
  readonly others: Readonly<Record<string, Stamp | null>>;
}

/** Files whose stamps are taken before others may have a turn. */
const AT_ONCE = 50;

/** What came of linting a project's files, kept from one start to the next. */
export class ScanMemory {
  readonly #file: string;
  readonly #key: string;
  readonly #root: string;
  readonly #files: Map<string, Remembered>;
  readonly #others: ReadonlyMap<string, Stamp | null>;
  #isDirty = false;

  /** Reads what was written under the same key; all else is forgotten. Names in the outcomes are relative to the root. */
  constructor(file: string, key: string, root: string) {
    this.#file = file;
    this.#key = key;
    this.#root = root;
    const memory = readMemory(file, key);
    this.#files = new Map(Object.entries(memory?.files ?? {}));
    this.#others = new Map(Object.entries(memory?.others ?? {}));
  }

  /**
   * The outcomes that still hold of these files: neither a file nor one that its result hangs on was changed. Forgets
   * all others. `importsOf` tells what a changed file imports now.
   */
  async recall(
    files: readonly string[],
    importsOf: (file: string) => readonly string[],
  ): Promise<readonly Outcome[]> {
    const before = new Map(this.#files);
    const changed = await this.#changed(files);
    const links = new Links();
    for (const [file, { outcome }] of this.#files)
      if ("report" in outcome) links.set(file, this.#root, outcome.report);
    for (const [at, file] of changed.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
      this.#files.delete(file);
      for (const dependent of links.dependentsOf(file, () => importsOf(file))) this.#files.delete(dependent);
    }
    this.#isDirty = this.#files.size < before.size;
    return [...this.#files.values()].map(({ outcome }) => outcome);
  }

  /** Keeps what came of a file. What was changed since is asked about again at the next start. */
  keep(file: string, stamp: Stamp | undefined, outcome: Outcome | undefined): void {
    this.#isDirty = true;
    // What failed is tried again.
    if (!stamp || !outcome || "failure" in outcome) this.#files.delete(file);
    else this.#files.set(file, { stamp, outcome });
  }

  forget(): void {
    this.#isDirty = true;
    this.#files.clear();
  }

  /** @throws what the file system throws */
  save(): void {
    if (!this.#isDirty) return;
    const memory: Memory = {
      key: this.#key,
      files: Object.fromEntries(this.#files),
      others: Object.fromEntries(this.#linkedOthers()),
    };
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileAtomic.sync(this.#file, JSON.stringify(memory), { mode: 0o600 });
    this.#isDirty = false;
  }

  /** What was added, removed or has other content than when it was linted; of files to lint and of those they hang on. */
  async #changed(files: readonly string[]): Promise<string[]> {
    const present = new Set(files);
    const changed = [...this.#files.keys()].filter((file) => !present.has(file));
    const looked = [...files, ...this.#others.keys()];
    for (const [at, file] of looked.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
      const remembered = this.#files.get(file);
      const known = remembered?.stamp ?? this.#others.get(file) ?? undefined;
      const now = this.#others.has(file) || remembered ? stampOf(file, known) : undefined;
      if (remembered && now && isSame(known, now)) this.#files.set(file, { ...remembered, stamp: now });
      else if (remembered || !this.#others.has(file) || !isSame(known, now)) changed.push(file);
    }
    return changed;
  }

  *#linkedOthers(): Generator<[string, Stamp | null]> {
    const seen = new Set(this.#files.keys());
    // It says how specifiers are understood, too, and is not linted.
    const workspace = path.join(this.#root, "pnpm-workspace.yaml");
    yield [workspace, stampOf(workspace, this.#others.get(workspace) ?? undefined) ?? null];
    for (const { outcome } of this.#files.values()) {
      const links = "report" in outcome ? outcome.report.links : [];
      for (const file of links.map((name) => path.resolve(this.#root, name))) {
        if (seen.has(file)) continue;
        seen.add(file);
        yield [file, stampOf(file, this.#others.get(file) ?? undefined) ?? null];
      }
    }
  }
}

/** Undefined when nothing was written, or something that cannot be used. */
function readMemory(file: string, key: string): Memory | undefined {
  try {
    const memory = JSON.parse(readFileSync(file, "utf8")) as Memory;
    return memory.key === key ? memory : undefined;
  } catch {
    return undefined;
  }
}
