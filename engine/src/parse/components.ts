import type { SourceText } from "../lint.ts";

/** What a component of Vue or Svelte holds, each part with all else blanked, so that places are those of the file. */
export interface ComponentParts {
  readonly scripts: SourceText;
  readonly markup: SourceText;
}

/** A tag that is not closed takes the rest of the text, so that nothing is read twice. */
const OPENING = /<!--|<script(?=[\s>])((?:[^>"']|"[^"]*"?|'[^']*'?)*)>?/gi;

/** Divides a single-file component into its scripts and the rest of it. Scripts in other languages are markup. */
export function componentParts({ fileName, text }: SourceText): ComponentParts {
  let scripts = "";
  let markup = "";
  for (const { start, end } of scriptBlocks(text)) {
    markup += text.slice(markup.length, start);
    scripts += blank(text.slice(scripts.length, start)) + text.slice(start, end);
    markup += blank(text.slice(start, end));
  }
  return {
    scripts: { fileName, text: scripts + blank(text.slice(scripts.length)) },
    markup: { fileName, text: markup + text.slice(markup.length) },
  };
}

function* scriptBlocks(text: string): Generator<{ start: number; end: number }> {
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const isComment = match[1] === undefined;
    const start = opening.lastIndex;
    const closing = isComment ? /-->|$/g : /<\/script|$/gi;
    closing.lastIndex = start;
    const end = closing.exec(text)!.index;
    if (!isComment && isJavaScript(match[1]!)) yield { start, end };
    opening.lastIndex = end;
  }
}

function isJavaScript(attributes: string): boolean {
  const type = /\s(?:type|lang)\s{0,9}=\s{0,9}["']?([\w/+-]+)/i.exec(attributes)?.[1];
  return (
    type === undefined || /^(?:module|(?:text\/|application\/)?(?:java|type)script|[jt]sx?)$/i.test(type)
  );
}

/** Spaces of the same length, line breaks left. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
