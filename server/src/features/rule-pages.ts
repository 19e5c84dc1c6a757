import { readFileSync } from "node:fs";
import { rules } from "@paylint/engine";

/** Where the pages lie: in the repository, and beside the bundle. */
export const PAGES = new URL(
  import.meta.url.endsWith(".ts") ? "../../../eslint-plugin/docs/rules/" : "./rules/",
  import.meta.url,
);

/** A block of code of a rule's page. */
export interface PageSample {
  readonly language: string;
  readonly code: string;
}

/** What hovers tell of a rule's page. */
export interface RulePage {
  /** The first paragraph under "Why it costs money". */
  readonly why: string;
  readonly wrong: readonly PageSample[];
  readonly right: readonly PageSample[];
}

/** The documentation pages of the rules, as they lie in a folder that ships. */
export class RulePages {
  readonly #folder: URL;
  readonly #pages = new Map<string, RulePage>();

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** Where a rule's page lies; undefined when there is no such rule. */
  urlOf(ruleId: string): URL | undefined {
    return rules.some(({ id }) => id === ruleId) ? new URL(`${ruleId}.md`, this.#folder) : undefined;
  }

  /** A rule's page in Markdown, without what only its tests read; undefined when there is no such rule. */
  textOf(ruleId: string): string | undefined {
    const url = this.urlOf(ruleId);
    return (
      url &&
      readFileSync(url, "utf8")
        .replace(/^<!--.*-->\n+/gm, "")
        .replace(/^(```\w+) .+$/gm, "$1")
    );
  }

  pageOf(ruleId: string): RulePage | undefined {
    const kept = this.#pages.get(ruleId);
    if (kept) return kept;
    const text = this.textOf(ruleId);
    if (text === undefined) return undefined;
    const page = parsePage(text);
    this.#pages.set(ruleId, page);
    return page;
  }
}

function parsePage(text: string): RulePage {
  const sections = new Map(
    text.split(/^## /m).map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end).trim(), section.slice(end + 1).trim()];
    }),
  );
  return {
    why: sections.get("Why it costs money")?.split(/\n{2,}/)[0] ?? "",
    wrong: samplesIn(sections.get("Wrong")),
    right: samplesIn(sections.get("Right")),
  };
}

function samplesIn(section = ""): PageSample[] {
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, code]) => ({
    language: language!,
    code: code!.trimEnd(),
  }));
}
