import { createHash } from "node:crypto";
import {
  type Answer,
  type Detector,
  type Fact,
  type Finding,
  judge,
  languageOf,
  type LintResult,
  type Observation,
  type ObservationKind,
  type RuleSettings,
  type SourceText,
} from "@paylint/engine";
import { Places } from "../project/places.ts";
import type { Place } from "../project/results.ts";

/** What one file says of the checklist; plain data, so that it can be sent between threads. */
export interface FileEvidence {
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string;
  /** Ids of the providers that the file speaks of, and what tells so first. */
  readonly providers: Readonly<Record<string, string>>;
  readonly observations: readonly ObservedCode[];
}

/** An observation as the checklist keeps it. */
export interface ObservedCode {
  readonly kind: ObservationKind;
  /** Undefined when the code does not tell. */
  readonly provider: string | undefined;
  /** By the name of the fact. */
  readonly facts: Readonly<Record<string, ObservedFact>>;
  /** What the rules that are on report of it. */
  readonly findings: readonly EvidenceFinding[];
  /** What they would report if a comment did not suppress it. */
  readonly suppressed: readonly EvidenceFinding[];
  /** Stays the same while the code does, wherever it stands. */
  readonly stamp: string;
}

export interface ObservedFact {
  readonly answer: Answer;
  readonly place: Place;
}

export interface EvidenceFinding {
  readonly ruleId: string;
  readonly message: string;
  readonly place: Place;
}

export interface EvidenceOptions {
  /** The settings that the file was linted with. */
  readonly rules: RuleSettings;
  readonly detect: Detector;
}

/** The evidence of a file, out of what linting it gave. */
export function fileEvidence(source: SourceText, result: LintResult, options: EvidenceOptions): FileEvidence {
  const places = new Places(source.text);
  // What people write of their sign-offs, or in documentation, tells nothing of the code.
  const isProse = OWN_FILE.test(source.fileName) || languageOf(source.fileName) === "markdown";
  const detected = isProse ? [] : options.detect({ packages: packagesIn(source), text: source.text });
  return {
    file: source.fileName,
    providers: Object.fromEntries([...detected].map(([id, [first]]) => [id, first?.text ?? ""])),
    observations: result.observations.map((observation) =>
      observedCode(observation, { source, result, places, rules: options.rules }),
    ),
  };
}

const OWN_FILE = /(?:^|\/)(?:paylint|go-live)\.json$/;

interface Surroundings {
  readonly source: SourceText;
  readonly result: LintResult;
  readonly places: Places;
  readonly rules: RuleSettings;
}

function observedCode(
  observation: Observation,
  { source, result, places, rules }: Surroundings,
): ObservedCode {
  const reported = judge([observation], rules);
  const among = (findings: readonly Finding[]): EvidenceFinding[] =>
    reported
      .filter((finding) => findings.some((other) => isSame(finding, other)))
      .map(({ ruleId, message, range }) => ({ ruleId, message, place: places.at(range) }));
  const facts = factsOf(observation);
  return {
    kind: observation.kind,
    provider: observation.provider,
    facts: Object.fromEntries(
      facts.map(([name, { answer, range }]) => [name, { answer, place: places.at(range) }]),
    ),
    findings: among(result.findings),
    suppressed: among(result.suppressed),
    stamp: stampOf(observation, facts, source.text),
  };
}

function isSame(finding: Finding, other: Finding): boolean {
  return (
    finding.ruleId === other.ruleId &&
    finding.range.start === other.range.start &&
    finding.range.end === other.range.end
  );
}

function factsOf(observation: Observation): [string, Fact][] {
  return Object.entries(observation).filter(
    (entry): entry is [string, Fact] => typeof (entry[1] as Partial<Fact> | undefined)?.answer === "string",
  );
}

/** Of a secret's code only the rest is stamped: a hash of a short secret can be turned back by trying. */
function stampOf(observation: Observation, facts: readonly [string, Fact][], text: string): string {
  const { kind, range } = observation;
  const code = kind === "secret" ? observation.name : text.slice(range.start, range.end).replace(/\s+/g, "");
  const answers = facts.map(([name, { answer }]) => `${name}=${answer}`);
  return shortHash([kind, ...answers, code]);
}

/** 16 hexadecimal digits. */
export function shortHash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}

const IMPORTS = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["'`]([^"'`\n]+)["'`]/g;

/** Packages that a script imports, or a package.json depends on. */
function packagesIn({ fileName, text }: SourceText): string[] {
  if (!/(?:^|\/)package\.json$/.test(fileName)) return [...text.matchAll(IMPORTS)].map(([, name]) => name!);
  try {
    const manifest = JSON.parse(text) as { dependencies?: object } | null;
    return Object.keys(manifest?.dependencies ?? {});
  } catch {
    return [];
  }
}
