import { createScanner } from "jsonc-parser";
import type { Comment } from "../directives.ts";
import type { EntryFile } from "./entries.ts";

/**
 * The `#` comments of dotenv, YAML, TOML, shells and others. A `#` inside a value is part of it, unless a line begins
 * with it: that is a comment of the script that the value holds.
 */
export function hashComments({ text, entries }: EntryFile): Comment[] {
  const comments: Comment[] = [];
  for (const match of text.matchAll(/(?<=^|[\s"'`])#([^\r\n]*)/gm)) {
    const start = match.index;
    const isInside = entries.some(({ range }) => range.start <= start && start < range.end);
    if (isInside && !/(?:^|[\r\n])[^\S\r\n]{0,200}$/.test(text.slice(Math.max(0, start - 201), start)))
      continue;
    comments.push({ text: match[1]!, range: { start, end: start + match[0].length }, block: false });
  }
  return comments;
}

/** The `//` comments of a Prisma schema; in a string they are part of it. */
export function prismaComments({ text }: EntryFile): Comment[] {
  return [...text.matchAll(/"(?:[^"\\\r\n]|\\.)*"|\/\/([^\r\n]*)/g)].flatMap((match) =>
    match[1] === undefined
      ? []
      : [{ text: match[1], range: { start: match.index, end: match.index + match[0].length }, block: false }],
  );
}

/** The comments of HTML, which Markdown and components have, too. */
export function htmlComments({ text }: EntryFile): Comment[] {
  return [...text.matchAll(/<!--([^]*?)(?:-->|$)/g)].map((match) => ({
    text: match[1]!,
    range: { start: match.index, end: match.index + match[0].length },
    block: true,
  }));
}

/** The comments that many tools allow in JSON. */
export function jsonComments({ text }: EntryFile): Comment[] {
  const comments: Comment[] = [];
  const scanner = createScanner(text);
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const block = text.startsWith("/*", start);
    if (!block && !text.startsWith("//", start)) continue;
    const inner = text.slice(start + 2, end);
    comments.push({ text: block ? inner.replace(/\*\/$/, "") : inner, range: { start, end }, block });
  }
  return comments;
}
