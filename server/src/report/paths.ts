import path from "node:path";
import { slashed } from "@paylint/linking";

/** A path as reports tell it: relative to the root, with forward slashes; `.` for the root itself. */
export function relativePath(root: string, file: string): string {
  return slashed(path.relative(root, file)) || ".";
}
