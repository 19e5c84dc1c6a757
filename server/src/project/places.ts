import { LineIndex, type Range } from "@paylint/engine";
import type { Place } from "./results.ts";

/** Turns ranges of one text into places. */
export class Places {
  readonly #lines: LineIndex;

  constructor(text: string) {
    this.#lines = new LineIndex(text);
  }

  at({ start, end }: Range): Place {
    const from = this.#lines.positionAt(start);
    const to = this.#lines.positionAt(end);
    return { line: from.line + 1, column: from.column + 1, endLine: to.line + 1, endColumn: to.column + 1 };
  }
}
