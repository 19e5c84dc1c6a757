import type { Located } from "./evidence-index.ts";

/** Holds the items of providers that have no checklist of their own, and of code that names no provider. */
const GENERIC = "generic";

/**
 * The providers for which an observation counts, out of those whose checklists the project has. One that names its
 * provider counts for that one, or for the generic checklist when its provider has none; one that names none counts
 * for the providers that its file speaks of, and for every one when the file speaks of none: shared code.
 */
export function countsFor({ file, code }: Located, providers: readonly string[]): readonly string[] {
  const named = code.provider === undefined ? Object.keys(file.providers) : [code.provider];
  if (named.length === 0) return providers;
  const listed = providers.filter((id) => named.includes(id));
  return listed.length > 0 ? listed : providers.filter((id) => id === GENERIC);
}

/**
 * The providers whose checklists a project has: those that have one among the chosen, and the generic one when there
 * are others. `hasItems` says whether a provider has a checklist.
 */
export function withChecklists(chosen: readonly string[], hasItems: (id: string) => boolean): string[] {
  const listed = chosen.filter(hasItems);
  const isWhole = listed.length === chosen.length || listed.includes(GENERIC) || !hasItems(GENERIC);
  return isWhole ? listed : [...listed, GENERIC];
}
