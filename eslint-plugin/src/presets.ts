import { type Preset, presetSettings, rules } from "@paylint/engine";
import type { ESLint, Linter } from "eslint";

/** What the engine reads as JavaScript. Without it a preset would also switch the rules on for JSON and CSS. */
const FILES = ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"];
const DOTENV_FILES = ["**/.env", "**/.env.*", "**/*.env", "**/.dev.vars"];

/** A preset as one flat config object, which needs no spreading and can be narrowed by `files` in `defineConfig`. */
export function presetConfig(preset: Preset, namespace: string, plugin: ESLint.Plugin): Linter.Config {
  return {
    name: `${namespace}/${preset}`,
    files: FILES,
    plugins: { [namespace]: plugin },
    rules: rulesOf(preset, namespace),
  };
}

/** The recommended rules that look at files of environment variables, in the plugin's own language for them. */
export function dotenvConfig(namespace: string, plugin: ESLint.Plugin): Linter.Config {
  const ids = rules.filter(({ meta }) => meta.languages.includes("dotenv")).map(({ id }) => id);
  return {
    name: `${namespace}/dotenv`,
    files: DOTENV_FILES,
    plugins: { [namespace]: plugin },
    language: `${namespace}/dotenv`,
    rules: rulesOf("recommended", namespace, ids),
  };
}

function rulesOf(preset: Preset, namespace: string, only?: readonly string[]): Linter.RulesRecord {
  const records: Linter.RulesRecord = {};
  for (const [id, { severity, options }] of Object.entries(presetSettings(preset))) {
    if (only && !only.includes(id)) continue;
    const level = severity === "warning" ? "warn" : severity;
    records[`${namespace}/${id}`] = options ? [level, options] : level;
  }
  return records;
}
