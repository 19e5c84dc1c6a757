import { wordsOf } from "../names.ts";
import type { Found } from "./found.ts";

const CONSTANT = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;
const TELLING = /key|secret|token|pass|mnemonic|phrase|credential/i;
/** Names that say of what kind a value is, and not whose. */
const BARE = /^(?:api|private|secret|signing|webhook|access|auth|client|hmac|key|token|password|pass)+$/i;
/** Names of what anything may lie in. */
const CONTAINER =
  /^(?:config|configs|options|opts|settings|default|module|exports|headers|params|env|keys|constants?)$/i;
/** What a bundler would copy into the browser's code. */
const PUBLIC = /^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|GATSBY|NUXT_PUBLIC|VUE_APP|PUBLIC)_/;

/**
 * The environment variable that a secret belongs in: by the constant that holds it, by its provider and kind, or by the
 * names that it goes by in the code, innermost first.
 */
export function settingNameOf(
  { name, provider }: Pick<Found, "name" | "provider">,
  names: readonly string[],
): string {
  const own = names.filter((each) => /^[A-Za-z_][\w-]*$/.test(each));
  const constant = own[0] !== undefined && CONSTANT.test(own[0]) ? own[0].replace(PUBLIC, "") : undefined;
  if (constant !== undefined && CONSTANT.test(constant)) return constant;
  const kind = name
    .replace(/^(?:Live|Test) /, "")
    .replace(/ (?:live|test)(?= )/, "")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toUpperCase();
  if (provider !== undefined && provider !== "generic") return kind;
  const [inner, outer] = own;
  if (inner === undefined || !TELLING.test(inner)) return kind;
  const isShared = BARE.test(wordsOf(inner).join(""));
  const parts = isShared && outer !== undefined && !CONTAINER.test(outer) ? [outer, inner] : [inner];
  return parts.flatMap(wordsOf).join("_").toUpperCase().replace(PUBLIC, "");
}
