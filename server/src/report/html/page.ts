import type { ChecklistReport } from "../checklist-report.ts";
import { contradictions } from "./contradictions.ts";
import { allItems, signOffs } from "./items.ts";
import { html, Markup } from "./markup.ts";
import { overview, readiness, verdict } from "./readiness.ts";
import { STYLE } from "./style.ts";
import { trendSection } from "./trend-section.ts";
import { shortCommit, timeOf } from "./words.ts";

/** Even if something got past the escaping, the page can load and run nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const CONTENTS = html`<nav aria-label="Contents">
  <ul>
    <li><a href="#contradicted">Contradicted by the code</a></li>
    <li><a href="#readiness">Readiness</a></li>
    <li><a href="#items">All items</a></li>
    <li><a href="#signed">Sign-offs</a></li>
    <li><a href="#trend">Trend</a></li>
  </ul>
</nav>`;

/** The report as one page that needs nothing beside itself: no network, no script. */
export function htmlReport(report: ChecklistReport): string {
  const { project, commit, now, statuses, trend, version } = report;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>Go-live readiness of ${project}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
          <h1>Go-live readiness of ${project}</h1>
          <p class="meta">
            As of
            <time datetime="${now.toISOString()}">${timeOf(now)}</time
            >${commit !== undefined && html`, commit <code>${shortCommit(commit)}</code>`}
          </p>
          ${verdict(statuses)} ${statuses.length > 0 && [overview(statuses), CONTENTS]}
        </header>
        <main id="main" tabindex="-1">
          ${statuses.length > 0 && [contradictions(report), readiness(report), allItems(report), signOffs(statuses), trendSection(trend, statuses.length)]}
        </main>
        <footer>
          <p>
            Written by Paylint ${version}. An item supports the clauses of the standards named beside it; it
            satisfies none by itself. Secrets in excerpts of code are masked.
          </p>
        </footer>
      </body>
    </html> `.text;
}
