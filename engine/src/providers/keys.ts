import { Stretch } from "../parse/stretch.ts";
import { all } from "./all.ts";
import type { Key, Provider } from "./provider.ts";

/** The shape of a key; `pattern` has neither `g` nor `y`, so that it keeps no state between uses. */
export interface KeyPattern {
  readonly provider: Provider;
  readonly key: Key;
  readonly pattern: RegExp;
}

/** A text shaped like a key, as UTF-16 offsets into the searched text. */
export interface KeyMatch extends KeyPattern {
  readonly start: number;
  readonly end: number;
}

const patterns: readonly KeyPattern[] = all.flatMap((provider) =>
  provider.keys.map((key) => ({ provider, key, pattern: bounded(key.pattern) })),
);

/** Every known shape of a key, ready to match. */
export function keyPatterns(): readonly KeyPattern[] {
  return patterns;
}

function bounded(source: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])(?:${source})(?![A-Za-z0-9_])`);
}

/**
 * The keys in a text, in its order, at most one for a place. Where several providers use one shape, that of a
 * detected provider is taken, else the only one that fits, else the generic one that names no provider.
 * A key that needs a telling name (`key.names`) is among them: the caller knows what the value is held by.
 */
export function keysIn(text: string, detected: ReadonlySet<string>): readonly KeyMatch[] {
  const matches: KeyMatch[] = [];
  for (const known of patterns) {
    const { key, provider } = known;
    if (key.onlyWhenDetected && !detected.has(provider.id)) continue;
    if (!text.includes(key.keyword)) continue;
    for (const match of text.matchAll(new RegExp(known.pattern, "g"))) {
      matches.push({ ...known, start: match.index, end: match.index + match[0].length });
    }
  }
  return apart(matches, detected);
}

/** One match for each place: of overlapping ones the longest, of equally long ones the best known. */
function apart(matches: readonly KeyMatch[], detected: ReadonlySet<string>): KeyMatch[] {
  const places = new Map<string, KeyMatch[]>();
  for (const match of matches) {
    const place = `${match.start}-${match.end}`;
    const peers = places.get(place);
    if (peers) peers.push(match);
    else places.set(place, [match]);
  }
  const best = [...places.values()].map((peers) => bestOf(peers, detected));
  const long = best.sort((a, b) => b.end - b.start - (a.end - a.start));
  const taken = new Stretch();
  return long.filter((match) => taken.claim(match)).sort((a, b) => a.start - b.start);
}

function bestOf(matches: readonly KeyMatch[], detected: ReadonlySet<string>): KeyMatch {
  const inUse = matches.filter(({ provider }) => detected.has(provider.id));
  // Where two providers in use disagree on whether a key is public, nothing says that it is a secret.
  const used = inUse.find(({ key }) => key.visibility === "public") ?? inUse[0];
  if (used) return used;
  const named = matches.filter(({ provider }) => provider.id !== GENERIC);
  const isOne = new Set(named.map(({ provider }) => provider)).size === 1;
  return (isOne ? named[0] : matches.find(({ provider }) => provider.id === GENERIC)) ?? matches[0]!;
}

/** The provider file that holds what belongs to no provider. */
const GENERIC = "generic";
