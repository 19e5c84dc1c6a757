import { isDeepStrictEqual } from "node:util";
import type { ListedItem, ObservationKind } from "@paylint/engine";
import { evaluate, kindsOf } from "./evaluate.ts";
import { EvidenceIndex, type Located } from "./evidence-index.ts";
import type { FileEvidence } from "./file-evidence.ts";
import type { SignOffs } from "./go-live.ts";
import type { ItemStatus } from "./item-status.ts";
import { countsFor, withChecklists } from "./relevance.ts";
import type { SigningRules } from "./sign-off-state.ts";

export interface ChecklistOptions {
  /** Ids of the providers that the settings name; undefined when the code tells. */
  readonly providers: readonly string[] | undefined;
  /** Ids of the project's own providers, which are always in use. */
  readonly ownProviders: readonly string[];
  /** The items of a provider, in the order in which they are shown. */
  itemsOf(provider: string): readonly ListedItem[];
  /** Whether sign-offs grow stale with time. */
  readonly shelfLife: boolean;
  now(): Date;
}

/** A provider in use, and what tells so. */
export interface ProviderInUse {
  readonly id: string;
  /** The first file that speaks of it, and what it says; undefined when only the settings name it. */
  readonly evidence: { readonly file: string; readonly by: string; readonly files: number } | undefined;
}

/** The go-live checklist of one project, kept up to date file by file and sign-off by sign-off. */
export class Checklist {
  readonly #options: ChecklistOptions;
  readonly #index = new EvidenceIndex();
  #signOffs: SignOffs = {};
  /** The providers with a checklist in this project. */
  #providers: readonly string[] = [];
  /** In the order in which they are shown. */
  #statuses = new Map<string, ItemStatus>();

  constructor(options: ChecklistOptions) {
    this.#options = options;
    this.#begin();
  }

  /** All items of the providers in use, in the order in which they are shown. */
  get statuses(): readonly ItemStatus[] {
    return [...this.#statuses.values()];
  }

  /** By full id of the item. */
  statusOf(id: string): ItemStatus | undefined {
    return this.#statuses.get(id);
  }

  /** Ids of the providers whose checklists the project has. */
  get providers(): readonly string[] {
    return this.#providers;
  }

  /** The providers that the project uses, with and without a checklist. */
  get inUse(): readonly ProviderInUse[] {
    const detected = this.#index.detected();
    return this.#idsInUse(detected).map((id) => ({ id, evidence: detected.get(id) }));
  }

  /** Sign-offs that belong to no item of the project: of a provider that it does not use, or of an older Paylint. */
  get strays(): readonly string[] {
    return Object.entries(this.#signOffs)
      .filter(([id, signOffs]) => signOffs.length > 0 && !this.#statuses.has(id))
      .map(([id]) => id);
  }

  /** Takes the first look at all files at once. */
  load(files: Iterable<FileEvidence>, signOffs: SignOffs): void {
    for (const evidence of files) this.#index.replace(evidence.file, evidence);
    this.#signOffs = signOffs;
    this.#begin();
  }

  /** Replaces what a file says; undefined when it is gone. Returns the ids of the items that changed. */
  replaceFile(file: string, evidence: FileEvidence | undefined): readonly string[] {
    const before = this.#index.replace(file, evidence);
    if (!isDeepStrictEqual(this.#providersNow(), this.#providers)) return this.#begin();
    const said = [before, evidence].flatMap((each) => (each ? [each] : []));
    const touched = new Map<string, Set<ObservationKind>>();
    for (const located of said.flatMap(locatedIn)) {
      for (const provider of countsFor(located, this.#providers)) {
        touched.set(provider, (touched.get(provider) ?? new Set()).add(located.code.kind));
      }
    }
    return this.#evaluate((item) => {
      const kinds = touched.get(item.provider);
      return kinds !== undefined && [...kindsOf(item)].some((kind) => kinds.has(kind));
    });
  }

  /** Takes new sign-offs. Returns the ids of the items that changed. */
  replaceSignOffs(signOffs: SignOffs): readonly string[] {
    const before = this.#signOffs;
    this.#signOffs = signOffs;
    return this.#evaluate(({ fullId }) => !isDeepStrictEqual(before[fullId] ?? [], signOffs[fullId] ?? []));
  }

  /** Looks at all items again, since sign-offs grow stale with time. Returns the ids of those that changed. */
  refresh(): readonly string[] {
    return this.#evaluate(() => true);
  }

  #idsInUse(detected: ReadonlyMap<string, unknown>): string[] {
    const { providers = [...detected.keys()], ownProviders } = this.#options;
    return [...new Set([...providers, ...ownProviders])];
  }

  #providersNow(): string[] {
    return withChecklists(
      this.#idsInUse(this.#index.detected()),
      (id) => this.#options.itemsOf(id).length > 0,
    );
  }

  #begin(): readonly string[] {
    const before = this.#statuses;
    this.#providers = this.#providersNow();
    const evaluator = this.#evaluator();
    const items = this.#providers.flatMap((id) => this.#options.itemsOf(id));
    this.#statuses = new Map(items.map((item) => [item.fullId, evaluator(item)]));
    const ids = new Set([...before.keys(), ...this.#statuses.keys()]);
    return [...ids].filter((id) => !isDeepStrictEqual(before.get(id), this.#statuses.get(id)));
  }

  #evaluate(concerns: (item: ListedItem) => boolean): readonly string[] {
    const evaluator = this.#evaluator();
    const changed: string[] = [];
    for (const [id, before] of this.#statuses) {
      if (!concerns(before.item)) continue;
      const status = evaluator(before.item);
      if (isDeepStrictEqual(before, status)) continue;
      this.#statuses.set(id, status);
      changed.push(id);
    }
    return changed;
  }

  /** Evaluates items of one state of the project; many items look at the same observations. */
  #evaluator(): (item: ListedItem) => ItemStatus {
    const { now, shelfLife } = this.#options;
    const signing: SigningRules = { now: now(), shelfLife };
    const evidence = new Map<string, readonly Located[]>();
    return (item) => {
      const kinds = kindsOf(item);
      const key = [item.provider, ...[...kinds].sort()].join(" ");
      const known = evidence.get(key) ?? this.#evidenceFor(item.provider, kinds);
      evidence.set(key, known);
      return evaluate(item, known, this.#signOffs[item.fullId] ?? [], signing);
    };
  }

  #evidenceFor(provider: string, kinds: ReadonlySet<ObservationKind>): readonly Located[] {
    return this.#index.of(kinds).filter((located) => countsFor(located, this.#providers).includes(provider));
  }
}

function locatedIn(file: FileEvidence): Located[] {
  return file.observations.map((code) => ({ file, code }));
}
