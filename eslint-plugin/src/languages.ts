import { type EntryLanguage, type Language, languageOf, type Rule } from "@paylint/engine";
import type { Rule as ESLintRule, SourceCode } from "eslint";
import { fileNameOf } from "./module.ts";

type Readable = "javascript" | EntryLanguage;

/** What the engine's languages are called as languages of ESLint's plugins, by the names the plugins give themselves. */
const NAMES: Readonly<Partial<Record<Language, readonly string[]>>> = {
  javascript: ["js/js"],
  dotenv: ["paylint/dotenv"],
  json: ["json/json", "json/jsonc", "json/json5"],
  yaml: ["yml/yaml"],
  toml: ["toml/toml"],
  markdown: ["markdown/commonmark", "markdown/gfm"],
};

/** The languages of ESLint that a rule takes. Parsers of other languages stand in for JavaScript's, so each takes that. */
export function languagesOf({ meta }: Rule): string[] {
  return meta.languages.flatMap((language) => NAMES[language] ?? []);
}

/** By the root of the tree, where it tells more than the file's name. */
const ROOTS: Readonly<Record<string, Readable>> = { DotenvFile: "dotenv", Document: "json" };

/** The language in which ESLint read the file; undefined for one that Paylint does not read. */
export function languageHere(context: ESLintRule.RuleContext): Readable | undefined {
  const sourceCode = context.sourceCode as SourceCode & { isESTree?: boolean };
  const { isYAML, isJSON, isTOML } = (sourceCode.parserServices ?? {}) as Record<string, unknown>;
  if (isYAML) return "yaml";
  if (isJSON) return "json";
  if (isTOML) return "toml";
  // oxlint builds its tree only when a rule listens or asks, so JavaScript does not ask for it.
  if (sourceCode.isESTree) return "javascript";
  const language = ROOTS[rootOf(context)] ?? languageOf(fileNameOf(context));
  return language === "javascript" ? undefined : language;
}

/** The type of the tree's root. */
export function rootOf({ sourceCode }: ESLintRule.RuleContext): string {
  return sourceCode.ast.type;
}
