import type { Progress } from "../../checklist/gate.ts";
import { dayOf } from "../../checklist/words.ts";
import type { TrendPoint } from "../trend.ts";
import { html, type Markup } from "./markup.ts";
import { STATE_ORDER, STATES } from "./words.ts";

/** "12 proved, 3 open" */
export function inWords({ states }: Progress): string {
  return STATE_ORDER.filter((state) => states[state] > 0)
    .map((state) => `${states[state]} ${STATES[state].name}`)
    .join(", ");
}

/** A bar with one stretch for each state, as wide as its share; the text says the same. */
export function bar(progress: Progress, className = "bar"): Markup {
  let at = 0;
  const stretches = STATE_ORDER.filter((state) => progress.states[state] > 0).map((state) => {
    const x = (at / progress.total) * 100;
    const width = (progress.states[state] / progress.total) * 100;
    at += progress.states[state];
    return html`<rect class="s-${state}" x="${round(x)}" width="${round(width)}" height="10"
      ><title>${progress.states[state]} ${STATES[state].name}</title></rect
    >`;
  });
  return html`<svg
    class="${className}"
    viewBox="0 0 100 10"
    preserveAspectRatio="none"
    role="img"
    aria-label="${inWords(progress)}"
  >
    ${stretches}
  </svg>`;
}

export function legend(progress: Progress): Markup {
  const entries = STATE_ORDER.filter((state) => progress.states[state] > 0).map(
    (state) =>
      html`<li>
        <span class="swatch s-${state}" aria-hidden="true"></span
        ><strong>${progress.states[state]}</strong> ${STATES[state].name}
      </li>`,
  );
  return html`<ul class="legend">
    ${entries}
  </ul>`;
}

const WIDTH = 720;
const HEIGHT = 180;
const LEFT = 34;
const BOTTOM = 24;

/** A line of steps over time, below the line of all items. */
export function trendChart(points: readonly TrendPoint[], total: number): Markup {
  const times = points.map(({ when }) => Date.parse(when));
  const from = times[0]!;
  const span = Math.max(times.at(-1)! - from, 1);
  const top = Math.max(total, ...points.map(({ signed }) => signed), 1);
  const x = (time: number): number => LEFT + ((time - from) / span) * (WIDTH - LEFT - 12);
  const y = (count: number): number => HEIGHT - BOTTOM - (count / top) * (HEIGHT - BOTTOM - 14);
  const steps = points.map(({ signed }, at) => {
    const across =
      at === 0
        ? `M${round(x(times[0]!))} ${round(y(signed))}`
        : `H${round(x(times[at]!))}V${round(y(signed))}`;
    return across;
  });
  const last = points.at(-1)!;
  const base = round(HEIGHT - BOTTOM);
  const line = `${steps.join("")}`;
  return html`<svg
    class="trend"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="Signed items over time: ${points[0]!.signed} on ${dayOf(points[0]!.when)}, ${last.signed} of ${total} on ${dayOf(last.when)}. The table below has all numbers."
  >
    <path class="area" d="${line}V${base}H${round(x(from))}Z" />
    <line class="ceiling" x1="${LEFT}" x2="${WIDTH - 12}" y1="${round(y(total))}" y2="${round(y(total))}" />
    <line class="axis" x1="${LEFT}" x2="${WIDTH - 12}" y1="${base}" y2="${base}" />
    <path class="line" d="${line}" />
    ${points.map(({ signed }, at) => html`<circle class="dot" cx="${round(x(times[at]!))}" cy="${round(y(signed))}" r="3.5" />`)}
    <text x="${LEFT - 6}" y="${round(y(total)) + 4}" text-anchor="end">${total}</text>
    <text x="${LEFT - 6}" y="${base + 4}" text-anchor="end">0</text>
    <text x="${LEFT}" y="${HEIGHT - 6}">${dayOf(points[0]!.when)}</text>
    <text x="${WIDTH - 12}" y="${HEIGHT - 6}" text-anchor="end">${dayOf(last.when)}</text>
  </svg>`;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
