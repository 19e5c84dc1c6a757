import path from "node:path";

/** Whether a folder is another one or lies in it. */
export function contains(outer: string, inner: string): boolean {
  // Nearly all paths are asked about in the form in which they were made of the outer one.
  if (inner.startsWith(outer) && inner[outer.length] === path.sep && !inner.includes("..")) return true;
  const relative = path.relative(outer, inner);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A path with forward slashes, whatever the machine writes. */
export function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}

/** A folder and those around it up to another one, the innermost first; none when it lies elsewhere. */
export function* upwards(folder: string, top: string): Generator<string> {
  if (!contains(top, folder)) return;
  for (let at = folder; ; at = path.dirname(at)) {
    yield at;
    if (at === top) return;
  }
}

/** Whether a file says how the specifiers of others are understood. */
export function isConfiguration(file: string): boolean {
  return /(?:^|[\\/])(?:(?:ts|js)config(?:\.[\w.-]+)?\.json|package\.json|pnpm-workspace\.yaml)$/.test(file);
}
