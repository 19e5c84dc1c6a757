import path from "node:path";
import { slashed } from "@paylint/linking";
import type { FileReport, Remark, ReportedFinding, ReportedSuppression } from "../results.ts";
import type { BaselineContent, BaselineEntry, BaselineFile } from "./baseline-file.ts";

/** What of a run's files a baseline knows. */
export interface Divided {
  readonly files: readonly FileReport[];
  /** Entries with more findings than were found, and how many were. */
  readonly left: readonly LeftEntry[];
}

interface LeftEntry {
  readonly entry: BaselineEntry;
  readonly found: number;
  readonly place: BaselineFile["places"][number];
}

/** Findings of a baseline, counted down while they are found. */
class Known {
  readonly #entries: { readonly entry: BaselineEntry; left: number }[];
  readonly #byDigest: ReadonlyMap<string, { readonly entry: BaselineEntry; left: number }>;

  constructor({ findings }: BaselineContent) {
    this.#entries = findings.map((entry) => ({ entry, left: entry.count ?? 1 }));
    this.#byDigest = new Map(this.#entries.map((each) => [each.entry.digest, each]));
  }

  take({ digest }: ReportedFinding, today: string): BaselineEntry | undefined {
    const known = digest === undefined ? undefined : this.#byDigest.get(digest);
    if (!known || known.left === 0 || isOver(known.entry, today)) return undefined;
    known.left--;
    return known.entry;
  }

  get left(): readonly number[] {
    return this.#entries.map(({ left }) => left);
  }
}

function isOver({ until }: Pick<BaselineEntry, "until">, today: string): boolean {
  return until !== undefined && until < today;
}

/**
 * Moves the findings that a baseline knows to what is suppressed: of several of one content as many as it counts.
 * `today` is `YYYY-MM-DD`; an entry that is over counts for nothing.
 */
export function divide(files: readonly FileReport[], baseline: BaselineFile, today: string): Divided {
  const known = new Known(baseline);
  const divided = files.map((file) => {
    const findings: ReportedFinding[] = [];
    const suppressed: ReportedSuppression[] = [...file.suppressed];
    for (const finding of file.findings) {
      const entry = known.take(finding, today);
      if (entry) suppressed.push({ ...finding, reason: entry.reason, by: "baseline" });
      else findings.push(finding);
    }
    return { ...file, findings, suppressed };
  });
  const left = known.left.flatMap((number, at) => {
    const entry = baseline.findings[at]!;
    return number > 0 ? [{ entry, found: (entry.count ?? 1) - number, place: baseline.places[at]! }] : [];
  });
  return { files: divided, left };
}

/** What there is to say of the entries that nothing fitted, of the files that were looked at, and of those that are over. */
export function remarksOn({ left }: Divided, today: string, isLookedAt: (file: string) => boolean): Remark[] {
  return left.flatMap(({ entry, found, place: { line, column } }) => {
    const place = { line, column, endLine: line, endColumn: column + 1 };
    if (isOver(entry, today))
      return [
        {
          ...place,
          message: `This entry was to hold until ${entry.until}, so what it knows of ${entry.file} is told again. Repair it, or say anew until when it may stay`,
        },
      ];
    if (!isLookedAt(entry.file)) return [];
    const known = entry.count ?? 1;
    const fits =
      found === 0 ? "Nothing fits this entry any more" : `Only ${found} of ${known} findings fit this entry`;
    return [
      {
        ...place,
        message: `${fits} (${entry.rule} in ${entry.file}). Take it out with: paylint baseline prune`,
      },
    ];
  });
}

/** How many findings each entry knows in vain, by digest; all of an entry that is over. */
export function leftOf(
  { left }: Divided,
  today: string,
  isLookedAt: (file: string) => boolean,
): ReadonlyMap<string, number> {
  const wanted = left.filter(({ entry }) => isOver(entry, today) || isLookedAt(entry.file));
  return new Map(wanted.map(({ entry, found }) => [entry.digest, (entry.count ?? 1) - found]));
}

/** The entries that know all findings of some files, each with what is said of all of them. */
export function entriesFor(
  files: readonly FileReport[],
  folder: string,
  said: Pick<BaselineEntry, "reason" | "owner" | "until">,
): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const { path: file, findings } of files)
    for (const { ruleId: rule, digest } of findings) {
      if (digest === undefined) continue;
      const { count = 0, ...known } = entries.get(digest) ?? {};
      const name = slashed(path.relative(folder, file));
      const entry = { rule, file: name, digest, ...known };
      entries.set(
        digest,
        "file" in known ? { ...entry, count: Math.max(count, 1) + 1, ...said } : { ...entry, ...said },
      );
    }
  return [...entries.values()];
}
