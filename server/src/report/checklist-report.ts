import type { EvidencePlace, ItemStatus } from "../checklist/item-status.ts";
import type { Excerpt } from "./excerpt.ts";
import type { TrendPoint } from "./trend.ts";

/** What a report about the go-live checklist of one project is made of. */
export interface ChecklistReport {
  /** Name of the project, for people. */
  readonly project: string;
  /** Version of Paylint. */
  readonly version: string;
  readonly now: Date;
  /** Hash of the commit that is checked out. */
  readonly commit: string | undefined;
  /** In the order in which they are shown. */
  readonly statuses: readonly ItemStatus[];
  /** A provider's name as people write it, by its id. */
  readonly providerName: (id: string) => string;
  /** From the history of the sign-off file, the oldest first. */
  readonly trend: readonly TrendPoint[];
  /** The code at a place, with every secret masked; undefined when it cannot be read. */
  readonly excerptOf: (place: EvidencePlace) => Excerpt | undefined;
}
