import { progressOf } from "../../checklist/gate.ts";
import type { ItemStatus } from "../../checklist/item-status.ts";
import { standardsOf } from "../../checklist/standards.ts";
import { count, dayOf, nameOf } from "../../checklist/words.ts";
import type { ChecklistReport } from "../checklist-report.ts";
import { html, type Markup } from "./markup.ts";
import { byProvider, grouped } from "./readiness.ts";
import { KINDS, STATES } from "./words.ts";

/** Every item with its state, why it stands so, and the standards that it supports. */
export function allItems(report: ChecklistReport): Markup {
  return html`<section aria-labelledby="items">
    <h2 id="items">All items</h2>
    ${[...byProvider(report)].map(
      ([name, ofProvider]) =>
        html`<h3>${name}</h3>
          ${[...grouped(ofProvider, ({ item }) => item.sectionTitle)].map(([title, ofSection]) => sectionTable(name, title, ofSection))}`,
    )}
  </section>`;
}

function sectionTable(provider: string, title: string, statuses: readonly ItemStatus[]): Markup {
  const { settled, total } = progressOf(statuses);
  return html`<details open>
    <summary>${title} (${settled} of ${total})</summary>
    <table class="items" aria-label="${provider}: ${title}">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">State</th>
          <th scope="col">Why</th>
          <th scope="col">Supports</th>
        </tr>
      </thead>
      <tbody>
        ${statuses.map(row)}
      </tbody>
    </table>
  </details> `;
}

function row({ item, state, why, places }: ItemStatus): Markup {
  const kind = KINDS[item.kind];
  const proofs = places.filter(({ answer }) => answer === "yes");
  const standards = standardsOf(item);
  return html`<tr>
    <th scope="row">
      ${item.title}
      <span class="tag">${item.level}</span>${kind !== undefined && html` <span class="tag">${kind}</span>`}
      <p class="look">${item.look}</p>
    </th>
    <td>
      <span class="state t-${state}"
        ><span aria-hidden="true">${STATES[state].sign}</span> ${STATES[state].name}</span
      >
    </td>
    <td>
      ${why}${state === "proved" && html`<p class="soft">${proofs.slice(0, 3).map(({ file, line }) => html`<code>${file}:${line}</code> `)}${proofs.length > 3 && `and ${count(proofs.length - 3, "more place")}`}</p>`}
    </td>
    <td class="soft">
      ${
        standards.length > 0
          ? html`<ul class="plain">
              ${standards.map((standard) => html`<li>${standard}</li>`)}
            </ul>`
          : "–"
      }
    </td>
  </tr> `;
}

/** What people said, the newest first. */
export function signOffs(statuses: readonly ItemStatus[]): Markup {
  const said = statuses
    .flatMap(({ item, signOffs }) => signOffs.map((signOff) => ({ item, ...signOff })))
    .sort((a, b) => Date.parse(b.when) - Date.parse(a.when));
  const rows = said.map(
    ({ item, who, when, state, commit, evidence, note, reason }) =>
      html`<tr>
        <td class="number"><time datetime="${when}">${dayOf(when)}</time></td>
        <th scope="row">${nameOf(who)}</th>
        <td>${SAID[state]}</td>
        <td>
          ${item.title}
          <p class="soft">${item.fullId}</p>
        </td>
        <td>
          ${reason !== undefined && html`<p>Reason: ${reason}</p>`}${note !== undefined && html`<p>${note}</p>`}${evidence !== undefined && html`<p>${evidenceLink(evidence)}</p>`}${commit !== undefined && html`<p class="soft">at commit <code>${commit.slice(0, 10)}</code></p>`}
        </td>
      </tr> `,
  );
  return html`<section aria-labelledby="signed">
    <h2 id="signed">Sign-offs</h2>
    ${
      rows.length === 0
        ? html`<p>Nobody has signed anything yet.</p>`
        : html`<table>
            <caption>
              What people said, the newest first
            </caption>
            <thead>
              <tr>
                <th scope="col">Date</th>
                <th scope="col">Name</th>
                <th scope="col">Says</th>
                <th scope="col">Item</th>
                <th scope="col">Evidence and note</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>`
    }
  </section>`;
}

const SAID = { done: "done", "not-applicable": "not applicable", reopened: "open again" } as const;

function evidenceLink(evidence: string): Markup {
  return /^https?:\/\//i.test(evidence)
    ? html`<a href="${evidence}" rel="noopener noreferrer">${evidence}</a>`
    : html`<code>${evidence}</code>`;
}
