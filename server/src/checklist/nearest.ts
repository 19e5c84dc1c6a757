import { distance } from "fastest-levenshtein";

/** The names that a mistyped one may mean, the likeliest first, at most three. */
export function nearest(name: string, names: readonly string[]): string[] {
  const told = name.toLowerCase();
  const ranked = names
    .map((other) => ({ other, far: distanceTo(told, other) }))
    .filter(({ far }) => far <= Math.max(2, told.length / 3));
  return ranked
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** An item's id without its provider, or a part of it, is as good as the whole. */
function distanceTo(told: string, name: string): number {
  if (told.length > 2 && name.includes(told)) return 0;
  const short = name.slice(name.indexOf("/") + 1);
  return Math.min(distance(told, name), distance(told, short));
}
