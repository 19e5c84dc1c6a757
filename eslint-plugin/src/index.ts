import { rules } from "@paylint/engine";
import type { ESLint, Linter, Rule } from "eslint";
import manifest from "../package.json" with { type: "json" };
import { toESLintRule } from "./adapter.ts";
import { dotenv } from "./dotenv.ts";
import { dotenvConfig, presetConfig } from "./presets.ts";

/** The plugin as ESLint's flat config takes it. */
export interface PaylintPlugin {
  meta: { name: string; version: string; namespace: string };
  /** By id, without the plugin's prefix. */
  rules: Record<string, Rule.RuleModule>;
  /** `dotenv`, for files of environment variables. */
  languages: NonNullable<ESLint.Plugin["languages"]>;
  /**
   * `recommended` for the code of every project; `strict` adds the rules that ask for more than most teams keep to.
   * `dotenv` is `recommended` for files of environment variables.
   */
  configs: { recommended: Linter.Config; strict: Linter.Config; dotenv: Linter.Config };
}

const namespace = "paylint";

const plugin: PaylintPlugin = {
  meta: { name: manifest.name, version: manifest.version, namespace },
  rules: Object.fromEntries(rules.map((rule) => [rule.id, toESLintRule(rule)])),
  languages: { dotenv },
  // The presets hold the plugin itself, so they can only be made once it exists.
  configs: { recommended: {}, strict: {}, dotenv: {} },
};
plugin.configs.recommended = presetConfig("recommended", namespace, plugin);
plugin.configs.strict = presetConfig("strict", namespace, plugin);
plugin.configs.dotenv = dotenvConfig(namespace, plugin);

export default plugin;
// What require() returns in a CommonJS config file.
export { plugin as "module.exports" };
