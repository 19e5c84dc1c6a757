import {
  type EntryLanguage,
  type Finding,
  judge,
  lintEntries,
  mayObserve,
  observeModule,
  resolveDirectives,
  type Rule,
  rulePage,
  type RuleSettings,
} from "@paylint/engine";
import type { Rule as ESLintRule } from "eslint";
import { hostOf } from "./linking.ts";
import { languageHere, languagesOf, rootOf } from "./languages.ts";
import { commentsOf, fileNameOf, moduleOf } from "./module.ts";

type Context = ESLintRule.RuleContext;

/** A rule of the engine as an ESLint rule. However many of them are on, a file is observed once. */
export function toESLintRule(rule: Rule): ESLintRule.RuleModule {
  return {
    meta: metaOf(rule),
    create(context) {
      const language = languageHere(context);
      if (language === undefined || !rule.meta.languages.includes(language)) return {};
      const { sourceCode } = context;
      if (language !== "javascript") return onRoot(context, () => entryFindings(rule, language, context));
      // Before anything else is asked for: oxlint builds its tree only when a rule listens or asks.
      if (!mayObserve(rule.observes, { fileName: fileNameOf(context), text: sourceCode.text })) return {};
      return onRoot(context, () => moduleFindings(rule, context));
    },
  };
}

/** Reports once the tree is there; what its root is called depends on who made it. */
function onRoot(context: Context, findings: () => readonly Finding[]): ESLintRule.RuleListener {
  return {
    [rootOf(context)]() {
      for (const finding of findings()) report(finding, context);
    },
  };
}

function metaOf(rule: Rule): ESLintRule.RuleMetaData {
  const { description, messages, presets, schema } = rule.meta;
  const takesOptions = Object.keys(schema).length > 0;
  return {
    type: "problem",
    docs: { description, url: rulePage(rule.id), recommended: presets.includes("recommended") },
    languages: languagesOf(rule),
    messages,
    hasSuggestions: true,
    schema: takesOptions ? [{ type: "object", ...schema, additionalProperties: false }] : [],
    defaultOptions: takesOptions ? [rule.defaultOptions] : [],
  };
}

function settingsOf({ id, meta }: Rule, { options }: Context): RuleSettings {
  return { [id]: { severity: meta.severity, ...(options[0] && { options: options[0] as object }) } };
}

function entryFindings(rule: Rule, language: EntryLanguage, context: Context): readonly Finding[] {
  const source = { fileName: fileNameOf(context), text: context.sourceCode.text };
  return lintEntries(source, language, settingsOf(rule, context));
}

function moduleFindings(rule: Rule, context: Context): readonly Finding[] {
  const observations = observeModule(moduleOf(context), rule.observes, hostOf(context));
  const findings = judge(observations, settingsOf(rule, context));
  // ESLint sees to its own comments; Paylint's count here as they do in the editor and on the command line.
  const { text } = context.sourceCode;
  return findings.length > 0
    ? resolveDirectives(text, commentsOf(context.sourceCode), findings, ["paylint"]).findings
    : findings;
}

/** ESLint has no place for related locations, so they stay with the engine's other front ends. */
function report(
  { range, messageId, data, suggestions = [] }: Finding,
  { report, sourceCode }: Context,
): void {
  report({
    loc: { start: sourceCode.getLocFromIndex(range.start), end: sourceCode.getLocFromIndex(range.end) },
    messageId,
    data,
    suggest: suggestions.map(({ title, edits }) => ({
      desc: title,
      fix: (fixer) => edits.map(({ range, text }) => fixer.replaceTextRange([range.start, range.end], text)),
    })),
  });
}
