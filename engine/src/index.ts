export {
  resolveDirectives,
  type Comment,
  type Dialect,
  type Resolution,
  type SuppressedFinding,
} from "./directives.ts";
export { languageOf } from "./language.ts";
export { judge, judgedKinds, lintEntries, lintText, mayObserve, observeModule } from "./lint.ts";
export type { LintResult, Problem, RuleSetting, RuleSettings, SourceText } from "./lint.ts";
export { specifiersIn } from "./flow/glance.ts";
export type { Host, SourceFile } from "./flow/link.ts";
export type { Module, Range } from "./flow/tree.ts";
export type * from "./observe/observation.ts";
export { parseDotenv } from "./parse/dotenv.ts";
export { commentsIn, type EntryLanguage } from "./parse/readers.ts";
export { LineIndex, type Position } from "./parse/lines.ts";
export * from "./providers/index.ts";
export { rules } from "./rules/index.ts";
export { rulePage } from "./rules/page.ts";
export type { Finding, Language, Rule, RuleMeta, Severity } from "./rules/rule.ts";
export { presetSettings, type Preset } from "./settings.ts";
