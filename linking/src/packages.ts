import path from "node:path";
import { exports, imports } from "resolve.exports";
import { asObject, type Disk } from "./disk.ts";
import { scriptAt } from "./files.ts";
import { upwards } from "./paths.ts";

export interface Package {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The package that a folder belongs to. */
export function packageAround(folder: string, disk: Disk): Package | undefined {
  for (const at of upwards(folder, disk.root)) {
    const manifest = disk.json(path.join(at, "package.json"));
    if (manifest) return { folder: at, manifest };
  }
  return undefined;
}

/** Whether a package says that another one is to be installed. */
export function dependsOn({ manifest }: Package, name: string): boolean {
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].some((field) =>
    Object.hasOwn(asObject(manifest[field]) ?? {}, name),
  );
}

/** Conditions under which packages of a workspace name their sources. */
const CONDITIONS = ["source", "development"];

/** The script that a package hands out under a subpath, "" for its main one. */
export function entryOf({ folder, manifest }: Package, subpath: string, disk: Disk): string | undefined {
  const sources = (targets: readonly string[]) =>
    firstOf(targets, (target) => sourceOf(folder, target, disk));
  if (manifest.exports !== undefined)
    return sources(mapped(() => exports(manifest, subpath || ".", { conditions: CONDITIONS }) ?? []));
  if (subpath !== "") return sources([subpath]);
  const named = [manifest.source, manifest.module, manifest.main].filter((each) => typeof each === "string");
  return sources([...named, "src/index", "index", "src/main"]);
}

/** Where a package's `imports` lead for a specifier that begins with "#": a path inside it, or another package. */
export function importsOf({ manifest }: Package, specifier: string): readonly string[] {
  if (manifest.imports === undefined) return [];
  return mapped(() => imports(manifest, specifier, { conditions: CONDITIONS }) ?? []);
}

/** The library throws at what a manifest does not name. */
function mapped(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

const BUILT = /^(?:dist|build|lib|out|output|esm|cjs|es|types)$/;

/**
 * The source of a file that a manifest names. Packages name what they are built to, which is there on one machine and
 * not on the next, so the source comes first: `dist/esm/a.js` is made of `src/a.ts` or `a.ts`.
 */
function sourceOf(folder: string, target: string, disk: Disk): string | undefined {
  const parts = path.posix.normalize(target).split("/");
  let built = 0;
  while (built < parts.length - 1 && BUILT.test(parts[built]!)) built++;
  const rest = parts.slice(built).join("/");
  const candidates = built > 0 ? [`src/${rest}`, rest, target] : [target];
  return firstOf(candidates, (candidate) => scriptAt(path.join(folder, candidate), disk));
}

export function firstOf<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Answer | undefined,
): Answer | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
