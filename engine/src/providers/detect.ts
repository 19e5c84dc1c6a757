import { all } from "./all.ts";
import type { Provider } from "./provider.ts";

/** Something in a file that tells of a provider; `text` is the package, host, header or variable. */
export interface Evidence {
  readonly kind: "package" | "host" | "header" | "environment";
  readonly text: string;
}

interface Detector {
  readonly id: string;
  readonly packages: ReadonlySet<string>;
  readonly text: readonly { readonly kind: Evidence["kind"]; readonly pattern: RegExp }[];
}

const detectors = all.map(detectorOf);

/**
 * The providers that a file deals with and what tells so, by id. `packages` are import specifiers; `text` is the
 * whole file, in which a host counts only in a URL, a header only in quotes and an environment variable only where
 * code reads or sets it, so that prose tells nothing.
 */
export function detectProviders(file: {
  readonly packages: Iterable<string>;
  readonly text: string;
}): ReadonlyMap<string, readonly Evidence[]> {
  const packages = new Set([...file.packages].map((specifier) => packageOf(specifier).name));
  const found = new Map<string, readonly Evidence[]>();
  for (const detector of detectors) {
    const evidence = [...evidenceOf(detector, packages, file.text)];
    if (evidence.length > 0) found.set(detector.id, evidence);
  }
  return found;
}

function* evidenceOf(detector: Detector, packages: ReadonlySet<string>, text: string): Generator<Evidence> {
  for (const name of detector.packages) if (packages.has(name)) yield { kind: "package", text: name };
  for (const { kind, pattern } of detector.text) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) yield { kind, text: found };
  }
}

function detectorOf(provider: Provider): Detector {
  const { packages, hosts, headers, environment } = provider.detect;
  const text: { kind: Evidence["kind"]; pattern: RegExp }[] = [];
  if (hosts.length > 0) {
    text.push({
      kind: "host",
      pattern: new RegExp(`://((?:[a-z0-9-]+\\.)*(?:${either(hosts)}))(?![a-z0-9.-]*[a-z0-9])`, "i"),
    });
  }
  if (headers.length > 0) {
    text.push({ kind: "header", pattern: new RegExp(`["'\`](${either(headers)})["'\`]`, "i") });
  }
  if (environment.length > 0) {
    const name = `(${either(environment).replaceAll("\\*", "[A-Z0-9_]*")})`;
    const before = "(?:[.\"'`]|^[ \\t]*(?:export[ \\t]+)?|[{,]\\s*)";
    const after = "(?:[\"'`]|\\s*[=,;:)}\\]!|?]|\\s*$)";
    text.push({
      kind: "environment",
      pattern: new RegExp(`${before}(?<![A-Z0-9_])${name}(?![A-Za-z0-9_])${after}`, "m"),
    });
  }
  return { id: provider.id, packages: new Set(packages), text };
}

function either(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[.*]/g, "\\$&")).join("|");
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
  return { name, path: [name, ...parts.slice(2)].join("/") };
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
  const isIn = (hosts: readonly string[]) =>
    hosts.some((known) => name === known || name.endsWith(`.${known}`));
  const found: HostsProvider[] = [];
  for (const provider of all) {
    const live = isIn(provider.hosts.live);
    const test = isIn(provider.hosts.sandbox);
    if (live !== test) found.push({ provider, mode: live ? "live" : "test" });
    else if (live || isIn(provider.detect.hosts)) found.push({ provider, mode: "any" });
  }
  return found;
}
