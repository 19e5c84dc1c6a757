import type { ObservationKind } from "@paylint/engine";
import type { FileEvidence, ObservedCode } from "./file-evidence.ts";

/** An observation and the file it stands in. */
export interface Located {
  readonly file: FileEvidence;
  readonly code: ObservedCode;
}

/** The evidence of all files of a project, each replaceable by itself. */
export class EvidenceIndex {
  readonly #files = new Map<string, FileEvidence>();
  /** Most files hold no observation, and are not here. */
  readonly #byKind = new Map<ObservationKind, Map<string, FileEvidence>>();
  /** By provider, the files that speak of it. */
  readonly #byProvider = new Map<string, Map<string, FileEvidence>>();

  /** Replaces what a file says; undefined when it is gone. Returns what it said before. */
  replace(file: string, evidence: FileEvidence | undefined): FileEvidence | undefined {
    const before = this.#files.get(file);
    for (const { map, key } of before ? this.#entriesOf(before) : []) map.get(key)?.delete(file);
    if (evidence) {
      this.#files.set(file, evidence);
      for (const { map, key } of this.#entriesOf(evidence)) {
        const files = map.get(key) ?? new Map<string, FileEvidence>();
        map.set(key, files.set(file, evidence));
      }
    } else this.#files.delete(file);
    return before;
  }

  /** The observations of some kinds, in the order of the files' names and of the code. */
  of(kinds: ReadonlySet<ObservationKind>): Located[] {
    const files = new Map([...kinds].flatMap((kind) => [...(this.#byKind.get(kind) ?? [])]));
    return [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, file]) =>
        file.observations.filter(({ kind }) => kinds.has(kind)).map((code) => ({ file, code })),
      );
  }

  /** What tells of each provider: the first file that speaks of it, and how many do. */
  detected(): Map<string, { readonly file: string; readonly by: string; readonly files: number }> {
    const detected = [...this.#byProvider].filter(([, files]) => files.size > 0);
    return new Map(
      detected
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, files]) => {
          const first = [...files.values()].reduce((a, b) => (a.file < b.file ? a : b));
          return [id, { file: first.file, by: first.providers[id]!, files: files.size }];
        }),
    );
  }

  *#entriesOf(
    evidence: FileEvidence,
  ): Generator<{ map: Map<string, Map<string, FileEvidence>>; key: string }> {
    const kinds = new Set(evidence.observations.map(({ kind }) => kind));
    for (const key of kinds) yield { map: this.#byKind, key };
    for (const key of Object.keys(evidence.providers)) yield { map: this.#byProvider, key };
  }
}
