import { statSync } from "node:fs";

/** Counts how often files may have changed; what was made of them is compared with the disk once in each round. */
export class Rounds {
  current = 0;
}

/** Something made of a file or folder, with what tells whether it is still so. */
interface Kept<Value> {
  readonly value: Value;
  readonly modified: number;
  readonly size: number;
  /** Changed so shortly before it was read that another change could bear the same time. */
  readonly isFresh: boolean;
  /** The round in which it was last compared with the disk. */
  round: number;
}

/** Milliseconds; file systems count in steps of some. */
const FRESH = 2_000;

/** What is made of each file or folder, by path, made again when it was changed; undefined for what is gone. */
export class PerFile<Value> {
  readonly #rounds: Rounds;
  readonly #make: (file: string) => Value;
  readonly #kept = new Map<string, Kept<Value | undefined>>();

  constructor(rounds: Rounds, make: (file: string) => Value) {
    this.#rounds = rounds;
    this.#make = make;
  }

  get(file: string): Value | undefined {
    const known = this.#kept.get(file);
    if (known && this.#isCurrent(known, file)) return known.value;
    const kept = this.#read(file);
    this.#kept.set(file, kept);
    return kept.value;
  }

  forget(file: string): void {
    this.#kept.delete(file);
  }

  #isCurrent(kept: Kept<unknown>, file: string): boolean {
    if (kept.round === this.#rounds.current) return true;
    if (kept.isFresh) return false;
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.mtimeMs !== kept.modified || stats.size !== kept.size) return false;
    kept.round = this.#rounds.current;
    return true;
  }

  #read(file: string): Kept<Value | undefined> {
    const round = this.#rounds.current;
    try {
      const { mtimeMs: modified, size } = statSync(file);
      return { value: this.#make(file), modified, size, isFresh: Date.now() - modified < FRESH, round };
    } catch {
      // Gone, or not to be read.
      return { value: undefined, modified: 0, size: 0, isFresh: true, round };
    }
  }
}

/** What was made of many files, by key; all of it holds until some of them may have changed. */
export class PerRound<Value> {
  readonly #rounds: Rounds;
  readonly #values = new Map<string, Value>();
  #round = 0;

  constructor(rounds: Rounds) {
    this.#rounds = rounds;
  }

  get(key: string, make: () => Value): Value {
    if (this.#round !== this.#rounds.current) {
      this.#round = this.#rounds.current;
      this.#values.clear();
    }
    if (!this.#values.has(key)) this.#values.set(key, make());
    return this.#values.get(key)!;
  }
}
