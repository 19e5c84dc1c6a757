import { all } from "./all.ts";
import type { Call, Provider } from "./provider.ts";

/**
 * The money requests of some providers that an HTTP request may be. `path` is the part of its URL below the host, or
 * what is known of its end (a base URL may hold the beginning); `{}` stands for a segment that the code fills in.
 * The calls whose paths say the most come first. A path alone tells no provider: `ids` come from other evidence.
 */
export function callsByHttp(
  method: string,
  path: string,
  ids: Iterable<string>,
): readonly { readonly provider: Provider; readonly call: Call }[] {
  const wanted = new Set(ids);
  const segments = segmentsOf(path);
  const found: { provider: Provider; call: Call; score: number }[] = [];
  for (const provider of all) {
    if (!wanted.has(provider.id)) continue;
    for (const call of provider.calls) {
      if (call.http?.method !== method.toUpperCase()) continue;
      const score = agreement(segmentsOf(call.http.path), segments);
      if (score > 0) found.push({ provider, call, score });
    }
  }
  return found.sort((a, b) => b.score - a.score).map(({ provider, call }) => ({ provider, call }));
}

function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/[?#].*$/, "")
    .split("/")
    .filter(Boolean);
}

const VARIES = "{}";

/** How well two paths agree from their ends on; 0 when they do not, or when no name says so. */
function agreement(known: readonly string[], asked: readonly string[]): number {
  const length = Math.min(known.length, asked.length);
  // A base URL holds the fixed beginning of a path, never a segment that varies.
  if (known.slice(0, known.length - length).includes(VARIES)) return 0;
  let names = 0;
  for (let back = 1; back <= length; back++) {
    const segment = known[known.length - back]!;
    if (segment === VARIES) continue;
    if (segment !== asked[asked.length - back]) return 0;
    names++;
  }
  return names === 0 ? 0 : names * 2 + (known.length === asked.length ? 1 : 0);
}
