import { type ReadText, readText } from "@paylint/linking";
import { reasonOf } from "./errors.ts";
import type { Target } from "./find.ts";
import type { Outcome } from "./results.ts";

/** Reads a file's text, unless it is known already, or says why it is not to be linted. */
export function readTarget(
  { path: file, explicit }: Target,
  texts?: ReadonlyMap<string, ReadText>,
): ReadText | Exclude<Outcome, { report: unknown }> {
  try {
    const read = texts?.get(file) ?? readText(file, explicit);
    return "text" in read ? read : { skipped: { path: file, ...read, folder: false } };
  } catch (error) {
    return { failure: { path: file, reason: "unreadable", detail: `could not be read: ${reasonOf(error)}` } };
  }
}
