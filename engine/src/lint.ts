import { mentionsDirective, resolveDirectives, type Comment, type SuppressedFinding } from "./directives.ts";
import { flowOf } from "./flow/flow.ts";
import { type Host, Linker, type SourceFile } from "./flow/link.ts";
import type { Module, Range } from "./flow/tree.ts";
import { languageOf } from "./language.ts";
import type { Observation, ObservationKind } from "./observe/observation.ts";
import { observers } from "./observe/index.ts";
import { concerns, concernsEntries, type Observer } from "./observe/observer.ts";
import { TextCache } from "./parse/cache.ts";
import { componentParts } from "./parse/components.ts";
import { parseJavaScript } from "./parse/javascript.ts";
import { type EntryLanguage, readers } from "./parse/readers.ts";
import { rules } from "./rules/index.ts";
import type { Finding, Report, Rule, Severity } from "./rules/rule.ts";

export interface SourceText {
  /** Absolute, or relative to the project's root; always with forward slashes. */
  readonly fileName: string;
  readonly text: string;
}

export interface RuleSetting {
  readonly severity: Severity | "off";
  readonly options?: object;
}

/** Settings by rule id; a rule that is not named is off. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** Something that kept a file, or part of it, from being read; not a finding. */
export interface Problem {
  readonly message: string;
  readonly range: Range;
}

export interface LintResult {
  readonly findings: readonly Finding[];
  /** What comments of the file switch off. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly observations: readonly Observation[];
  readonly problems: readonly Problem[];
  /** The names of all other files that were asked for; of a missing one its path as the specifier gives it. */
  readonly links: readonly string[];
  /** The names of the files whose importers were asked for. */
  readonly importersOf: readonly string[];
}

const NO_LINKS: Pick<LintResult, "links" | "importersOf"> = { links: [], importersOf: [] };

const NOTHING: LintResult = { findings: [], suppressed: [], observations: [], problems: [], ...NO_LINKS };

/**
 * Lints a file's text; nothing comes back for a file of a language that Paylint does not read. Without a host, what
 * other files hold is unknown. Where kinds are given, nothing of another kind is looked for.
 */
export function lintText(
  source: SourceText,
  settings: RuleSettings,
  host?: Host,
  kinds?: ReadonlySet<ObservationKind>,
): LintResult {
  const watching = kinds ? observers.filter(({ kind }) => kinds.has(kind)) : observers;
  const readings = [...readParts(source, watching, host)];
  if (readings.length === 0) return NOTHING;
  const observations = readings.flatMap((reading) => reading.observations);
  const comments = readings.flatMap((reading) => reading.comments());
  const { problems, ...divided } = resolveDirectives(source.text, comments, judge(observations, settings));
  return {
    ...divided,
    observations,
    problems: [...readings.flatMap((reading) => reading.problems), ...problems],
    links: readings.flatMap(({ links }) => links),
    importersOf: readings.flatMap(({ importersOf }) => importersOf),
  };
}

interface Reading extends Pick<LintResult, "observations" | "problems" | "links" | "importersOf"> {
  comments(): readonly Comment[];
}

/** Reads a file, or the parts of one that holds several languages; what nobody asks for is not read. */
function* readParts(
  source: SourceText,
  watching: readonly Observer[],
  host: Host | undefined,
): Generator<Reading> {
  const language = languageOf(source.fileName);
  if (language === "javascript") yield* readModule(source, watching, host);
  else if (language === "vue" || language === "svelte") {
    const { scripts, markup } = componentParts(source);
    yield* readModule(scripts, watching, host);
    yield* readEntries(markup, watching, language);
  } else if (language) yield* readEntries(source, watching, language);
}

function* readModule(
  source: SourceText,
  watching: readonly Observer[],
  host: Host | undefined,
): Generator<Reading> {
  const wanted = watching.filter((observer) => concerns(observer, source));
  if (wanted.length === 0 && !mentionsDirective(source.text)) return;
  const { module, comments, problems } = host ? modules.get(source) : parseJavaScript(source);
  const linker = linkerFor(host);
  const observations = module ? observe(module, wanted, linker) : [];
  const links = linker ? { links: linker.links, importersOf: linker.importersAsked } : NO_LINKS;
  yield { observations, problems, ...links, comments: () => comments };
}

/** A tree takes some hundred bytes for each character of its text. */
const modules = new TextCache(100, 1_000_000, parseJavaScript);

function linkerFor(host: Host | undefined): Linker | undefined {
  return host && new Linker(host, openLinked);
}

/** A line that cannot be read may hold what matters, so the whole file is unknown then. */
function openLinked(source: SourceFile): Module | undefined {
  if (languageOf(source.fileName) !== "javascript") return undefined;
  const { module, problems } = modules.get(source);
  return problems.length > 0 ? undefined : module;
}

function* readEntries(
  source: SourceText,
  watching: readonly Observer[],
  language: EntryLanguage,
): Generator<Reading> {
  const wanted = watching.filter((observer) => concernsEntries(observer, source.text, language));
  if (wanted.length === 0 && !mentionsDirective(source.text)) return;
  const reader = readers[language];
  const { file, problems } = reader.parse(source);
  const comments = () => (/(?:paylint|eslint)-disable/.test(source.text) ? reader.comments(file) : []);
  const observations = wanted.flatMap((observer) => [...observer.entries!(file)]);
  yield { observations, problems, ...NO_LINKS, comments };
}

/**
 * The findings of the rules that are on, in a text of entries whose language its name need not tell. Paylint's own
 * comments count; ESLint sees to its own.
 */
export function lintEntries(
  source: SourceText,
  language: EntryLanguage,
  settings: RuleSettings,
): readonly Finding[] {
  const kinds = judgedKinds(settings);
  const watching = observers.filter(({ kind }) => kinds.has(kind));
  const [reading] = readEntries(source, watching, language);
  if (!reading) return [];
  const findings = judge(reading.observations, settings);
  return resolveDirectives(source.text, reading.comments(), findings, ["paylint"]).findings;
}

/** Whether a JavaScript file could hold observations of a kind; if not, it need not even be parsed for them. */
export function mayObserve(kind: ObservationKind, source: SourceText): boolean {
  return concerned(source, kind).length > 0;
}

let asked: { readonly source: SourceText; readonly answers: Map<Observer, boolean> } | undefined;

/** The observers of a kind that a JavaScript file may hold something for; kept, since several rules judge a kind. */
function concerned({ fileName, text }: SourceText, kind: ObservationKind): readonly Observer[] {
  if (asked?.source.fileName !== fileName || asked.source.text !== text)
    asked = { source: { fileName, text }, answers: new Map() };
  const { source, answers } = asked;
  return observers.filter((observer) => {
    if (observer.kind !== kind) return false;
    let answer = answers.get(observer);
    if (answer === undefined) answers.set(observer, (answer = concerns(observer, source)));
    return answer;
  });
}

interface Observed {
  readonly linker: Linker | undefined;
  readonly byKind: Map<ObservationKind, readonly Observation[]>;
}

const observed = new WeakMap<Module["program"], Observed>();

/**
 * The observations of a kind in a module: gathered once per tree, however many rules ask; with the host of the first.
 */
export function observeModule(module: Module, kind: ObservationKind, host?: Host): readonly Observation[] {
  let known = observed.get(module.program);
  if (!known) observed.set(module.program, (known = { linker: linkerFor(host), byKind: new Map() }));
  let observations = known.byKind.get(kind);
  if (!observations) {
    observations = observe(module, concerned(module, kind), known.linker);
    known.byKind.set(kind, observations);
  }
  return observations;
}

let looking = false;

function observe(
  module: Module,
  wanted: readonly Observer[],
  linker: Linker | undefined,
): readonly Observation[] {
  // A look that was stopped by a time limit leaves answers half done with the trees that it used.
  if (looking) modules.clear();
  looking = true;
  const observations = wanted.flatMap((observer) => [...observer.javascript!(flowOf(module, linker))]);
  looking = false;
  return observations;
}

/** The kinds of observations that the rules which are on judge. */
export function judgedKinds(settings: RuleSettings): ReadonlySet<ObservationKind> {
  return new Set(rules.filter(({ id }) => isOn(settings[id])).map(({ observes }) => observes));
}

function isOn(setting: RuleSetting | undefined): setting is RuleSetting & { severity: Severity } {
  return setting !== undefined && setting.severity !== "off";
}

/** What the rules that are on say of the observations, in the order of the text. */
export function judge(observations: readonly Observation[], settings: RuleSettings): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const setting = settings[rule.id];
    if (!isOn(setting)) continue;
    const options = { ...rule.defaultOptions, ...setting.options };
    for (const observation of observations) {
      if (observation.kind !== rule.observes) continue;
      const report = rule.check(observation as never, options);
      if (report) findings.push(finding(rule, report, setting.severity));
    }
  }
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

function finding(rule: Rule, report: Report, severity: Severity): Finding {
  const template = rule.meta.messages[report.messageId];
  if (template === undefined) throw new Error(`${rule.id} has no message ${report.messageId}`);
  return {
    ...report,
    ruleId: rule.id,
    // A rule turned down to warning stays a warning, whatever the single report would say.
    severity: severity === "warning" ? severity : (report.severity ?? severity),
    message: template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => report.data?.[name] ?? ""),
  };
}
