import {
  type Finding,
  judge,
  mayObserve,
  observeModule,
  resolveDirectives,
  type Rule,
  rulePage,
} from "@paylint/engine";
import type { Rule as ESLintRule } from "eslint";
import { hostOf } from "./linking.ts";
import { commentsOf, fileNameOf, isJavaScript, moduleOf } from "./module.ts";

type Context = ESLintRule.RuleContext;

/** A rule of the engine as an ESLint rule. However many of them are on, a file is observed once. */
export function toESLintRule(rule: Rule): ESLintRule.RuleModule {
  return {
    meta: metaOf(rule),
    create(context) {
      const { sourceCode } = context;
      // Before anything else is asked for: oxlint builds its tree only when a rule listens or asks.
      if (!isJavaScript(sourceCode)) return {};
      if (!mayObserve(rule.observes, { fileName: fileNameOf(context), text: sourceCode.text })) return {};
      return {
        Program() {
          for (const finding of findingsOf(rule, context)) report(finding, context);
        },
      };
    },
  };
}

function metaOf(rule: Rule): ESLintRule.RuleMetaData {
  const { description, messages, presets, schema } = rule.meta;
  const takesOptions = Object.keys(schema).length > 0;
  return {
    type: "problem",
    docs: { description, url: rulePage(rule.id), recommended: presets.includes("recommended") },
    languages: ["js/js"],
    messages,
    hasSuggestions: true,
    schema: takesOptions ? [{ type: "object", ...schema, additionalProperties: false }] : [],
    defaultOptions: takesOptions ? [rule.defaultOptions] : [],
  };
}

function findingsOf(rule: Rule, context: Context): readonly Finding[] {
  const options = context.options[0] as object | undefined;
  const observations = observeModule(moduleOf(context), hostOf(context));
  const findings = judge(observations, { [rule.id]: { severity: rule.meta.severity, options } });
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
