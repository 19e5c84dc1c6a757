// The requirements of the documents that the first checklists restate, without their sentences: those are not ours.
import index from "./seed-lines.json" with { type: "json" };

/** A requirement of a document. */
export interface SeedLine {
  /** Its number in reading order, from 1, as in an item's source. */
  readonly line: number;
  /** What it is about, in our words. */
  readonly topic: string;
  /** The sentences that state it, as check-seeds.ts normalises and hashes them. */
  readonly sha256: readonly string[];
}

export interface SeedDocument {
  readonly title: string;
  readonly lines: readonly SeedLine[];
  /** Sentences that ask for nothing, by what they are. */
  readonly other: readonly { readonly why: string; readonly sha256: readonly string[] }[];
}

/** The documents by the name by which an item's source calls them, which is their provider's id. */
export const seedDocuments: ReadonlyMap<string, SeedDocument> = new Map(Object.entries(index));
