import { all } from "./all.ts";
import type { Provider } from "./provider.ts";

/** Something in a file that tells of a provider; `text` is the package, host, header or variable. */
export interface Evidence {
  readonly kind: "package" | "host" | "header" | "environment";
  readonly text: string;
}

/** What of a file tells of providers: its import specifiers and its whole text. */
export interface DetectionInput {
  readonly packages: Iterable<string>;
  readonly text: string;
}

/** Says which providers a file deals with, and what tells so first, by id. */
export type Detector = (file: DetectionInput) => ReadonlyMap<string, readonly Evidence[]>;

export type Detectable = Pick<Provider, "id" | "detect">;

/**
 * Makes a detector of some providers. In a file's text a host counts only in a URL, a header only in quotes and an
 * environment variable only where code reads or sets it, so that prose tells nothing.
 */
export function detectorOf(providers: readonly Detectable[]): Detector {
  const names = {
    packages: indexOf(providers, ({ detect }) => detect.packages),
    headers: indexOf(providers, ({ detect }) => detect.headers.map((header) => header.toLowerCase())),
    hosts: providers.map(({ id, detect }) => ({ id, hosts: detect.hosts })),
    environments: providers.flatMap(({ id, detect }) =>
      detect.environment.map((name) => ({
        id,
        pattern: new RegExp(`^${name.replaceAll("*", "[A-Z0-9_]*")}$`),
      })),
    ),
  };
  return (file) => detect(file, names);
}

/** Detects the providers that have a file in this project. */
export const detectProviders: Detector = detectorOf(all);

interface Names {
  readonly packages: ReadonlyMap<string, readonly string[]>;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly hosts: readonly { readonly id: string; readonly hosts: readonly string[] }[];
  readonly environments: readonly { readonly id: string; readonly pattern: RegExp }[];
}

function detect(file: DetectionInput, names: Names): ReadonlyMap<string, readonly Evidence[]> {
  const found = new Map<string, Evidence[]>();
  const tell = (ids: readonly string[], kind: Evidence["kind"], text: string) => {
    for (const id of ids) {
      const evidence = found.get(id) ?? [];
      if (!evidence.some((known) => known.kind === kind)) found.set(id, [...evidence, { kind, text }]);
    }
  };
  for (const specifier of file.packages) {
    const { name } = packageOf(specifier);
    tell(names.packages.get(name) ?? [], "package", name);
  }
  // Each pass reads the text once for all providers: a file is read whole before anything is known of it.
  for (const [, host = ""] of file.text.matchAll(/:\/\/([a-z0-9.-]+)/gi))
    tell(
      names.hosts.filter(({ hosts }) => isHostIn(host.toLowerCase(), hosts)).map(({ id }) => id),
      "host",
      host,
    );
  for (const [, header = ""] of file.text.matchAll(/["'`]([a-z0-9-]+)(?=["'`])/gi)) {
    tell(names.headers.get(header.toLowerCase()) ?? [], "header", header);
  }
  for (const { 0: name, index } of file.text.matchAll(
    /(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{3,}(?![A-Za-z0-9_])/g,
  )) {
    const ids = names.environments.filter(({ pattern }) => pattern.test(name)).map(({ id }) => id);
    if (ids.length > 0 && isReadOrSet(file.text, index, index + name.length)) tell(ids, "environment", name);
  }
  return found;
}

/** Whether a name in capitals stands where code or configuration has a variable: `env.X`, `"X"`, `{ X }`, `X=`. */
function isReadOrSet(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 80), start);
  const after = text.slice(end, end + 80);
  if (before.endsWith(".")) return true;
  if (/["'`]$/.test(before)) return /^["'`]/.test(after);
  if (/[{,]\s*$/.test(before)) return /^\s*[,}:=]/.test(after);
  return /(?:^|\n)[ \t]*(?:export[ \t]+)?$/.test(before) && /^[ \t]*[=:]/.test(after);
}

function isHostIn(host: string, hosts: readonly string[]): boolean {
  return hosts.some((known) => host === known || host.endsWith(`.${known}`));
}

function indexOf(
  providers: readonly Detectable[],
  names: (provider: Detectable) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const provider of providers) {
    for (const name of names(provider)) index.set(name, [...(index.get(name) ?? []), provider.id]);
  }
  return index;
}

/**
 * The npm package of an import specifier, and the specifier without version and registry:
 * `stripe/lib/x`, `npm:stripe@17/lib/x` and `https://esm.sh/stripe@17/lib/x` have the path `stripe/lib/x`.
 */
export function packageOf(specifier: string): { readonly name: string; readonly path: string } {
  const bare = specifier
    .replace(/^https?:\/\/(?:esm\.sh|cdn\.skypack\.dev|esm\.run|cdn\.jsdelivr\.net\/npm|unpkg\.com)\//, "")
    .replace(/^(?:npm|node):\/?/, "");
  const [scopeOrName = "", ...rest] = bare.split(/[?#]/, 1)[0]!.split("/");
  const parts = scopeOrName.startsWith("@") ? [scopeOrName, ...rest] : ["", scopeOrName, ...rest];
  const name = [parts[0], unversioned(parts[1] ?? "")].filter(Boolean).join("/");
  const file = parts
    .slice(2)
    .join("/")
    .replace(/\.[cm]?js$/, "");
  return { name, path: file ? `${name}/${file}` : name };
}

function unversioned(name: string): string {
  return name.replace(/@.*$/, "");
}

export interface HostsProvider {
  readonly provider: Provider;
  /** The mode the host is for; any when it serves both or when this is unknown. */
  readonly mode: "live" | "test" | "any";
}

/** The providers whose API answers at a host, given without scheme and port. */
export function providersOfHost(host: string): readonly HostsProvider[] {
  const name = host.toLowerCase();
  const found: HostsProvider[] = [];
  for (const provider of all) {
    const live = isHostIn(name, provider.hosts.live);
    const test = isHostIn(name, provider.hosts.sandbox);
    if (live !== test) found.push({ provider, mode: live ? "live" : "test" });
    else if (live || isHostIn(name, provider.detect.hosts)) found.push({ provider, mode: "any" });
  }
  return found;
}
