import { LineIndex, type Range } from "@paylint/engine";
import type { Place } from "./results.ts";

/** Turns ranges of one text into places. */
export class Places {
  readonly #text: string;
  #index: LineIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Most files have nothing to tell, so their lines are not counted before something is. */
  get #lines(): LineIndex {
    return (this.#index ??= new LineIndex(this.#text));
  }

  at({ start, end }: Range): Place {
    const from = this.#lines.positionAt(start);
    const to = this.#lines.positionAt(end);
    return { line: from.line + 1, column: from.column + 1, endLine: to.line + 1, endColumn: to.column + 1 };
  }
}
