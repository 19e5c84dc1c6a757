import path from "node:path";
import type { Host, SourceFile } from "@paylint/engine";
import { Disk, type Documents } from "./disk.ts";
import { Importers } from "./importers.ts";
import { isConfiguration, slashed } from "./paths.ts";
import { Resolution } from "./resolve.ts";

/**
 * Hands the engine the files of a project on disk. File names are relative to the root, with forward slashes, as are
 * those that it takes; a file outside of the root leads nowhere.
 */
export class DiskHost implements Host {
  readonly #disk: Disk;
  readonly #resolution: Resolution;
  readonly #importers: Importers;

  /** The root is absolute. What an editor holds of a file goes before what the disk does. */
  constructor(root: string, documents?: Documents) {
    this.#disk = new Disk(path.resolve(root), documents);
    this.#resolution = new Resolution(this.#disk);
    this.#importers = new Importers(this.#disk, this.#resolution);
  }

  find(specifier: string, from: string): SourceFile | undefined {
    const file = this.#resolution.resolve(specifier, path.resolve(this.#disk.root, from));
    return file === undefined ? undefined : this.#source(file);
  }

  importersOf(fileName: string): readonly SourceFile[] | undefined {
    const importers = this.#importers.of(path.resolve(this.#disk.root, fileName));
    return importers?.flatMap((file) => this.#source(file) ?? []);
  }

  /** The absolute paths of the files that a file imports. */
  importsOf(fileName: string): readonly string[] {
    return this.#importers.importsOf(path.resolve(this.#disk.root, fileName));
  }

  /** Whether a file exists and may be asked about. */
  has(fileName: string): boolean {
    return this.#disk.isFile(path.resolve(this.#disk.root, fileName));
  }

  /** What an editor holds of a file was changed. */
  documentChanged(fileName: string): void {
    if (isConfiguration(fileName)) this.revalidate();
    this.#importers.forget();
  }

  /** Files may have changed since the last question. */
  revalidate(): void {
    this.#disk.rounds.current++;
  }

  #source(file: string): SourceFile | undefined {
    const text = this.#disk.text(file);
    return text === undefined ? undefined : { fileName: slashed(path.relative(this.#disk.root, file)), text };
  }
}
