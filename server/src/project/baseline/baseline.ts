import { existsSync } from "node:fs";
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

/** Entries of a baseline, counted down while findings fit them. */
class Known {
  readonly #entries: { readonly entry: BaselineEntry; left: number }[];
  readonly #today: string;

  constructor({ findings }: BaselineContent, today: string) {
    this.#entries = findings.map((entry) => ({ entry, left: entry.count ?? 1 }));
    this.#today = today;
  }

  /** The entry of a digest that is left and of a file that fits. */
  take(digest: string | undefined, fits: (file: string) => boolean): BaselineEntry | undefined {
    const known = this.#entries.find(
      ({ entry, left }) =>
        left > 0 && entry.digest === digest && fits(entry.file) && !isOver(entry, this.#today),
    );
    if (known) known.left--;
    return known?.entry;
  }

  get left(): readonly number[] {
    return this.#entries.map(({ left }) => left);
  }
}

/** A day as baselines write it, `YYYY-MM-DD`, in the place where Paylint runs. */
export function dayOf(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function isOver({ until }: Pick<BaselineEntry, "until">, today: string): boolean {
  return until !== undefined && until < today;
}

/**
 * Moves the findings that a baseline knows to what is suppressed: of several of one content as many as it counts.
 * `today` is `YYYY-MM-DD`; an entry that is over counts for nothing.
 */
export function divide(files: readonly FileReport[], baseline: BaselineFile, today: string): Divided {
  const known = new Known(baseline, today);
  const entries = new Map<ReportedFinding, BaselineEntry>();
  const look = (fits: (entry: string, file: string) => boolean): void => {
    for (const { path: full, findings } of files) {
      const name = nameIn(baseline, full);
      for (const finding of findings) {
        const entry = entries.has(finding) ? undefined : known.take(finding.digest, (of) => fits(of, name));
        if (entry) entries.set(finding, entry);
      }
    }
  };
  look((of, name) => of === name);
  // What is left is of code that was moved.
  look(() => true);
  const divided = files.map((file) => ({
    ...file,
    findings: file.findings.filter((finding) => !entries.has(finding)),
    suppressed: [
      ...file.suppressed,
      ...file.findings.flatMap((finding): ReportedSuppression[] => {
        const entry = entries.get(finding);
        return entry ? [{ ...finding, reason: entry.reason, by: "baseline" }] : [];
      }),
    ],
  }));
  const left = known.left.flatMap((number, at) => {
    const entry = baseline.findings[at]!;
    return number > 0 ? [{ entry, found: (entry.count ?? 1) - number, place: baseline.places[at]! }] : [];
  });
  return { files: divided, left };
}

function nameIn(baseline: BaselineFile, file: string): string {
  return slashed(path.relative(path.dirname(baseline.file), file));
}

/**
 * The findings of one file, absolute, that a baseline does not know, as far as this file tells: entries count that are
 * of it, or of a file that is gone. `digest` makes the digest of a finding with the baseline's salt.
 */
export function unknownOf<Of>(
  file: string,
  findings: readonly Of[],
  digest: (finding: Of) => string | undefined,
  baseline: BaselineFile,
  today: string,
): readonly Of[] {
  const known = new Known(baseline, today);
  const name = nameIn(baseline, file);
  const isGone = (other: string): boolean => !existsSync(path.resolve(path.dirname(baseline.file), other));
  return findings.filter((finding) => {
    const of = digest(finding);
    return !known.take(of, (entry) => entry === name) && !known.take(of, isGone);
  });
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

/** How many findings each entry knows in vain; all of an entry that is over. */
export function leftOf(
  { left }: Divided,
  today: string,
  isLookedAt: (file: string) => boolean,
): ReadonlyMap<BaselineEntry, number> {
  const wanted = left.filter(({ entry }) => isOver(entry, today) || isLookedAt(entry.file));
  return new Map(wanted.map(({ entry, found }) => [entry, (entry.count ?? 1) - found]));
}

/** The entries that know all findings of some files, each with what is said of all of them. */
export function entriesFor(
  files: readonly FileReport[],
  folder: string,
  said: Pick<BaselineEntry, "reason" | "owner" | "until">,
): readonly BaselineEntry[] {
  return files.flatMap(({ path: full, findings }) => {
    const file = slashed(path.relative(folder, full));
    const entries = new Map<string, BaselineEntry>();
    for (const { ruleId: rule, digest } of findings) {
      if (digest === undefined) continue;
      const count = entries.has(digest) ? { count: (entries.get(digest)!.count ?? 1) + 1 } : {};
      entries.set(digest, { rule, file, digest, ...count, ...said });
    }
    return [...entries.values()];
  });
}
