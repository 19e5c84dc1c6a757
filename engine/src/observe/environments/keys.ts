import type { Entry } from "../../parse/entries.ts";
import { keyPatterns, keysIn } from "../../providers/index.ts";
import {
  holdsSettings,
  namesItsMode,
  observedSetting,
  settingsIn,
  settingsOfEnvironments,
} from "./hosts-and-modes.ts";
import type { EnvironmentSetting } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { escaped } from "../patterns.ts";
import { isPlaceholder } from "../secrets/placeholder.ts";

/** Keys in the settings of one environment, secret and public ones: their shape says in which mode payments run. */
export const environmentKeys: Observer = {
  kind: "environment-setting",
  keywords: new RegExp(
    [...new Set(keyPatterns().flatMap(({ key }) => (key.mode === "any" ? [] : [escaped(key.keyword)])))].join(
      "|",
    ),
  ),
  suits: holdsSettings,
  javascript: (flow) => keysOf(settingsIn(flow), flow.module.fileName),
  entries: ({ entries, fileName }) => keysOf(entries, fileName),
};

function* keysOf(entries: Iterable<Entry>, fileName: string): Generator<EnvironmentSetting> {
  for (const placed of settingsOfEnvironments(entries, fileName)) {
    if (namesItsMode(placed.setting)) continue;
    const told = toldBy(placed.value);
    if (told) yield observedSetting(placed, { ...told, shape: "key" });
  }
}

/** The mode of a value that is a key from its beginning to its end. */
function toldBy(value: string) {
  const [match] = keysIn(value, new Set());
  if (!match || match.start > 0 || match.end < value.length || match.key.mode === "any") return undefined;
  if (isPlaceholder(value.slice(value.indexOf(match.key.keyword) + match.key.keyword.length)))
    return undefined;
  const { id } = match.provider;
  return { mode: match.key.mode, provider: id === "generic" ? undefined : id };
}
