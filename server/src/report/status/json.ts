import { progressOf } from "../../checklist/gate.ts";
import type { ItemStatus } from "../../checklist/item-status.ts";
import { sectionsOf, type StatusReport } from "./status-report.ts";

/**
 * The status for programs. Its shape:
 *
 *     { version, project, commit,
 *       progress: PROGRESS,
 *       gate: { name, open, heldUpBy: [ID] } or null,
 *       providers: [{ id, name, progress: PROGRESS, sections: [{ id, title, items: [ITEM] }] }],
 *       strays: [ID], unread: [{ file, detail }] }
 *
 * PROGRESS is `{ settled, total, states: { STATE: number } }`. ITEM is `{ id, title, look, level, kind, state, why,
 * places: [{ file, line, column, endLine, endColumn, answer, note, ruleId }], signOffs }`, the sign-offs as go-live.json
 * has them. Lines and columns count from one, columns in UTF-16 units; paths are relative to the project's folder.
 */
export function jsonStatus({ statuses, ...report }: StatusReport): string {
  const { gate, providers, strays, unread } = report;
  const told = {
    version: report.version,
    project: report.project,
    commit: report.commit ?? null,
    progress: progressOf(statuses),
    gate: gate
      ? {
          name: gate.name,
          open: gate.heldUpBy.length === 0,
          heldUpBy: gate.heldUpBy.map(({ item }) => item.fullId),
        }
      : null,
    providers: providers.map(({ id, name }) => ({
      id,
      name,
      progress: progressOf(statuses.filter(({ item }) => item.provider === id)),
      sections: sectionsOf(id, statuses).map((section) => ({
        id: section.id,
        title: section.title,
        items: section.statuses.map(itemOf),
      })),
    })),
    strays,
    unread,
  };
  return `${JSON.stringify(told, undefined, 2)}\n`;
}

function itemOf({ item, state, why, places, signOffs }: ItemStatus): object {
  const { fullId: id, title, look, level, kind } = item;
  return { id, title, look, level, kind, state, why, places, signOffs };
}
