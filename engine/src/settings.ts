import type { RuleSettings } from "./lint.ts";
import { rules } from "./rules/index.ts";

export type Preset = "recommended" | "strict";

/** The settings of a preset: its rules at their own severity, in `strict` with the options that mean more. */
export function presetSettings(preset: Preset): RuleSettings {
  return Object.fromEntries(
    rules
      .filter((rule) => rule.meta.presets.includes(preset))
      .map(({ id, meta: { severity, strict } }) => [
        id,
        preset === "strict" && strict ? { severity, options: strict } : { severity },
      ]),
  );
}
