// Runs ESLint with @typescript-eslint/parser on the files listed in a JSON file: `eslint.ts LIST [plugin|empty|peers]`.
// With `plugin`, Paylint's recommended preset is on; with `empty`, one rule that does nothing, since ESLint itself takes
// more as soon as there is a rule; with `peers`, the security plugins that a team would take otherwise; else no rule at
// all.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import tsParser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import noSecrets from "eslint-plugin-no-secrets";
import nodeSecurity from "eslint-plugin-node-security";
import security from "eslint-plugin-security";

const [list, mode] = process.argv.slice(2);
const files = JSON.parse(readFileSync(list!, "utf8")) as string[];
const PLUGIN = path.resolve(import.meta.dirname, "../eslint-plugin/dist/index.js");

/** The recommended rules of each, and the one rule of that which recommends none. */
const peers = [
  security.configs.recommended,
  nodeSecurity.configs.recommended,
  { plugins: { "no-secrets": noSecrets }, rules: { "no-secrets/no-secrets": "error" } },
] as Linter.Config[];

const config: Linter.Config[] = [
  {
    files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"],
    languageOptions: { parser: tsParser as Linter.Parser },
    // Comments of the linted code speak of rules that are not there.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
  },
];
if (mode === "plugin") {
  const { default: paylint } = (await import(pathToFileURL(PLUGIN).href)) as {
    default: { configs: { recommended: Linter.Config | Linter.Config[] } };
  };
  config.push(...[paylint.configs.recommended].flat());
}
if (mode === "empty") {
  const rule = { create: () => ({}) };
  config.push({ plugins: { empty: { rules: { rule } } }, rules: { "empty/rule": "error" } });
}
if (mode === "peers") config.push(...peers);
const eslint = new ESLint({
  cwd: process.cwd(),
  overrideConfigFile: true,
  overrideConfig: config,
  warnIgnored: false,
});
const results = await eslint.lintFiles(files);
console.log(
  `${results.length} files, ${results.reduce((sum, { messages }) => sum + messages.length, 0)} messages`,
);
