import type { SourceText } from "../lint.ts";
import { type ParsedModule, parseJavaScript } from "./javascript.ts";

/** Trees of files that other files lead to, so that each is parsed once and not for every file that imports it. */
export class ParseCache {
  readonly #maxFiles: number;
  readonly #maxLength: number;
  /** By file name, the least recently used first. */
  readonly #kept = new Map<string, { readonly text: string; readonly parsed: ParsedModule }>();
  #length = 0;

  /** `maxLength` counts the UTF-16 units of all texts together. */
  constructor(maxFiles: number, maxLength: number) {
    this.#maxFiles = maxFiles;
    this.#maxLength = maxLength;
  }

  parse(source: SourceText): ParsedModule {
    const { fileName, text } = source;
    const known = this.#kept.get(fileName);
    this.#drop(fileName);
    const parsed = known?.text === text ? known.parsed : parseJavaScript(source);
    this.#kept.set(fileName, { text, parsed });
    this.#length += text.length;
    while (this.#kept.size > this.#maxFiles || this.#length > this.#maxLength)
      this.#drop(this.#kept.keys().next().value!);
    return parsed;
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
