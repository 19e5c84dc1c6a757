import { progressOf } from "../../checklist/gate.ts";
import { isSettled, type ItemStatus } from "../../checklist/item-status.ts";
import { count, dayOf, listed, nameOf } from "../../checklist/words.ts";
import { sectionsOf, stateName, type StatusReport } from "./status-report.ts";

/** The status as Markdown, for a pull request: the gate, the numbers, contradictions in full, then every item. */
export function markdownStatus(report: StatusReport): string {
  const { statuses, providers, commit, strays, unread } = report;
  const contradicted = statuses.filter(({ state }) => state === "contradicted");
  const remarks = [
    ...(strays.length > 0
      ? [`Signed, and in no checklist of this project: ${listed(strays.map(code))}.`]
      : []),
    ...unread.map(({ file, detail }) => `${code(file)} ${text(detail)}.`),
  ];
  const parts = [
    `# Go-live checklist of ${text(report.project)}`,
    ...gatePart(report),
    numbers(report),
    ...(contradicted.length > 0
      ? [`## Contradicted by the code`, contradicted.map((status) => contradiction(status)).join("\n")]
      : []),
    ...providers.flatMap(({ id, name }) => [`## ${text(name)}`, ...providerPart(id, statuses)]),
    ...(remarks.length > 0 ? ["## Remarks", remarks.map((remark) => `- ${remark}`).join("\n")] : []),
    `Paylint ${report.version}${commit === undefined ? "" : `, at commit ${code(commit.slice(0, 12))}`}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function gatePart({ gate }: StatusReport): string[] {
  if (!gate) return [];
  const { name, heldUpBy } = gate;
  return heldUpBy.length === 0
    ? [`The gate **${name}** is open: nothing holds it up.`]
    : [`The gate **${name}** is shut: **${count(heldUpBy.length, "item")}** to settle.`];
}

function numbers({ providers, statuses }: StatusReport): string {
  const rows = providers.map(({ id, name }) => {
    const { settled, total, states } = progressOf(statuses.filter(({ item }) => item.provider === id));
    const cells = [
      text(name),
      `${settled} of ${total}`,
      states.contradicted,
      states.stale,
      states["needs-review"],
      states.open,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| Provider | Settled | Contradicted | Stale | Needs review | Open |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function contradiction({ item, places }: ItemStatus): string {
  const against = places.filter(({ answer }) => answer === "no");
  return [
    `- ${code(item.fullId)} ${text(item.title)}`,
    ...against.map(({ file, line, note, ruleId }) => {
      const rule = ruleId === undefined ? "" : ` (${code(ruleId)})`;
      return `  - ${code(`${file}:${line}`)}${rule} ${text(note)}`;
    }),
  ].join("\n");
}

function providerPart(provider: string, statuses: readonly ItemStatus[]): string[] {
  return sectionsOf(provider, statuses).map((section) => {
    const settled = section.statuses.filter(isSettled).length;
    const rows = section.statuses.map((status) => {
      const { item, state, why } = status;
      return `| ${stateName(state)} | ${code(item.fullId)} | ${text(item.title)} | ${item.level} | ${text(why)} | ${said(status)} |`;
    });
    return [
      "<details>",
      `<summary>${text(section.title)}: ${settled} of ${section.statuses.length}</summary>`,
      "",
      "| State | Item | What | Level | Why | Signed |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rows,
      "",
      "</details>",
    ].join("\n");
  });
}

/** The last that a person said, and what shows it. */
function said({ signOffs }: ItemStatus): string {
  const last = signOffs.at(-1);
  if (!last) return "";
  const evidence = last.evidence === undefined ? "" : `, ${link(last.evidence)}`;
  return `${text(nameOf(last.who))}, ${dayOf(last.when)}${evidence}`;
}

function link(evidence: string): string {
  return /^https?:\/\/[^\s<>|]+$/i.test(evidence) ? `<${evidence}>` : code(evidence);
}

/** Text that Markdown takes as it is, in one line of a table. */
function text(plain: string): string {
  return plain
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_[\]|#~]/g, "\\$&")
    .replace(/@/g, "&#64;");
}

/** Code in one line of a table; a backtick in it would end it. */
function code(plain: string): string {
  return `\`${plain.replace(/[`\s]+/g, " ").replaceAll("|", "\\|")}\``;
}
