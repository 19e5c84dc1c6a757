import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Rule, rulePage, type Severity } from "@paylint/engine";
import type {
  Invocation,
  Location,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
  Suppression,
  Log,
} from "sarif";
import { contains, slashed } from "@paylint/linking";
import type {
  CheckResult,
  FileReport,
  Place,
  Remark,
  ReportedFinding,
  ReportedSuppression,
} from "../project/results.ts";
import { filesTold, type ReportInput, totalsOf } from "./report.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";

/** GitHub takes so many results of a run, and so many steps of a way (10,000, which nobody reads). */
const MOST_RESULTS = 25_000;
const MOST_STEPS = 100;

/** A SARIF 2.1.0 log: places are relative to the current folder, suppressed findings are told as such. */
export function sarifReport({ result, rules, version }: ReportInput): string {
  const log: Log = {
    version: "2.1.0",
    $schema: SCHEMA,
    runs: [
      {
        tool: {
          driver: {
            name: "Paylint",
            version,
            semanticVersion: version,
            informationUri: "https://www.npmjs.com/package/paylint",
            rules: rules.map(descriptor),
            notifications: NOTIFICATIONS,
          },
        },
        columnKind: "utf16CodeUnits",
        ...(result.shard && { properties: { shard: result.shard } }),
        originalUriBaseIds: { [ROOT]: { uri: folderUrl(result.root) } },
        invocations: [invocation(result)],
        results: resultsOf(result, rules),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** How grave GitHub shows a finding, on CVSS's scale: "high" from 7, "medium" from 4. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: "8.0", warning: "5.0" };

function descriptor({ id, meta }: Rule): ReportingDescriptor {
  const helpUri = rulePage(id);
  const standards = [
    ...meta.standards.asvs.map((clause) => `OWASP ASVS 5.0.0 ${clause}`),
    ...meta.standards.pci.map((clause) => `PCI DSS 4.0.1 ${clause}`),
    ...meta.standards.api.map((clause) => `OWASP API Security 2023 ${clause}`),
  ];
  const supports = standards.length > 0 ? ` Supports ${standards.join(", ")}.` : "";
  return {
    id,
    name: id,
    shortDescription: { text: `${meta.description}.` },
    fullDescription: { text: `${meta.description}.${supports}` },
    helpUri,
    help: {
      text: `${meta.description}.${supports} What to do: ${helpUri}`,
      markdown: `${meta.description}.${supports} [What to do](${helpUri})`,
    },
    defaultConfiguration: { level: meta.severity },
    properties: {
      tags: ["security", ...meta.cwe.map((number) => `external/cwe/cwe-${String(number).padStart(3, "0")}`)],
      precision: "high",
      "security-severity": SECURITY_SEVERITY[meta.severity],
    },
  };
}

function resultsOf({ root, files }: CheckResult, rules: readonly Rule[]): Result[] {
  const result = (file: string, finding: ReportedFinding): Result => ({
    ruleId: finding.ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === finding.ruleId),
    level: finding.severity,
    message: { text: finding.message },
    locations: [locationOf(root, file, finding)],
    ...relatedOf(root, file, finding.related),
    ...wayOf(root, file, finding),
    ...fixesOf(root, file, finding),
    partialFingerprints: { "paylint/v2": finding.fingerprint },
    ...(finding.commit && { properties: { commit: finding.commit } }),
  });
  const found = files.flatMap((file) => file.findings.map((finding) => result(file.path, finding)));
  const suppressed = files.flatMap((file) =>
    file.suppressed.map((finding) => ({
      ...result(file.path, finding),
      suppressions: [suppressionOf(finding)],
    })),
  );
  const room = MOST_RESULTS - suppressed.length;
  const kept = found.length <= room ? found : [...found].sort(errorsFirst).slice(0, Math.max(room, 0));
  // The standard wants suppressions told of every result or of none.
  if (suppressed.length === 0) return kept;
  return [...kept.map((each) => ({ ...each, suppressions: [] })), ...suppressed.slice(0, MOST_RESULTS)];
}

function errorsFirst({ level: a }: Result, { level: b }: Result): number {
  return Number(b === "error") - Number(a === "error");
}

/** Says what GitHub's limit left out. */
function limitOf(files: readonly FileReport[]): Notification[] {
  const { findings, suppressed } = totalsOf(files);
  const left = findings + suppressed - MOST_RESULTS;
  if (left <= 0) return [];
  const text = `${left} results are left out, since GitHub takes ${MOST_RESULTS} of a run: check parts of the project by themselves.`;
  return [{ descriptor: { id: "limit" }, level: "warning", message: { text } }];
}

function suppressionOf({ reason, by }: ReportedSuppression): Suppression {
  return {
    kind: by === "comment" ? "inSource" : "external",
    ...(reason === undefined ? {} : { justification: reason }),
  };
}

function relatedOf(root: string, file: string, related: readonly Remark[]): Pick<Result, "relatedLocations"> {
  if (related.length === 0) return {};
  return {
    relatedLocations: related.map((remark, id) => ({
      id,
      ...locationOf(root, file, remark),
      message: { text: remark.message },
    })),
  };
}

/** The steps that lead to a finding, as a code flow that ends at it. */
function wayOf(
  root: string,
  file: string,
  { message, related, ...place }: ReportedFinding,
): Pick<Result, "codeFlows"> {
  if (related.length === 0) return {};
  const steps = [...related.slice(0, MOST_STEPS), { ...place, message }];
  const locations = steps.map((step) => ({
    location: { ...locationOf(root, file, step), message: { text: step.message } },
  }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

function fixesOf(root: string, file: string, { fixes = [] }: ReportedFinding): Pick<Result, "fixes"> {
  if (fixes.length === 0) return {};
  const { artifactLocation } = locationOf(root, file).physicalLocation!;
  return {
    fixes: fixes.map(({ title, edits }) => ({
      description: { text: title },
      artifactChanges: [
        {
          artifactLocation: artifactLocation!,
          replacements: edits.map(({ text, ...place }) => ({
            deletedRegion: regionOf(place),
            insertedContent: { text },
          })),
        },
      ],
    })),
  };
}

function regionOf({ line, column, endLine, endColumn }: Place): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function locationOf(root: string, file: string, place?: Place): Location {
  const inside = contains(root, file);
  const artifactLocation = inside
    ? { uri: relativeUri(root, file), uriBaseId: ROOT }
    : { uri: pathToFileURL(file).href };
  if (!place) return { physicalLocation: { artifactLocation } };
  return { physicalLocation: { artifactLocation, region: regionOf(place) } };
}

function relativeUri(root: string, file: string): string {
  return slashed(path.relative(root, file)).split("/").map(encodeURIComponent).join("/") || ".";
}

function folderUrl(folder: string): string {
  return pathToFileURL(folder).href.replace(/\/?$/, "/");
}

const NOTIFICATIONS: ReportingDescriptor[] = [
  { id: "limit", shortDescription: { text: "Results were left out, since there were too many." } },
  { id: "skipped", shortDescription: { text: "A file or folder was left out on purpose." } },
  { id: "not-linted", shortDescription: { text: "A file could not be read or analysed." } },
  {
    id: "problem",
    shortDescription: { text: "A part of a file could not be read, or a comment does not count." },
  },
];

function invocation(result: CheckResult): Invocation {
  const { root, skipped, failures } = result;
  const notification = (
    id: string,
    level: Notification["level"],
    text: string,
    location: Location,
  ): Notification => ({ descriptor: { id }, level, message: { text }, locations: [location] });
  return {
    executionSuccessful: true,
    toolExecutionNotifications: [
      ...limitOf(result.files),
      ...failures.map((each) => notification("not-linted", "error", told(each), locationOf(root, each.path))),
      ...filesTold(result).flatMap(({ path: file, problems }) =>
        problems.map((problem) =>
          notification("problem", "warning", problem.message, locationOf(root, file, problem)),
        ),
      ),
      ...skipped.map((each) => notification("skipped", "note", told(each), locationOf(root, each.path))),
    ],
  };
  function told({ path: file, detail }: { path: string; detail: string }): string {
    return `${slashed(path.relative(root, file))} ${detail}`;
  }
}
