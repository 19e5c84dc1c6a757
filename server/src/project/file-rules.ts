import path from "node:path";
import type { RuleSetting, RuleSettings } from "@paylint/engine";
import { slashed } from "@paylint/linking";
import ignore, { type Ignore } from "ignore";

/** Rules that are set otherwise for some files; plain data, so that it can be sent between threads. */
export interface RuleOverride {
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Undefined when they are set for all files. */
  readonly files?: {
    /** The folder that the patterns start from; absolute. */
    readonly root: string;
    /** As in a .gitignore. */
    readonly patterns: readonly string[];
  };
}

/** The rules of a project, and what is set otherwise for some of its files; the last that fits a file counts. */
export interface ProjectRules {
  readonly rules: RuleSettings;
  readonly overrides?: readonly RuleOverride[] | undefined;
}

/** A key in a file that git keeps out of the repository is where it should be. */
const KEPT_OUT: RuleSettings = { "no-hardcoded-secrets": { severity: "off" } };

/** The settings of one file, absolute, which git may ignore. */
export function rulesFor(
  { rules, overrides = [] }: ProjectRules,
  file: string,
  gitIgnored = false,
): RuleSettings {
  const changed = overrides
    .filter((override) => fits(override, file))
    .reduce((settings, override) => withChanges(settings, override.rules), rules);
  return gitIgnored ? withChanges(changed, KEPT_OUT) : changed;
}

/** The settings with some rules set otherwise; a change without options keeps those that were set. */
export function withChanges(
  settings: RuleSettings,
  changes: Readonly<Record<string, RuleSetting>>,
): RuleSettings {
  const changed: Record<string, RuleSetting> = { ...settings };
  for (const [id, change] of Object.entries(changes)) changed[id] = { ...settings[id], ...change };
  return changed;
}

/** The rules that are on for some file, as far as settings tell. */
export function rulesOn({ rules, overrides = [] }: ProjectRules): ReadonlySet<string> {
  const layers = overrides.reduce<RuleSettings[]>(
    (below, { rules: changes, files }) =>
      files ? [...below, changes] : below.map((settings) => withChanges(settings, changes)),
    [rules],
  );
  const settings = layers.flatMap((layer) => Object.entries(layer));
  return new Set(settings.flatMap(([id, { severity }]) => (severity === "off" ? [] : [id])));
}

const matchers = new WeakMap<RuleOverride, Ignore>();

function fits(override: RuleOverride, file: string): boolean {
  if (!override.files) return true;
  const { root, patterns } = override.files;
  let matcher = matchers.get(override);
  if (!matcher) matchers.set(override, (matcher = ignore().add([...patterns])));
  const name = slashed(path.relative(root, file));
  return ignore.isPathValid(name) && matcher.ignores(name);
}
