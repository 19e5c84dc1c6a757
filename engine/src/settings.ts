import type { RuleSettings } from "./lint.ts";
import { rules } from "./rules/index.ts";

export type Preset = "recommended" | "strict";

/** The settings of a preset: its rules at their own severity. */
export function presetSettings(preset: Preset): RuleSettings {
  return Object.fromEntries(
    rules
      .filter((rule) => rule.meta.presets.includes(preset))
      .map((rule) => [rule.id, { severity: rule.meta.severity }]),
  );
}
