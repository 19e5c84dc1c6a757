import type { ItemStatus } from "../../checklist/item-status.ts";
import type { Gate } from "../../project/parse-settings.ts";

/** Where the go-live checklist of one project stands. */
export interface StatusReport {
  /** Name of the project, for people. */
  readonly project: string;
  /** Version of Paylint. */
  readonly version: string;
  /** Hash of the commit that is checked out, if any. */
  readonly commit: string | undefined;
  /** The providers that have a checklist, in the order in which they are shown. */
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** The items, by provider and section. */
  readonly statuses: readonly ItemStatus[];
  /** The gate that was asked for, and the items that hold it up. */
  readonly gate: { readonly name: Gate; readonly heldUpBy: readonly ItemStatus[] } | undefined;
  /** Whether there is a file with sign-offs. */
  readonly hasGoLive: boolean;
  /** Ids of signed items that are not in the checklist. */
  readonly strays: readonly string[];
  /** Files that could not be looked at. */
  readonly unread: readonly { readonly file: string; readonly detail: string }[];
}

export interface StatusOptions {
  /** Whether settled and open items are listed one by one, too. */
  readonly verbose: boolean;
  readonly colour: boolean;
}

/** The items of a section. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly statuses: readonly ItemStatus[];
}

/** The sections of a provider's checklist, in their order. */
export function sectionsOf(provider: string, statuses: readonly ItemStatus[]): Section[] {
  const sections = new Map<string, { id: string; title: string; statuses: ItemStatus[] }>();
  for (const status of statuses.filter(({ item }) => item.provider === provider)) {
    const { section: id, sectionTitle: title } = status.item;
    const section = sections.get(id) ?? { id, title, statuses: [] };
    section.statuses.push(status);
    sections.set(id, section);
  }
  return [...sections.values()];
}

/** A state in words. */
export function stateName(state: ItemStatus["state"]): string {
  return state.replace("-", " ");
}
