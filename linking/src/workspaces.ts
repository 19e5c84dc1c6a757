import path from "node:path";
import picomatch from "picomatch";
import { asObject, type Disk } from "./disk.ts";
import { PerRound } from "./kept.ts";
import type { Package } from "./packages.ts";
import { upwards } from "./paths.ts";

/** Folders looked at for packages; more are in no workspace that people keep. */
const MAX_FOLDERS = 10_000;

/** The packages of npm, yarn and pnpm workspaces, by their names. */
export class Workspaces {
  readonly #disk: Disk;
  readonly #around: PerRound<ReadonlyMap<string, Package>>;
  readonly #within: PerRound<ReadonlyMap<string, Package> | undefined>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#around = new PerRound(disk.rounds);
    this.#within = new PerRound(disk.rounds);
  }

  /** The packages of the workspace that a folder lies in. */
  around(folder: string): ReadonlyMap<string, Package> {
    return this.#around.get(folder, () => {
      for (const at of upwards(folder, this.#disk.root)) {
        const packages = this.#within.get(at, () => this.#packagesIn(at));
        if (packages) return packages;
      }
      return new Map();
    });
  }

  /** The packages of the workspace whose root a folder is. */
  #packagesIn(root: string): ReadonlyMap<string, Package> | undefined {
    const patterns = this.#patternsOf(root);
    if (!patterns) return undefined;
    const packages = new Map<string, Package>();
    let left = MAX_FOLDERS;
    const pending = [root];
    const isMember = matcher(patterns);
    const depth = Math.max(0, ...patterns.map(depthOf));
    for (let folder = pending.pop(); folder !== undefined && left-- > 0; folder = pending.pop()) {
      const entries = this.#disk.list(folder);
      const relative = path.relative(root, folder).replaceAll(path.sep, "/");
      if (entries.get("package.json")?.kind === "file" && (relative === "" || isMember(relative)))
        this.#add(folder, packages);
      if (relative !== "" && relative.split("/").length >= depth) continue;
      for (const [name, { kind, isLink }] of entries)
        if (kind === "folder" && !isLink && !name.startsWith(".")) pending.push(path.join(folder, name));
    }
    return packages;
  }

  #add(folder: string, packages: Map<string, Package>): void {
    const manifest = this.#disk.json(path.join(folder, "package.json"));
    if (typeof manifest?.name === "string") packages.set(manifest.name, { folder, manifest });
  }

  #patternsOf(root: string): readonly string[] | undefined {
    const yaml = this.#disk.text(path.join(root, "pnpm-workspace.yaml"));
    if (yaml !== undefined) return packagesOfYaml(yaml);
    const workspaces = this.#disk.json(path.join(root, "package.json"))?.workspaces;
    const listed = Array.isArray(workspaces) ? workspaces : asObject(workspaces)?.packages;
    return Array.isArray(listed) ? listed.filter((each) => typeof each === "string") : undefined;
  }
}

function matcher(patterns: readonly string[]): (folder: string) => boolean {
  const tidy = patterns.map((pattern) => pattern.replace(/^(!?)\.\//, "$1").replace(/\/+$/, ""));
  const wanted = tidy.filter((pattern) => !pattern.startsWith("!"));
  const unwanted = tidy.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  return picomatch(wanted, { ignore: unwanted });
}

/** How many folders deep a pattern reaches. */
function depthOf(pattern: string): number {
  return pattern.includes("**") ? 8 : pattern.split("/").length;
}

/** The list under `packages:`, in either of YAML's forms for a list of strings. */
function packagesOfYaml(text: string): string[] {
  const [, inline, block] =
    /^packages:[ \t]*(?:\[([^\]]*)\]|((?:\r?\n[ \t]*(?:-[^\n]*|#[^\n]*)?)*))/m.exec(text) ?? [];
  const items = inline?.split(",") ?? block?.split("\n").filter((line) => /^\s*-/.test(line)) ?? [];
  return items.flatMap(
    (item) => /^\s*-?\s*(?:"([^"]*)"|'([^']*)'|([^\s#]+))/.exec(item)?.slice(1).find(Boolean) ?? [],
  );
}
