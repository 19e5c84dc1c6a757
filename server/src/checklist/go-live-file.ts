import { accessSync, constants, realpathSync } from "node:fs";
import path from "node:path";
import { lock } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import { reasonOf } from "../project/errors.ts";
import type { JsonProblem } from "../project/json-document.ts";
import { JsonFileError } from "../project/json-file-error.ts";
import { readRegular } from "../project/regular-file.ts";
import { formatGoLive, type GoLive, parseGoLive } from "./go-live.ts";

/** Lies beside `paylint.json`. */
export const GO_LIVE_FILE = "go-live.json";

/** In bytes; a thousand items with a score of sign-offs each stay below it. */
const LARGEST = 8 * 1024 * 1024;

/** A sign-off file that cannot be used as it is, or not be written. */
export class GoLiveError extends JsonFileError {
  constructor(file: string, problems: readonly JsonProblem[]) {
    super(
      file,
      problems,
      "Nothing was written. Repair the file by hand, or take its last good version back from git.",
    );
  }
}

/** The lock or the disk kept sign-offs from being written. */
export class GoLiveWriteError extends Error {}

/**
 * Reads the sign-offs; undefined when there is no such file.
 * @throws {GoLiveError} naming every place of the file that is wrong
 */
export function readGoLive(file: string): GoLive | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  const { goLive, problems } = parseGoLive(text);
  if (problems.length > 0) throw new GoLiveError(file, problems);
  return goLive;
}

/**
 * Changes the sign-offs while no other process does: the change is given what the file holds at that time, undefined
 * when there is no file. It happens whole or not at all.
 * @throws {GoLiveError} when the file is broken; it stays as it is
 * @throws {GoLiveWriteError} when the file cannot be locked or written
 */
export async function changeGoLive(
  file: string,
  change: (goLive: GoLive | undefined) => GoLive,
): Promise<GoLive> {
  const real = realOf(file);
  const unlock = await locked(real);
  try {
    const changed = change(readGoLive(real));
    const text = formatGoLive(changed);
    if (Buffer.byteLength(text) > LARGEST)
      throw new GoLiveWriteError(`${file} would grow beyond ${LARGEST / 1024 / 1024} MB.`);
    if (text !== readText(real)) writeFileAtomic.sync(real, text);
    return changed;
  } catch (error) {
    if (error instanceof GoLiveError || error instanceof GoLiveWriteError) throw error;
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new GoLiveWriteError(`${file} could not be written: ${reasonOf(error)}.`);
  } finally {
    await unlock();
  }
}

/** A link is followed, so that whoever comes by it waits for the same lock. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Some 30 seconds in all; the waits differ, so that those who wait do not meet again and again. */
const RETRIES = { retries: 300, factor: 1.05, minTimeout: 10, maxTimeout: 150, randomize: true };

async function locked(file: string): Promise<() => Promise<void>> {
  try {
    // Locking waits for whatever stands in its way, and for this it would wait in vain.
    accessSync(path.dirname(file), constants.W_OK);
    // Between locking and unlocking nothing waits, so a lock cannot be lost on the way.
    return await lock(file, { realpath: false, retries: RETRIES, onCompromised: () => undefined });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "ELOCKED"
        ? `another process holds ${file}.lock. If none is running, remove that folder`
        : reasonOf(error);
    throw new GoLiveWriteError(`${file} could not be locked: ${reason}.`);
  }
}

function readText(file: string): string | undefined {
  try {
    return readRegular(file, LARGEST).toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new GoLiveError(file, [atStart(`could not be read: ${reasonOf(error)}`)]);
  }
}

function atStart(message: string): JsonProblem {
  return { message, line: 1, column: 1 };
}
