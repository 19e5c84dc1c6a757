import { holdingUp, type Progress, progressOf } from "../../checklist/gate.ts";
import type { ItemStatus } from "../../checklist/item-status.ts";
import { count } from "../../checklist/words.ts";
import type { ChecklistReport } from "../checklist-report.ts";
import { bar, inWords, legend } from "./charts.ts";
import { html, type Markup } from "./markup.ts";

/** Items by a name that they share, in their order. */
export function grouped(
  statuses: readonly ItemStatus[],
  nameOf: (status: ItemStatus) => string,
): ReadonlyMap<string, readonly ItemStatus[]> {
  const groups = new Map<string, ItemStatus[]>();
  for (const status of statuses) {
    const group = groups.get(nameOf(status)) ?? [];
    if (group.push(status) === 1) groups.set(nameOf(status), group);
  }
  return groups;
}

export function byProvider({
  statuses,
  providerName,
}: ChecklistReport): ReadonlyMap<string, readonly ItemStatus[]> {
  return grouped(statuses, ({ item }) => providerName(item.provider));
}

/** Whether the switch to live keys may be made, in words. */
export function verdict(statuses: readonly ItemStatus[]): Markup {
  if (statuses.length === 0)
    return html`<div class="verdict no">
      <p><strong>There is no checklist.</strong></p>
      <p>No payment provider was detected, and paylint.json names none.</p>
    </div>`;
  const required = holdingUp(statuses, "required");
  if (required.length === 0)
    return html`<div class="verdict yes">
      <p><strong>Ready:</strong> every required item is settled.</p>
      <p>${rest(statuses)}</p>
    </div>`;
  const contradicted = required.filter(({ state }) => state === "contradicted").length;
  return html`<div class="verdict no">
    <p><strong>Not ready:</strong> ${count(required.length, "required item")} to settle.</p>
    <p>${contradicted > 0 && `The code contradicts ${contradicted} of them. `}${rest(statuses)}</p>
  </div>`;
}

function rest(statuses: readonly ItemStatus[]): string {
  const recommended = holdingUp(statuses, "all").length - holdingUp(statuses, "required").length;
  return recommended === 0
    ? "No recommended item is left."
    : `${count(recommended, "recommended item")} left, which the gate leaves to the team.`;
}

/** A chart of everything. */
export function overview(statuses: readonly ItemStatus[]): Markup {
  const all = progressOf(statuses);
  return html`<p class="numbers"><strong>${all.settled}</strong> of ${count(all.total, "item")} settled</p>
    ${bar(all, "bar whole")} ${legend(all)}`;
}

/** A chart of each provider and each of its sections. */
export function readiness(report: ChecklistReport): Markup {
  const rows = [...byProvider(report)].map(([name, ofProvider]) => [
    row(name, progressOf(ofProvider), "provider"),
    [...grouped(ofProvider, ({ item }) => item.sectionTitle)].map(([title, ofSection]) =>
      row(title, progressOf(ofSection), "section"),
    ),
  ]);
  return html`<section aria-labelledby="readiness">
    <h2 id="readiness">Readiness</h2>
    <table>
      <caption>
        Items that are settled: proved by the code, done, or not applicable
      </caption>
      <thead>
        <tr>
          <th scope="col">Provider and section</th>
          <th scope="col">Share of each state</th>
          <th scope="col">Settled</th>
          <th scope="col">In words</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function row(name: string, progress: Progress, className: "provider" | "section"): Markup {
  return html`<tr class="${className}">
    <th scope="row">${name}</th>
    <td class="wide">${bar(progress)}</td>
    <td class="number">${progress.settled} of ${progress.total}</td>
    <td class="soft">${inWords(progress)}</td>
  </tr> `;
}
