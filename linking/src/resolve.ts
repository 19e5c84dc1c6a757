import path from "node:path";
import type { Disk } from "./disk.ts";
import { scriptAt } from "./files.ts";
import { PerRound } from "./kept.ts";
import { dependsOn, entryOf, firstOf, importsOf, packageAround } from "./packages.ts";
import { TsConfigs } from "./tsconfig.ts";
import { Workspaces } from "./workspaces.ts";

/** Nobody writes longer ones. */
const MAX_LENGTH = 500;

/** Finds the scripts of a project that specifiers name, as Node, TypeScript and bundlers find them. */
export class Resolution {
  readonly #disk: Disk;
  readonly #workspaces: Workspaces;
  readonly #configs: TsConfigs;
  readonly #known: PerRound<string | undefined>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#workspaces = new Workspaces(disk);
    this.#configs = new TsConfigs(disk, this.#workspaces);
    this.#known = new PerRound(disk.rounds);
  }

  /** The absolute path of the script that a specifier names in a file; undefined when it is none of the project's. */
  resolve(specifier: string, from: string): string | undefined {
    if (specifier === "" || specifier.length > MAX_LENGTH || specifier.includes("\0")) return undefined;
    const folder = path.dirname(from);
    return this.#known.get(`${folder}\n${specifier}`, () => this.#find(specifier, folder));
  }

  #find(specifier: string, folder: string): string | undefined {
    if (/^\.\.?(?:\/|$)/.test(specifier)) return scriptAt(path.resolve(folder, specifier), this.#disk);
    // What begins with a slash or a scheme names a place on a server or a disk, or a module of the runtime.
    if (/^(?:\/|[a-z][\w+.-]+:)/i.test(specifier)) return undefined;
    if (/^\$lib(?:\/|$)/.test(specifier)) return this.#svelteKit(specifier, folder);
    return (
      firstOf(this.#configs.aliased(specifier, folder), (target) => scriptAt(target, this.#disk)) ??
      (specifier.startsWith("#") ? this.#internal(specifier, folder) : this.#named(specifier, folder))
    );
  }

  /** SvelteKit writes the configuration that says what `$lib` is into a folder that git ignores. */
  #svelteKit(specifier: string, folder: string): string | undefined {
    const own = packageAround(folder, this.#disk);
    return own && scriptAt(path.join(own.folder, "src/lib", specifier.slice("$lib".length)), this.#disk);
  }

  #internal(specifier: string, folder: string): string | undefined {
    const own = packageAround(folder, this.#disk);
    if (!own) return undefined;
    return firstOf(importsOf(own, specifier), (target) =>
      target.startsWith("./")
        ? scriptAt(path.join(own.folder, target), this.#disk)
        : this.#named(target, folder),
    );
  }

  /** A package of the workspace, or a path below `baseUrl` that no installed package goes before. */
  #named(specifier: string, folder: string): string | undefined {
    const [, name = "", subpath = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
    const own = packageAround(folder, this.#disk);
    const member =
      this.#workspaces.around(folder).get(name) ?? (own?.manifest.name === name ? own : undefined);
    if (member) return entryOf(member, subpath, this.#disk);
    if (own && dependsOn(own, name)) return undefined;
    const based = this.#configs.based(specifier, folder);
    return based === undefined ? undefined : scriptAt(based, this.#disk);
  }
}
