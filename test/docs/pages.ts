import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** A block of code in a page. */
export interface Snippet {
  readonly language: string;
  readonly text: string;
  /** The page and the line of its fence, to find it again. */
  readonly origin: string;
}

/** The pages that git has, or would add, by their paths in the repository. */
export function pages(): string[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"];
  const listed = execFileSync("git", args, { cwd: root, encoding: "utf8" });
  return [...new Set(listed.split("\0").filter(Boolean))].filter((page) => !page.includes("/fixtures/"));
}

export function read(page: string): string {
  return readFileSync(path.join(root, page), "utf8");
}

const FENCE = /^(?<fence>`{3,}|~{3,})(?<language>\S*).*\n(?<text>[^]*?)^\k<fence>[ \t]*$/gm;

export function snippetsOf(page: string): Snippet[] {
  const text = read(page);
  return [...text.matchAll(FENCE)].map(({ index, groups }) => ({
    language: groups!.language!,
    text: groups!.text!,
    origin: `${page}:${text.slice(0, index).split("\n").length}`,
  }));
}

/** Links and pictures; definitions of links are not used here. */
const LINK = /\]\((?<target>[^()\s]+)(?: "[^"]*")?\)/g;

/** Where a text's links and pictures lead, those in code left out. */
export function linksIn(markdown: string): string[] {
  const prose = markdown.replaceAll(FENCE, "").replaceAll(/(?<tick>`+)[^`]+\k<tick>/g, "");
  return [...prose.matchAll(LINK)].map(({ groups }) => decodeURI(groups!.target!));
}

export function isRelative(link: string): boolean {
  return !/^[a-z]+:/.test(link);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(page: string): string[] {
  const seen = new Map<string, number>();
  return [
    ...read(page)
      .replaceAll(FENCE, "")
      .matchAll(/^#{1,6} +(.+?)\s*$/gm),
  ].map(([, title]) => {
    const plain = title!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "").replaceAll(" ", "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
