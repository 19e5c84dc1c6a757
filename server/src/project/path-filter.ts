import path from "node:path";
import { contains, slashed } from "@paylint/linking";
import picomatch from "picomatch";

/** Tells which files lie at or below one of the paths, or match one as a pattern. */
export function filterOf(paths: readonly string[], cwd: string): (file: string) => boolean {
  const filters = paths.map((name) => {
    const full = path.resolve(cwd, name);
    const matches = picomatch(slashed(path.normalize(name)), { dot: true });
    return (file: string): boolean => contains(full, file) || matches(slashed(path.relative(cwd, file)));
  });
  return (file) => filters.some((filter) => filter(file));
}
