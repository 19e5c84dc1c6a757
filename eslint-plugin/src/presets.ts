import { type Preset, presetSettings } from "@paylint/engine";
import type { ESLint, Linter } from "eslint";

/** What the engine reads as JavaScript. Without it a preset would also switch the rules on for JSON and CSS. */
const FILES = ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"];

/** A preset as one flat config object, which needs no spreading and can be narrowed by `files` in `defineConfig`. */
export function presetConfig(preset: Preset, namespace: string, plugin: ESLint.Plugin): Linter.Config {
  const rules: Linter.RulesRecord = {};
  for (const [id, { severity, options }] of Object.entries(presetSettings(preset))) {
    const level = severity === "warning" ? "warn" : severity;
    rules[`${namespace}/${id}`] = options ? [level, options] : level;
  }
  return { name: `${namespace}/${preset}`, files: FILES, plugins: { [namespace]: plugin }, rules };
}
