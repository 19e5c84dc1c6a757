import type { TrendPoint } from "../trend.ts";
import { trendChart } from "./charts.ts";
import { html, type Markup } from "./markup.ts";
import { timeOf } from "./words.ts";

/** How the sign-offs grew, out of the history of their file. */
export function trendSection(points: readonly TrendPoint[], total: number): Markup {
  if (points.length === 0)
    return html`<section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p>The sign-offs have no history in git yet: commit go-live.json.</p>
    </section>`;
  const rows = [...points].reverse().map(
    ({ when, signed }) =>
      html`<tr>
        <th scope="row">${timeOf(new Date(when))}</th>
        <td class="number">${signed} of ${total}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="trend">
    <h2 id="trend">Trend</h2>
    <p class="soft">
      Of today's items, those that people had signed at each commit of go-live.json. What the code proves is
      not in it.
    </p>
    ${points.length > 1 && trendChart(points, total)}
    <details>
      <summary>The numbers</summary>
      <table aria-label="Signed items at each commit of go-live.json">
        <thead>
          <tr>
            <th scope="col">Committed</th>
            <th scope="col">Signed</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </details>
  </section>`;
}
