/** A place in a text: both count from zero, the column in UTF-16 units, as the language server protocol does. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into lines and back. Lines end with LF, CRLF, CR, or the two separators that ECMAScript adds. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
    this.#starts = starts;
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low, column: offset - this.#starts[low]! };
  }

  /** The offset at which a line begins; the last line's for lines beyond the end. */
  startOf(line: number): number {
    return this.#starts[Math.min(line, this.#starts.length - 1)]!;
  }
}

/** The line around an offset, or the last line with code before it, replaced by blanks of the same length. */
export function blankLine(text: string, offset: number): string {
  let start = Math.min(offset, text.length);
  while (start > 0 && !isBreak(text, start - 1)) start--;
  let end = start;
  while (end < text.length && !isBreak(text, end)) end++;
  if (text.slice(start, end).trim() === "") {
    const before = text.slice(0, start).trimEnd();
    if (before === "") return text;
    return blankLine(text, before.length - 1);
  }
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

function isBreak(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}
