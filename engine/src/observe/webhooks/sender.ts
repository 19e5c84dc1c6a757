import { providers } from "../../providers/index.ts";
import { wordsOf } from "../names.ts";

const NAMES: readonly { readonly id: string; readonly words: readonly string[] }[] = providers
  .filter(({ id }) => id !== "generic")
  .flatMap(({ id, name }) =>
    [...new Set([id, name, id.replaceAll("-", "")].map((each) => wordsOf(each).join(" ")))]
      .concat(id === "coinbase-commerce" ? ["coinbase"] : [])
      .map((words) => ({ id, words: words.split(" ") })),
  );

/** The ids of the providers that some words name, `checkout com` among them. */
export function providersIn(words: readonly string[]): readonly string[] {
  const found = NAMES.filter(({ words: name }) =>
    words.some((_, at) => name.every((word, offset) => words[at + offset] === word)),
  );
  return [...new Set(found.map(({ id }) => id))];
}
