import { existsSync } from "node:fs";
import path from "node:path";
import { presetSettings, rules, type Preset, type RuleSettings } from "@paylint/engine";
import { slashed } from "@paylint/linking";
import ignore from "ignore";
import { reasonOf } from "./errors.ts";
import { type RuleOverride, withChanges } from "./file-rules.ts";
import { JsonFileError } from "./json-file-error.ts";
import { type ParsedSettings, parseSettings } from "./parse-settings.ts";
import { readRegular } from "./regular-file.ts";

export const SETTINGS_FILE = "paylint.json";

/** In bytes. */
const LARGEST = 1024 * 1024;

/** Which rules are on, which files the project leaves out, and what holds for its checklist. */
export interface Settings extends Pick<
  ParsedSettings,
  "providers" | "customProviders" | "gate" | "shelfLife"
> {
  /** The settings' file, absolute; undefined when the project has none. */
  readonly file: string | undefined;
  readonly rules: RuleSettings;
  readonly overrides: readonly RuleOverride[];
  /** Whether `ignores` leaves out a file or folder, given as an absolute path. */
  ignores(entry: string, isFolder: boolean): boolean;
}

/** A settings file that cannot be used as it is. */
export class SettingsError extends JsonFileError {}

const DEFAULTS: Omit<Settings, "rules"> = {
  file: undefined,
  overrides: [],
  ignores: () => false,
  providers: undefined,
  customProviders: [],
  gate: undefined,
  shelfLife: true,
};

/**
 * The settings that hold in a folder: a preset, changed by the nearest `paylint.json` in the folder or above it, not
 * beyond the repository's root.
 * @throws {SettingsError} naming every place of the file that is wrong
 */
export function loadSettings(folder: string, preset: Preset): Settings {
  const file = nearestAbove(folder, SETTINGS_FILE);
  if (file === undefined) return { ...DEFAULTS, rules: presetSettings(preset) };
  const { rules: changes, overrides, ignores, problems, ...checklist } = readSettings(file);
  if (problems.length > 0) throw new SettingsError(file, problems);
  const matcher = ignore().add([...ignores]);
  const root = path.dirname(file);
  return {
    ...checklist,
    file,
    rules: withChanges(presetSettings(preset), changes),
    overrides: overrides.map(({ files: patterns, rules }) => ({ rules, files: { root, patterns } })),
    ignores(entry, isFolder) {
      const name = slashed(path.relative(root, entry)) + (isFolder ? "/" : "");
      return ignore.isPathValid(name) && matcher.ignores(name);
    },
  };
}

/** The nearest file of a name in a folder or above it, not beyond the repository's root. */
export function nearestAbove(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, name);
    if (existsSync(file)) return file;
    if (at === path.dirname(at) || existsSync(path.join(at, ".git"))) return undefined;
  }
}

function readSettings(file: string): ParsedSettings {
  let text: string;
  try {
    text = readRegular(file, LARGEST).toString("utf8");
  } catch (error) {
    throw new SettingsError(file, [{ message: `could not be read: ${reasonOf(error)}`, line: 1, column: 1 }]);
  }
  return parseSettings(text, rules);
}
