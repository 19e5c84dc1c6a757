import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Checklist } from "../checklist/checklist.ts";
import type { ItemStatus } from "../checklist/item-status.ts";
import { type ChecklistProject, providerName } from "../checklist/project.ts";
import { standardsOf } from "../checklist/standards.ts";
import type { ChecklistEntry, ChecklistProvider, ChecklistSection } from "../protocol.ts";

/** Places of an item that a client is told of; a person looks at the first ones. */
const MOST_PLACES = 20;

/** A project's checklist as clients are told of it. */
export function providersMessage(project: ChecklistProject, checklist: Checklist): ChecklistProvider[] {
  const providers = new Map<string, Map<string, { title: string; items: ChecklistEntry[] }>>();
  for (const status of checklist.statuses) {
    const { provider, section, sectionTitle: title } = status.item;
    const sections = providers.get(provider) ?? new Map<string, { title: string; items: ChecklistEntry[] }>();
    const items = sections.get(section)?.items ?? [];
    items.push(entryOf(status, project.root));
    providers.set(provider, sections.set(section, { title, items }));
  }
  return [...providers].map(([id, sections]) => ({
    id,
    name: providerName(project, id),
    sections: [...sections].map(([section, content]): ChecklistSection => ({ id: section, ...content })),
  }));
}

function entryOf({ item, state, why, places, signOffs }: ItemStatus, root: string): ChecklistEntry {
  return {
    id: item.fullId,
    title: item.title,
    look: item.look,
    level: item.level,
    kind: item.kind,
    state,
    why,
    source: item.source.document,
    supports: standardsOf(item),
    places: places.slice(0, MOST_PLACES).map(({ file, line, column, endLine, endColumn, note, answer }) => {
      const uri = pathToFileURL(path.join(root, file)).href;
      return { uri, file, line, column, endLine, endColumn, note, answer };
    }),
    morePlaces: Math.max(0, places.length - MOST_PLACES),
    signOffs,
  };
}
