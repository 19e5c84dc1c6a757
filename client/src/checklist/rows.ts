import type {
  ChecklistEntry,
  ChecklistPlace,
  ChecklistProvider,
  ChecklistSection,
  FolderChecklist,
} from "paylint/protocol";
import { entriesOf, isSettled, progressOf, shortProgress } from "./progress.ts";
import { describe, groupIcon, type Icon, STATE_ICONS, tooltipOf } from "./row-text.ts";

/** Which items are shown. */
export type Filter = "all" | "open" | "required";

/** An open folder with its checklist. */
export interface NamedChecklist {
  /** As the window names the folder. */
  readonly name: string;
  readonly checklist: FolderChecklist;
}

/** One row of the tree; plain data, so that two can be compared. */
export interface Row {
  /** Unique in the tree, and the same as long as the row is about the same thing. */
  readonly id: string;
  readonly parent: string | undefined;
  readonly children: readonly string[];
  readonly label: string;
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly icon: Icon;
  /** What menus ask for: words with blanks between them. */
  readonly context: string;
  /** Whether a group is open at first. */
  readonly expanded: boolean;
  /** Only of items that a person can settle; a group has none, so that nobody signs in bulk. */
  readonly checked: boolean | undefined;
  /** What commands on the row are about. */
  readonly target: Target | undefined;
}

export interface Target {
  readonly folder: string;
  readonly entry: ChecklistEntry;
  /** The place of the row, or the one that decides the item's state. */
  readonly place: ChecklistPlace | undefined;
}

/** The rows of the tree by id; those without a parent are the first level. */
export type Rows = ReadonlyMap<string, Row>;

/** The tree of some folders: with one folder its providers come first, with several the folders. */
export function rowsOf(folders: readonly NamedChecklist[], filter: Filter): Rows {
  const rows = new Map<string, Row>();
  const add = (row: Row): string => {
    rows.set(row.id, row);
    return row.id;
  };
  const withItems = folders.filter(({ checklist }) => checklist.providers.length > 0);
  for (const { name, checklist } of withItems) {
    const parent = withItems.length > 1 ? checklist.folder : undefined;
    const children = checklist.providers.flatMap((provider) =>
      addProvider(provider, checklist.folder, parent),
    );
    if (parent !== undefined && children.length > 0)
      add(groupRow(parent, undefined, name, entriesOf(checklist), children, "folder"));
  }
  return rows;

  function addProvider(provider: ChecklistProvider, folder: string, parent: string | undefined): string[] {
    const id = `${folder}#${provider.id}`;
    const children = provider.sections.flatMap((section) => addSection(section, folder, id));
    if (children.length === 0) return [];
    const entries = provider.sections.flatMap(({ items }) => items);
    return [add(groupRow(id, parent, provider.name, entries, children, "provider"))];
  }

  function addSection(section: ChecklistSection, folder: string, parent: string): string[] {
    const id = `${parent}/${section.id}/`;
    const children = section.items
      .filter((entry) => passes(entry, filter))
      .map((entry) => addItem(entry, folder, id));
    return children.length > 0
      ? [add(groupRow(id, parent, section.title, section.items, children, "section"))]
      : [];
  }

  function addItem(entry: ChecklistEntry, folder: string, parent: string): string {
    const id = itemRowId(folder, entry.id);
    const children = entry.places.map((place, at) =>
      add(placeRow(`${id}:${at}`, id, { folder, entry, place })),
    );
    return add(itemRow(id, parent, { folder, entry, place: entry.places[0] }, children));
  }
}

/** The id of an item's row, by the folder's URI and the full id of the item. */
export function itemRowId(folder: string, item: string): string {
  return `${folder}#${item}`;
}

function passes(entry: ChecklistEntry, filter: Filter): boolean {
  if (filter === "open") return !isSettled(entry);
  return filter === "all" || entry.level === "required";
}

function groupRow(
  id: string,
  parent: string | undefined,
  label: string,
  entries: readonly ChecklistEntry[],
  children: readonly string[],
  context: "folder" | "provider" | "section",
): Row {
  const progress = progressOf(entries);
  return {
    id,
    parent,
    children,
    label,
    description: shortProgress(progress),
    tooltip: "",
    icon: groupIcon(context, progress),
    context,
    expanded: context !== "section" || progress.contradicted > 0,
    checked: undefined,
    target: undefined,
  };
}

function itemRow(id: string, parent: string, target: Target, children: readonly string[]): Row {
  const { entry } = target;
  return {
    id,
    parent,
    children,
    label: entry.title,
    description: describe(entry),
    tooltip: tooltipOf(entry),
    icon: STATE_ICONS[entry.state],
    context: contextOf(entry),
    expanded: false,
    checked: isSignable(entry) ? isSettled(entry) : undefined,
    target,
  };
}

/** A signature changes nothing while the code contradicts an item, and is not needed while it proves it. */
function isSignable({ state }: ChecklistEntry): boolean {
  return state !== "contradicted" && state !== "proved";
}

function contextOf(entry: ChecklistEntry): string {
  const { state, places, signOffs } = entry;
  return [
    "item",
    ...(isSignable(entry) ? ["signable"] : []),
    ...(state !== "not-applicable" && state !== "contradicted" && state !== "proved" ? ["excusable"] : []),
    ...(state === "proved" || (signOffs.length > 0 && signOffs.at(-1)!.state !== "reopened")
      ? ["reopenable"]
      : []),
    ...(places.length > 0 ? ["shown"] : []),
  ].join(" ");
}

function placeRow(id: string, parent: string, target: Target & { readonly place: ChecklistPlace }): Row {
  const { file, line, note, answer } = target.place;
  const icons = { yes: "proved", no: "contradicted", unknown: "needs-review" } as const;
  return {
    id,
    parent,
    children: [],
    label: `${file}:${line}`,
    description: note,
    tooltip: "",
    icon: STATE_ICONS[icons[answer]],
    context: "place",
    expanded: false,
    checked: undefined,
    target,
  };
}

/** The rows that have to be drawn again, each with what is below it; undefined for the whole tree. */
export function changedRows(before: Rows, after: Rows): readonly string[] | undefined {
  const first = (rows: Rows): string =>
    [...rows.values()]
      .filter(({ parent }) => !parent)
      .map(({ id }) => id)
      .join("\n");
  if (first(before) !== first(after)) return undefined;
  return [...after.values()]
    .filter((row) => before.has(row.id) && !isSame(row, before.get(row.id)!))
    .map(({ id }) => id);
}

function isSame(row: Row, other: Row): boolean {
  return JSON.stringify(row) === JSON.stringify(other);
}
