/**
 * Calls `work` once for a key after the marks on it have come to rest. Messages that wait to be read are handled one
 * for each turn of the event loop, so a key is at rest when a whole turn has passed without a new mark. One key is
 * worked on for each turn: what arrives meanwhile is read before the next.
 */
export class Coalescer {
  readonly #work: (key: string) => void;
  /** Marked keys, oldest first; true once a turn has begun without a new mark. */
  readonly #marked = new Map<string, boolean>();
  #turn: NodeJS.Immediate | undefined;

  constructor(work: (key: string) => void) {
    this.#work = work;
  }

  mark(key: string): void {
    this.#marked.set(key, false);
    this.#turn ??= setImmediate(this.#run);
  }

  readonly #run = (): void => {
    const atRest = [...this.#marked].find(([, rested]) => rested)?.[0];
    for (const key of this.#marked.keys()) this.#marked.set(key, true);
    if (atRest !== undefined) this.#marked.delete(atRest);
    this.#turn = this.#marked.size > 0 ? setImmediate(this.#run) : undefined;
    if (atRest !== undefined) this.#work(atRest);
  };
}
