import { readFileSync, statSync } from "node:fs";

/** Bytes; git's index of a very large repository is about as large. */
const LARGEST = 64 * 1024 * 1024;

/**
 * What a file holds that a workspace may have put there: a link to a device never ends, a pipe never begins.
 * @throws when it is no regular file or larger than so many bytes, and what the file system throws
 */
export function readRegular(file: string, largest = LARGEST): Buffer {
  const stats = statSync(file);
  if (!stats.isFile()) throw new Error("it is neither a file nor a folder");
  if (stats.size > largest) throw new Error(`it is larger than ${Math.round(largest / 1024 / 1024)} MB`);
  return readFileSync(file);
}

/** The text of a regular file; undefined when there is none, or it is not to be read. */
export function textIn(file: string): string | undefined {
  try {
    return readRegular(file).toString();
  } catch {
    return undefined;
  }
}
