import { type Key, type KeyMatch, keyPatterns, keysIn } from "../../providers/index.ts";
import type { Found, Surroundings } from "./found.ts";
import { isPlaceholder, namesSample } from "./placeholder.ts";

/** The keys in a text whose shape some provider's file tells. */
export function* providerKeys(text: string, around: Surroundings): Generator<Found> {
  for (const match of keysIn(text, around.detected)) {
    if (match.key.visibility === "public" || !counts(match, text, around)) continue;
    const { key, provider, start, end } = match;
    const opens = key.visibility === "webhook" ? "webhooks" : "api";
    yield { start, end, name: key.name, provider: provider.id, mode: modeOf(key), opens };
  }
}

function counts(match: KeyMatch, text: string, { names, detected, isSpec }: Surroundings): boolean {
  const { key, start, end } = match;
  const value = text.slice(start, end);
  if (key.names && !isNamed(key.names, names)) return false;
  // A test signs its own webhooks, and what it signs them with was made up for it; so are samples in a schema.
  if ((isSpec || names.slice(0, 2).some(namesSample)) && key.mode !== "live") return false;
  if (isPlaceholder(value.slice(value.indexOf(key.keyword) + key.keyword.length))) return false;
  if (/^(?:\.{2,}|…|\*|<(?!\/)|-{3})/.test(text.slice(end))) return false;
  return !key.onlyWhenDetected || !isPublicElsewhere(value, detected);
}

/** Where one provider keeps secret what another one publishes, both in use, a key may be either's. */
function isPublicElsewhere(value: string, detected: ReadonlySet<string>): boolean {
  return keyPatterns().some(
    ({ key, provider, pattern }) =>
      key.visibility === "public" && detected.has(provider.id) && pattern.test(value),
  );
}

function isNamed(wanted: readonly string[], names: readonly string[]): boolean {
  const held = names.slice(0, 2).map((name) => name.toLowerCase().replace(/[^a-z\d]/g, ""));
  return wanted.some((part) => held.some((name) => name.includes(part)));
}

function modeOf(key: Key): Found["mode"] {
  return key.mode === "any" ? "unknown" : key.mode;
}
