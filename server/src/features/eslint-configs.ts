import path from "node:path";
import { contains } from "@paylint/linking";
import { readRegular } from "../project/regular-file.ts";

/** In the order in which ESLint looks for them. */
const NAMES = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `eslint.config.${ending}`);

/** Bytes; a configuration that is larger is not read. */
const LARGEST = 1024 * 1024;

/**
 * Which folders' ESLint configurations name our plugin. They are read as text and never run, so a plugin that another
 * package brings along is not seen.
 */
export class EslintConfigs {
  /** By folder. */
  readonly #named = new Map<string, boolean>();

  /** Whether the configuration that ESLint would use for a file, both absolute, in an open folder names our plugin. */
  nameOurPlugin(file: string, folder: string): boolean {
    return this.#ask(path.dirname(file), folder);
  }

  /** Files were changed on disk, or may have been. */
  forget(): void {
    this.#named.clear();
  }

  #ask(at: string, top: string): boolean {
    const known = this.#named.get(at);
    if (known !== undefined) return known;
    const text = NAMES.map((name) => textOf(path.join(at, name))).find((each) => each !== undefined);
    const isTop = at === top || !contains(top, at);
    const named =
      text === undefined
        ? !isTop && this.#ask(path.dirname(at), top)
        : text.includes("eslint-plugin-paylint");
    this.#named.set(at, named);
    return named;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readRegular(file, LARGEST).toString("utf8");
  } catch {
    return undefined;
  }
}
