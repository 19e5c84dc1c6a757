import { createHash } from "node:crypto";
import path from "node:path";
import { programOf } from "../project/check-cache.ts";
import type { LintContext } from "../project/lint-files.ts";
import { ScanMemory } from "../project/scan-memory.ts";

/** What was found in projects is kept in a folder of the client's; each kept result is of one Paylint and its settings. */
export class Memories {
  readonly #storage: string;
  readonly #program: string;

  /** The folder is absolute. The worker's module names, in its imports, all that lints, each by its content. */
  constructor(storage: string, version: string, worker: URL) {
    this.#storage = storage;
    this.#program = programOf(version, worker);
  }

  of(root: string, context: LintContext): ScanMemory {
    const file = path.join(this.#storage, `project-${hashOf(root)}.json`);
    return new ScanMemory(file, hashOf(`${this.#program} ${JSON.stringify(context)}`), root);
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
