import type { HistoryScope } from "../project/results.ts";

/** Between two words on how far it is: a terminal's line is written anew, a log gets few lines. */
const EACH = { terminal: 200, log: 20_000 };

/** Tells on standard error how far the search of a history is. */
export class Progress {
  readonly #isTerminal = process.stderr.isTTY === true;

  tell({ commits, contents }: HistoryScope): void {
    if (contents % (this.#isTerminal ? EACH.terminal : EACH.log) !== 0) return;
    const line = `${contents} versions of files, ${commits} commits`;
    process.stderr.write(this.#isTerminal ? `\r${line}` : `${line}\n`);
  }

  /** Clears the line. */
  end(): void {
    if (this.#isTerminal) process.stderr.write("\r\u001B[K");
  }
}
