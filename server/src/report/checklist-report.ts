import path from "node:path";
import type { Checklist } from "../checklist/checklist.ts";
import type { EvidencePlace, ItemStatus } from "../checklist/item-status.ts";
import { type ChecklistProject, providerName } from "../checklist/project.ts";
import { historyOf } from "../project/git-history.ts";
import { headOf } from "../project/git-head.ts";
import { readTarget } from "../project/read.ts";
import { type Excerpt, Excerpts } from "./excerpt.ts";
import { type TrendPoint, trendOf } from "./trend.ts";

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

export interface ReportOptions {
  readonly version: string;
  readonly now: Date;
  /** The text of a file, absolute, as an editor holds it; undefined for what the disk holds. */
  readonly textOf?: (file: string) => string | undefined;
}

/** Gathers what a report about a project's checklist is made of; git is asked for the history. */
export async function checklistReport(
  project: ChecklistProject,
  { statuses }: Checklist,
  { version, now, textOf }: ReportOptions,
): Promise<ChecklistReport> {
  const excerpts = new Map<string, Excerpts | undefined>();
  const history = await historyOf(project.goLiveFile);
  return {
    project: path.basename(project.root),
    version,
    now,
    commit: headOf(project.root),
    statuses,
    providerName: (id) => providerName(project, id),
    trend: trendOf(
      history,
      statuses.map(({ item }) => item),
    ),
    excerptOf: (place) => {
      const { file } = place;
      if (!excerpts.has(file)) {
        const full = path.join(project.root, file);
        const text = textOf?.(full) ?? textOnDisk(full);
        excerpts.set(file, text === undefined ? undefined : new Excerpts({ fileName: file, text }));
      }
      return excerpts.get(file)?.at(place);
    },
  };
}

function textOnDisk(file: string): string | undefined {
  const read = readTarget({ path: file, explicit: false });
  return "text" in read ? read.text : undefined;
}
