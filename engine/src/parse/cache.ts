import type { SourceText } from "../lint.ts";

/** What is made of the texts of files, so that each is looked at once and not for every file that leads to it. */
export class TextCache<Value> {
  readonly #maxFiles: number;
  readonly #maxLength: number;
  readonly #make: (source: SourceText) => Value;
  /** By file name, the least recently used first. */
  readonly #kept = new Map<string, { readonly text: string; readonly value: Value }>();
  #length = 0;

  /** `maxLength` counts the UTF-16 units of all texts together. */
  constructor(maxFiles: number, maxLength: number, make: (source: SourceText) => Value) {
    this.#maxFiles = maxFiles;
    this.#maxLength = maxLength;
    this.#make = make;
  }

  get(source: SourceText): Value {
    const { fileName, text } = source;
    const known = this.#kept.get(fileName);
    this.#drop(fileName);
    const value = known?.text === text ? known.value : this.#make(source);
    this.#kept.set(fileName, { text, value });
    this.#length += text.length;
    while (this.#kept.size > this.#maxFiles || this.#length > this.#maxLength)
      this.#drop(this.#kept.keys().next().value!);
    return value;
  }

  clear(): void {
    this.#kept.clear();
    this.#length = 0;
  }

  #drop(fileName: string): void {
    const known = this.#kept.get(fileName);
    if (!known) return;
    this.#kept.delete(fileName);
    this.#length -= known.text.length;
  }
}
