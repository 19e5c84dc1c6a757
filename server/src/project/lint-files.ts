import path from "node:path";
import {
  type Detectable,
  type Detector,
  detectorOf,
  type Finding,
  type Host,
  judgedKinds,
  lintText,
  providers,
} from "@paylint/engine";
import { DiskHost, type ReadText, slashed } from "@paylint/linking";
import { fileEvidence } from "../checklist/file-evidence.ts";
import { digestOf } from "./baseline/digest.ts";
import type { Target } from "./find.ts";
import { type ProjectRules, rulesFor } from "./file-rules.ts";
import { briefPlaceOf } from "./errors.ts";
import { fixesOf } from "./fixes.ts";
import { fingerprintOf } from "./fingerprints.ts";
import { Places } from "./places.ts";
import { readTarget } from "./read.ts";
import { eachWithin } from "./time-limit.ts";
import type { FileReport, Outcome, ReportedFinding } from "./results.ts";

/** What every file of a run is linted with; clonable, so that it can be handed to a worker. */
export interface LintContext extends ProjectRules {
  /** The folder that the rules see file names relative to; absolute. */
  readonly root: string;
  /** Follows meanings into other files of the project. */
  readonly link: boolean;
  /** Texts by path, absolute, that count instead of what the disk holds. */
  readonly texts?: ReadonlyMap<string, ReadText> | undefined;
  /** Gathers the repairs of findings, too. */
  readonly fixes?: boolean | undefined;
  /** The salt of the baseline that findings are compared with. */
  readonly salt?: string | undefined;
  /** Gathers evidence for the checklist, too, and the project's own providers among it. */
  readonly evidence?: { readonly ownProviders: readonly Detectable[] } | undefined;
}

/** What a single file may take, in milliseconds; ordinary files take a few. */
const TIME_LIMIT = 10_000;

/** Where the other files come from that a run looks at; the same host serves all of its files. */
export function hostFor({ link, root, texts }: LintContext): Host | undefined {
  return link ? new DiskHost(root, { textOf: (file) => texts?.get(file)?.text }) : undefined;
}

/** Reads and lints files, one outcome for each, in their order. No file takes longer than the limit. */
export function lintFiles(
  targets: readonly Target[],
  context: LintContext,
  host: Host | undefined,
  limit = TIME_LIMIT,
): Outcome[] {
  const detect = context.evidence && detectorOf([...providers, ...context.evidence.ownProviders]);
  return eachWithin(
    limit,
    targets,
    (target) => lintFile(target, context, host, detect),
    ({ path: file }) => {
      const detail = `was given up after ${limit / 1000} s`;
      return { failure: { path: file, reason: "too-slow", detail } };
    },
  );
}

function lintFile(
  target: Target,
  context: LintContext,
  host: Host | undefined,
  detect: Detector | undefined,
): Outcome {
  const read = readTarget(target, context.texts);
  if (!("text" in read)) return read;
  try {
    const { text, remark } = read;
    const fileName = slashed(path.relative(context.root, target.path));
    const rules = rulesFor(context, target.path, target.gitIgnored);
    const result = lintText({ fileName, text }, rules, host, detect ? undefined : judgedKinds(rules));
    const { findings, suppressed, problems } = result;
    const places = new Places(text);
    const report = (finding: Finding): ReportedFinding => ({
      ...places.at(finding.range),
      ruleId: finding.ruleId,
      severity: finding.severity,
      message: finding.message,
      related: (finding.related ?? []).map(({ range, message }) => ({ ...places.at(range), message })),
      fingerprint: fingerprintOf(fileName, text, finding),
      ...(context.fixes && { fixes: fixesOf(finding, text, places) }),
      ...(context.salt !== undefined && { digest: digestOf(context.salt, fileName, text, finding) }),
    });
    const remarks = problems.map(({ range, message }) => ({ ...places.at(range), message }));
    if (remark !== undefined) remarks.unshift({ ...places.at({ start: 0, end: 0 }), message: remark });
    const file: FileReport = {
      path: target.path,
      findings: findings.map(report),
      suppressed: suppressed.map((finding) => ({
        ...report(finding),
        reason: finding.suppression.reason,
        by: "comment" as const,
      })),
      problems: remarks,
      links: result.links,
      importersOf: result.importersOf,
      ...(detect && { evidence: fileEvidence({ fileName, text }, result, { rules, detect }) }),
    };
    return { report: file };
  } catch (error) {
    const detail = `stopped the analysis with an error of Paylint's own: ${briefPlaceOf(error)}`;
    return { failure: { path: target.path, reason: "crashed", detail } };
  }
}
