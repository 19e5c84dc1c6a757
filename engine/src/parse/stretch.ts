import type { Range } from "../flow/tree.ts";

/** Which offsets of a text are taken, however many ranges took them. */
export class Stretch {
  #taken = new Uint8Array(1024);

  /** Takes a range, unless some of it is taken already. */
  claim({ start, end }: Range): boolean {
    if (this.#taken.subarray(start, end).includes(1)) return false;
    this.add({ start, end });
    return true;
  }

  add({ start, end }: Range): void {
    if (end > this.#taken.length) {
      const longer = new Uint8Array(2 * end);
      longer.set(this.#taken);
      this.#taken = longer;
    }
    this.#taken.fill(1, start, end);
  }

  covers({ start, end }: Range): boolean {
    return end <= this.#taken.length && !this.#taken.subarray(start, end).includes(0);
  }
}
