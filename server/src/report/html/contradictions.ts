import type { EvidencePlace, ItemStatus } from "../../checklist/item-status.ts";
import { count } from "../../checklist/words.ts";
import type { ChecklistReport } from "../checklist-report.ts";
import type { Excerpt } from "../excerpt.ts";
import { html, type Markup } from "./markup.ts";

/** Places that are shown with their code; the others are counted. */
const MOST_PLACES = 100;

/** A place of the code, and the items that it contradicts. */
interface Contradiction {
  readonly place: EvidencePlace;
  readonly statuses: readonly ItemStatus[];
}

/** What the code contradicts, with the code that does so; a place is shown once, however many items it concerns. */
export function contradictions(report: ChecklistReport): Markup {
  const found = contradictionsIn(report.statuses);
  const others = found.length - MOST_PLACES;
  return html`<section aria-labelledby="contradicted">
    <h2 id="contradicted">Contradicted by the code</h2>
    ${found.length === 0 && html`<p>The code contradicts no item.</p>`}
    ${found.slice(0, MOST_PLACES).map((each) => contradiction(each, report))}
    ${others > 0 && html`<p class="soft">And ${count(others, "other place")}: <code>paylint check</code> lists them.</p>`}
  </section>`;
}

function contradictionsIn(statuses: readonly ItemStatus[]): readonly Contradiction[] {
  const found = new Map<string, { place: EvidencePlace; statuses: ItemStatus[] }>();
  for (const status of statuses.filter(({ state }) => state === "contradicted")) {
    for (const place of status.places.filter(({ answer }) => answer === "no")) {
      const key = [place.file, place.line, place.column, place.ruleId, place.note].join("\n");
      const known = found.get(key) ?? { place, statuses: [] };
      known.statuses.push(status);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

function contradiction({ place, statuses }: Contradiction, report: ChecklistReport): Markup {
  const { excerptOf, providerName } = report;
  const excerpt = excerptOf(place);
  const { file, line, note, ruleId } = place;
  return html`<article>
    <h3><code>${file}:${line}</code>${ruleId !== undefined && html` <span class="tag">${ruleId}</span>`}</h3>
    <p>${note}</p>
    ${excerpt && code(excerpt)}
    <p class="soft">Contradicts ${count(statuses.length, "item")}:</p>
    <ul class="contradicts">
      ${statuses.map(({ item }) => html`<li>${item.title} <span class="soft">– ${providerName(item.provider)}, ${item.sectionTitle}</span> <span class="tag">${item.level}</span></li>`)}
    </ul>
  </article> `;
}

function code(excerpt: Excerpt): Markup {
  return html`<pre>
${excerpt.map(({ line, text, marked }) => html`<span${marked && html` class="marked"`}><i>${line}</i><code>${text}</code></span>`)}</pre>`;
}
