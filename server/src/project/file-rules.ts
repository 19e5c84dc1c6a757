import type { RuleSettings } from "@paylint/engine";
import { withChanges } from "./settings.ts";

/** A key in a file that git keeps out of the repository is where it should be. */
const KEPT_OUT: Readonly<RuleSettings> = { "no-hardcoded-secrets": { severity: "off" } };

/** The settings of one file, which git may ignore. */
export function rulesFor(rules: RuleSettings, gitIgnored: boolean): RuleSettings {
  return gitIgnored ? withChanges(rules, KEPT_OUT) : rules;
}
