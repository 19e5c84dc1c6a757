import { all } from "./all.ts";
import type { ChecklistItem, Provider } from "./provider.ts";

/** An item of a provider's checklist as sign-offs and screens refer to it. */
export interface ListedItem extends ChecklistItem {
  /** `<provider>/<id>` */
  readonly fullId: string;
  /** Id of the provider file. */
  readonly provider: string;
  readonly sectionTitle: string;
}

const byProvider = new Map(all.map((provider) => [provider.id, listItems(provider)]));
const byFullId = new Map([...byProvider.values()].flat().map((item) => [item.fullId, item]));

/** The items of a provider file in the order in which they are shown: by section, steps by their order. */
export function listItems({ id, checklist }: Pick<Provider, "id" | "checklist">): readonly ListedItem[] {
  const { sections = [], items = [] } = checklist ?? {};
  return sections.flatMap((section) =>
    withStepsInOrder(items.filter((item) => item.section === section.id)).map((item) => ({
      ...item,
      fullId: `${id}/${item.id}`,
      provider: id,
      sectionTitle: section.title,
    })),
  );
}

/** Steps change places among themselves; whatever stands before, between or after them stays there. */
function withStepsInOrder(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  const steps = items.filter(({ kind }) => kind === "step");
  steps.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  let next = 0;
  return items.map((item) => (item.kind === "step" ? steps[next++]! : item));
}

/** The items of a provider that Paylint has a file for; none when its file has no checklist. */
export function itemsOf(providerId: string): readonly ListedItem[] {
  return byProvider.get(providerId) ?? [];
}

/** The item with a full id, `<provider>/<id>`. */
export function itemById(fullId: string): ListedItem | undefined {
  return byFullId.get(fullId);
}
