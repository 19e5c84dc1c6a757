import path from "node:path";
import { type Disk, asObject } from "./disk.ts";

/** In the order in which TypeScript tries them; a declaration runs nothing and is none of them. */
const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What an ending in a specifier may stand for: sources name the file that they are compiled to. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

/** The script that a path without a promise of its ending names: the file itself, one with an ending, or an index. */
export function scriptAt(target: string, disk: Disk): string | undefined {
  return scriptNamed(target, disk) ?? scriptIn(target, disk);
}

function scriptNamed(target: string, disk: Disk): string | undefined {
  const written = path.extname(target);
  const stem = target.slice(0, target.length - written.length);
  const sources = SOURCES[written]?.map((ending) => stem + ending) ?? [];
  const exact = ENDINGS.includes(written) && !/\.d\.[cm]?ts$/.test(target) ? [target] : [];
  return [...sources, ...exact, ...ENDINGS.map((ending) => target + ending)].find((file) =>
    disk.isFile(file),
  );
}

function scriptIn(folder: string, disk: Disk): string | undefined {
  if (disk.entry(folder)?.kind !== "folder") return undefined;
  const main = asObject(disk.json(path.join(folder, "package.json")))?.main;
  const named = typeof main === "string" ? scriptNamed(path.join(folder, main), disk) : undefined;
  return named ?? scriptNamed(path.join(folder, "index"), disk);
}
