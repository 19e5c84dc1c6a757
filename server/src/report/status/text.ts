import pc from "picocolors";
import { progressOf } from "../../checklist/gate.ts";
import { isSettled, type ItemState, type ItemStatus } from "../../checklist/item-status.ts";
import { count, listed } from "../../checklist/words.ts";
import {
  type Section,
  sectionsOf,
  stateName,
  type StatusOptions,
  type StatusReport,
} from "./status-report.ts";

type Colours = ReturnType<typeof pc.createColors>;

/** The status for people at a terminal: by provider and section, what is to be looked at first in full. */
export function textStatus(report: StatusReport, { verbose, colour }: StatusOptions): string {
  const colours = pc.createColors(colour);
  const { statuses, providers } = report;
  const blocks = [
    `${colours.bold(`Go-live checklist of ${printable(report.project)}`)}: ${progress(statuses)}`,
    ...providers.map(({ id, name }) => {
      const own = statuses.filter(({ item }) => item.provider === id);
      const sections = sectionsOf(id, own).map((section) => sectionLines(section, verbose, colours));
      return [`${colours.underline(name)}  ${progress(own)}`, ...sections].join("\n");
    }),
    ...notes(report, verbose, colours),
    ...gateLines(report, colours),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** "3 of 45 settled, 2 contradicted, 1 stale" */
function progress(statuses: readonly ItemStatus[]): string {
  const { settled, total, states } = progressOf(statuses);
  const rest = (["contradicted", "stale", "needs-review", "open"] as const)
    .filter((state) => states[state] > 0)
    .map((state) => `${states[state]} ${stateName(state)}`);
  return [`${settled} of ${total} settled`, ...rest].join(", ");
}

function sectionLines({ title, statuses }: Section, verbose: boolean, colours: Colours): string {
  const settled = statuses.filter(isSettled).length;
  const told = statuses.filter(({ state }) => verbose || (state !== "open" && !isSettled({ state })));
  return [
    `  ${title}  ${colours.dim(`${settled} of ${statuses.length}`)}`,
    ...told.map((status) => itemLines(status, colours)),
  ].join("\n");
}

const WIDTH = "not applicable".length;

function itemLines(status: ItemStatus, colours: Colours): string {
  const { item, why } = status;
  const optional = item.level === "recommended" ? colours.dim(" (recommended)") : "";
  return [
    `    ${stateCell(status, colours)}  ${item.fullId}  ${printable(item.title)}${optional}`,
    `    ${" ".repeat(WIDTH)}  ${colours.dim(printable(why))}`,
  ].join("\n");
}

function stateCell({ state }: ItemStatus, colours: Colours): string {
  const colour: Partial<Record<ItemState, (text: string) => string>> = {
    contradicted: colours.red,
    stale: colours.yellow,
    "needs-review": colours.yellow,
    open: colours.dim,
  };
  return (colour[state] ?? colours.green)(stateName(state).padEnd(WIDTH));
}

function notes(
  { statuses, hasGoLive, strays, unread }: StatusReport,
  verbose: boolean,
  colours: Colours,
): string[] {
  const hidden = statuses.filter(({ state }) => state === "open" || isSettled({ state })).length;
  const lines = [
    ...(!verbose && hidden > 0
      ? [`${count(hidden, "open or settled item")} not listed (--verbose lists them)`]
      : []),
    ...(hasGoLive
      ? []
      : ["Nobody has signed anything: there is no go-live.json yet (paylint init writes one)"]),
    ...(strays.length > 0 ? [`Signed, and in no checklist of this project: ${listed(strays)}`] : []),
    ...unread.map(({ file, detail }) => colours.yellow(`${printable(file)} ${printable(detail)}`)),
  ];
  return lines.length > 0 ? [lines.join("\n")] : [];
}

function gateLines({ gate }: StatusReport, colours: Colours): string[] {
  if (!gate) return [];
  const { name, heldUpBy } = gate;
  if (heldUpBy.length === 0) return [colours.green(`The gate "${name}" is open: nothing holds it up.`)];
  const head = colours.red(`The gate "${name}" is shut: ${count(heldUpBy.length, "item")} to settle.`);
  const lines = heldUpBy.map(
    (status) => `  ${stateCell(status, colours)}  ${status.item.fullId}  ${printable(status.item.title)}`,
  );
  return [[head, ...lines].join("\n")];
}

/** Titles and paths may hold anything; control characters would act on the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
