import path from "node:path";
import { languageOf, specifiersIn } from "@paylint/engine";
import { type Disk, textIn } from "./disk.ts";
import { PerFile } from "./kept.ts";
import { slashed } from "./paths.ts";
import type { Resolution } from "./resolve.ts";

/** Scripts looked through; of a larger project the importers are unknown. */
const MAX_SCRIPTS = 20_000;

const MAX_FOLDERS = 20_000;

/** Which files of a project import a file; found by a look at all of them, at the first question. */
export class Importers {
  readonly #disk: Disk;
  readonly #resolution: Resolution;
  readonly #specifiers: PerFile<readonly string[]>;
  #collected: ReadonlyMap<string, readonly string[]> | undefined;
  /** The round in which they were collected; none when an editor's text has changed since. */
  #round: number | undefined;

  constructor(disk: Disk, resolution: Resolution) {
    this.#disk = disk;
    this.#resolution = resolution;
    this.#specifiers = new PerFile(disk.rounds, (file) => specifiersIn(textIn(file) ?? ""));
  }

  /** The absolute paths of the files that import a file; undefined for a project that is too large. */
  of(file: string): readonly string[] | undefined {
    if (this.#round !== this.#disk.rounds.current) this.#collected = this.#collect();
    this.#round = this.#disk.rounds.current;
    return this.#collected && (this.#collected.get(file) ?? []);
  }

  /** What an editor holds may import other files now. */
  forget(): void {
    this.#round = undefined;
  }

  /** The absolute paths of the files that a file imports. */
  importsOf(script: string): readonly string[] {
    const open = this.#disk.openText(script);
    const specifiers = open === undefined ? this.#specifiers.get(script) : specifiersIn(open);
    return [...new Set((specifiers ?? []).flatMap((each) => this.#resolution.resolve(each, script) ?? []))];
  }

  #collect(): ReadonlyMap<string, readonly string[]> | undefined {
    const scripts = scriptsBelow(this.#disk);
    if (!scripts) return undefined;
    const importers = new Map<string, string[]>();
    for (const script of scripts) {
      for (const target of this.importsOf(script)) {
        const known = importers.get(target);
        if (known) known.push(script);
        else importers.set(target, [script]);
      }
    }
    return importers;
  }
}

/** All scripts below the root, links not followed; undefined when there are too many. */
function scriptsBelow(disk: Disk): string[] | undefined {
  const scripts: string[] = [];
  const pending = [disk.root];
  let folders = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (++folders > MAX_FOLDERS || scripts.length > MAX_SCRIPTS) return undefined;
    for (const [name, { kind, isLink }] of disk.list(folder)) {
      const full = path.join(folder, name);
      if (isLink) continue;
      if (kind === "folder" && !name.startsWith(".")) pending.push(full);
      else if (kind === "file" && languageOf(slashed(name)) === "javascript") scripts.push(full);
    }
  }
  return scripts.sort();
}
