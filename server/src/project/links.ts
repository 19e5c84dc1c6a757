import path from "node:path";
import type { LintResult } from "@paylint/engine";
import { isConfiguration } from "@paylint/linking";

/** What a look at a file led to; names are relative to a root. */
export type Led = Pick<LintResult, "links" | "importersOf">;

/** Which files' findings hang on which other files. */
export class Links {
  /** By what a file hangs on, under the key of {@link keyOf}. */
  readonly #dependents = new Map<string, Set<string>>();
  readonly #keys = new Map<string, readonly string[]>();

  /** Replaces what a file, by any name for it, hangs on; undefined when nothing is known of it any more. */
  set(dependent: string, root: string, led: Led | undefined): void {
    for (const key of this.#keys.get(dependent) ?? []) this.#dependents.get(key)?.delete(dependent);
    this.#keys.delete(dependent);
    if (!led || (led.links.length === 0 && led.importersOf.length === 0)) return;
    const absolute = (name: string): string => path.resolve(root, name);
    const keys = [
      ...led.links.map((name) => keyOf(absolute(name))),
      ...led.importersOf.map((name) => importersKey(absolute(name))),
    ];
    this.#keys.set(dependent, keys);
    for (const key of keys) {
      const dependents = this.#dependents.get(key) ?? new Set<string>();
      this.#dependents.set(key, dependents.add(dependent));
    }
  }

  /** Those that hang on a file, absolute, which was changed, made or removed, and which imports some files now. */
  dependentsOf(file: string, imports: () => readonly string[]): string[] {
    if (this.#keys.size === 0) return [];
    if (isConfiguration(file)) return [...this.#keys.keys()];
    const keys = [keyOf(file), keyOf(path.dirname(file)), ...imports().map(importersKey)];
    return [...new Set(keys.flatMap((key) => [...(this.#dependents.get(key) ?? [])]))];
  }
}

/** A missing file is known by what a specifier says, perhaps without an ending, perhaps with that of another. */
function keyOf(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, "").replace(/[\\/]index$/, "");
}

function importersKey(file: string): string {
  return `importers of ${file}`;
}
