import type { ChecklistEntry, ChecklistSignOff, ChecklistState } from "paylint/protocol";
import type { Progress } from "./progress.ts";

/** An icon of VS Code's own and the id of the theme's colour for it. */
export interface Icon {
  readonly name: string;
  readonly colour: string | undefined;
}

export const STATE_ICONS: Readonly<Record<ChecklistState, Icon>> = {
  proved: { name: "verified-filled", colour: "testing.iconPassed" },
  contradicted: { name: "error", colour: "testing.iconFailed" },
  done: { name: "pass-filled", colour: "charts.blue" },
  "not-applicable": { name: "circle-slash", colour: "disabledForeground" },
  stale: { name: "history", colour: "charts.orange" },
  "needs-review": { name: "question", colour: "charts.purple" },
  open: { name: "circle-large-outline", colour: undefined },
};

const GROUP_ICONS = { folder: "folder", provider: "credit-card", section: "checklist" } as const;

/** A group shows at a glance whether something in it is wrong, or nothing is left. */
export function groupIcon(kind: keyof typeof GROUP_ICONS, { contradicted, settled, total }: Progress): Icon {
  const colour =
    contradicted > 0 ? "testing.iconFailed" : settled === total ? "testing.iconPassed" : undefined;
  return { name: GROUP_ICONS[kind], colour };
}

const STATE_WORDS: Readonly<Record<ChecklistState, string>> = {
  proved: "proved by the code",
  contradicted: "contradicted by the code",
  done: "done",
  "not-applicable": "not applicable",
  stale: "stale",
  "needs-review": "needs review",
  open: "open",
};

/** Behind an item's title: who settled it and when, else why it is not settled. */
export function describe({ state, signOffs, places, morePlaces, kind, level }: ChecklistEntry): string {
  const last = signOffs.at(-1);
  switch (state) {
    case "done":
      return last ? signed(last, kind === "irreversible" ? signOffs : [last]) : STATE_WORDS[state];
    case "not-applicable":
      return last ? `not applicable, ${signed(last)}` : STATE_WORDS[state];
    case "stale":
      return last ? `stale, ${signed(last)}` : STATE_WORDS[state];
    case "contradicted": {
      const against = places.filter(({ answer }) => answer === "no");
      const others = against.length + morePlaces - 1;
      return against[0]
        ? `${against[0].file}:${against[0].line}${others > 0 ? ` and ${others} more` : ""}`
        : "";
    }
    case "proved":
      return "proved by the code";
    case "needs-review":
      return "needs review";
    case "open":
      if (last?.state === "done") return `${signed(last)}; a second person has to sign`;
      if (last?.state === "reopened") return `open again, ${signed(last)}`;
      return [kind === "irreversible" ? "two people" : "", level === "recommended" ? level : ""]
        .filter(Boolean)
        .join(", ");
  }
}

/** "Ada Example and Ben Sample, 2026-01-31": who signed an item, and when the last one did. */
function signed({ who, when }: ChecklistSignOff, all: readonly ChecklistSignOff[] = []): string {
  const people = [...all.filter(({ state }) => state === "done").map((each) => each.who), who].map((each) =>
    each.replace(/ <[^<>]*>$/, ""),
  );
  return `${[...new Set(people)].slice(-2).join(" and ")}, ${when.slice(0, 10)}`;
}

/** All there is to know of an item, as Markdown in which nothing but our own text has a meaning. */
export function tooltipOf(entry: ChecklistEntry): string {
  const { title, state, why, look, level, kind, source, supports, signOffs } = entry;
  const evidence = signOffs.map((signOff) => `- ${plain(said(signOff))}`);
  const kinds = [level, ...(kind === "check" ? [] : [kind])].join(", ");
  return [
    `**${plain(title)}** (${kinds})`,
    `**${STATE_WORDS[state]}.** ${plain(why)}`,
    plain(look),
    ...(evidence.length > 0 ? [evidence.join("\n")] : []),
    ...(supports.length > 0 ? [`Supports ${plain(supports.join("; "))}`] : []),
    `Asked for by ${plain(source)}: \`${entry.id}\``,
  ].join("\n\n");
}

const SAID = { done: "done", "not-applicable": "not applicable", reopened: "open again" } as const;

function said(signOff: ChecklistSignOff): string {
  const { state, commit, reason, note, evidence } = signOff;
  const at = commit === undefined ? "" : ` at commit ${commit.slice(0, 10)}`;
  const more = [reason, note, evidence].filter((text) => text !== undefined);
  return [`${signed(signOff)}: ${SAID[state]}${at}`, ...more].join("; ");
}

/** Text without a meaning in Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~$&]/g, "\\$&").replace(/\s+/g, " ");
}
