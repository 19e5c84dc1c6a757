import path from "node:path";
import { asObject, type Disk } from "./disk.ts";
import { PerRound } from "./kept.ts";
import { contains, upwards } from "./paths.ts";
import type { Workspaces } from "./workspaces.ts";

/** What a tsconfig.json or jsconfig.json says of specifiers; all paths absolute. */
interface Config {
  readonly baseUrl: string | undefined;
  readonly paths: readonly Alias[] | undefined;
}

/** `"@/*": ["src/*"]`: the text before and after the star, and what it stands for. */
interface Alias {
  readonly before: string;
  /** Undefined for a name without a star. */
  readonly after: string | undefined;
  readonly targets: readonly string[];
}

/** Files read for one configuration; those that extend one another in a circle never end. */
const MAX_FILES = 20;

const NONE: Config = { baseUrl: undefined, paths: undefined };

/**
 * The `paths` and `baseUrl` of the TypeScript configurations of a project. Read here rather than by a library, because
 * a project is linted before its packages are installed, and a configuration of one that is missing hides nothing.
 */
export class TsConfigs {
  readonly #disk: Disk;
  readonly #workspaces: Workspaces;
  readonly #configs: PerRound<Config>;
  #left = 0;

  constructor(disk: Disk, workspaces: Workspaces) {
    this.#disk = disk;
    this.#workspaces = workspaces;
    this.#configs = new PerRound(disk.rounds);
  }

  /** The paths, without endings, that an alias makes of a specifier in a folder's files, the likeliest first. */
  aliased(specifier: string, folder: string): readonly string[] {
    const aliases = this.#around(folder).paths ?? [];
    const fitting = aliases.filter((alias) => fits(alias, specifier));
    // A name without a star comes before all patterns, and then the pattern with the longest beginning.
    const [best] = fitting.sort((a, b) => weight(b) - weight(a));
    if (!best) return [];
    const end = specifier.length - (best.after?.length ?? 0);
    return best.targets.map((target) => target.replace("*", () => specifier.slice(best.before.length, end)));
  }

  /** The path that a specifier has below `baseUrl`. */
  based(specifier: string, folder: string): string | undefined {
    const { baseUrl } = this.#around(folder);
    return baseUrl === undefined ? undefined : path.join(baseUrl, specifier);
  }

  #around(folder: string): Config {
    return this.#configs.get(folder, () => {
      for (const at of upwards(folder, this.#disk.root)) {
        for (const name of ["tsconfig.json", "jsconfig.json"]) {
          const file = path.join(at, name);
          if (this.#disk.isFile(file)) return this.#read(file, at);
        }
      }
      return NONE;
    });
  }

  /** A configuration for other configurations alone takes its aliases from those. */
  #read(file: string, folder: string): Config {
    this.#left = MAX_FILES;
    const own = this.#load(file, folder);
    if (own.paths ?? own.baseUrl) return own;
    const references = this.#disk.json(file)?.references;
    for (const reference of Array.isArray(references) ? references : []) {
      const target = asObject(reference)?.path;
      if (typeof target !== "string") continue;
      const full = path.resolve(folder, target);
      const config = this.#disk.isFile(full) ? full : path.join(full, "tsconfig.json");
      const referenced = this.#load(config, path.dirname(config));
      if (referenced.paths) return referenced;
    }
    return own;
  }

  /** `folder` is that of the configuration asked for, which `${configDir}` stands for in all that it extends. */
  #load(file: string, folder: string): Config {
    const json = this.#left-- > 0 ? this.#disk.json(file) : undefined;
    if (!json) return NONE;
    const from = path.dirname(file);
    const absolute = (target: string, base = from): string =>
      path.resolve(base, target.replace("${configDir}", folder));
    const options = asObject(json.compilerOptions);
    const bases = (Array.isArray(json.extends) ? json.extends : [json.extends]).map((base) =>
      typeof base === "string" ? this.#load(this.#extended(base, from), folder) : NONE,
    );
    const inherited = bases.reduce(
      (all, { baseUrl, paths }) => ({ baseUrl: baseUrl ?? all.baseUrl, paths: paths ?? all.paths }),
      NONE,
    );
    const baseUrl = typeof options?.baseUrl === "string" ? absolute(options.baseUrl) : inherited.baseUrl;
    const paths = asObject(options?.paths);
    return {
      baseUrl,
      paths: paths ? aliasesOf(paths, (target) => absolute(target, baseUrl)) : inherited.paths,
    };
  }

  #extended(base: string, from: string): string {
    const [scope = "", name = "", ...rest] = base.split("/");
    const named = scope.startsWith("@") ? `${scope}/${name}` : scope;
    const below = scope.startsWith("@") ? rest : [name, ...rest].filter(Boolean);
    const member = /^[./]/.test(base) ? undefined : this.#workspaces.around(from).get(named);
    const full = member
      ? path.join(member.folder, ...(below.length > 0 ? below : ["tsconfig.json"]))
      : path.resolve(from, base);
    return this.#disk.isFile(full) || !contains(this.#disk.root, full) ? full : `${full}.json`;
  }
}

function aliasesOf(paths: Readonly<Record<string, unknown>>, absolute: (target: string) => string): Alias[] {
  return Object.entries(paths).map(([pattern, targets]) => {
    const [before = "", after] = pattern.split("*", 2);
    const written = (Array.isArray(targets) ? targets : []).filter((target) => typeof target === "string");
    return { before, after, targets: written.map(absolute) };
  });
}

function fits({ before, after }: Alias, specifier: string): boolean {
  if (after === undefined) return specifier === before;
  return (
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after)
  );
}

function weight({ before, after }: Alias): number {
  return after === undefined ? Infinity : before.length;
}
