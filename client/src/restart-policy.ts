/** Milliseconds before the first, second … start after a death; a further death within the window ends it. */
const DELAYS = [0, 1_000, 5_000, 15_000];
const WINDOW = 3 * 60_000;

/** Decides how soon a server that died is started again, so that one that cannot live is not started for ever. */
export class RestartPolicy {
  #deaths: readonly number[] = [];

  /** Takes the time of a death in milliseconds; returns the milliseconds to wait, or undefined to give up. */
  died(now: number): number | undefined {
    const recent = this.#deaths.filter((death) => now - death < WINDOW);
    this.#deaths = [...recent, now];
    return DELAYS[recent.length];
  }

  /** A person started the server: what was before does not count. */
  forget(): void {
    this.#deaths = [];
  }
}
