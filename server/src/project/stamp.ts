import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** Tells whether a file's content is still the same. */
export interface Stamp {
  /**
   * Milliseconds since 1970 of the inode's change, which also tells of files that were put back with an older time; 0
   * when it does not tell apart what was written shortly after.
   */
  readonly changed: number;
  readonly size: number;
  /** Of the content, hexadecimal. */
  readonly hash: string;
}

/** Milliseconds; file systems count in steps of some, and two changes may bear the same time. */
const FRESH = 2_000;

/** Bytes; what is larger is not linted, and its size tells enough. */
const LARGEST = 1024 * 1024;

/** The stamp of a file as it is; undefined when there is none, or it cannot be read. A known stamp spares the reading. */
export function stampOf(file: string, known?: Stamp): Stamp | undefined {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) return undefined;
    const { ctimeMs, size } = stats;
    if (known?.changed === ctimeMs && known.size === size) return known;
    const changed = Date.now() - ctimeMs < FRESH ? 0 : ctimeMs;
    const content = size > LARGEST ? "" : readFileSync(file);
    return { changed, size, hash: createHash("sha256").update(content).digest("hex").slice(0, 32) };
  } catch {
    return undefined;
  }
}

export function isSame(a: Stamp | undefined, b: Stamp | undefined): boolean {
  return a?.hash === b?.hash && a?.size === b?.size;
}
