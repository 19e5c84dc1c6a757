import type { Flow } from "../flow/flow.ts";
import type { EntryFile } from "../parse/entries.ts";
import type { Observation, ObservationKind } from "./observation.ts";

/** Gathers one kind of observation. */
export interface Observer {
  readonly kind: ObservationKind;
  /** A text without a match holds nothing this observer could see, so the file need not be parsed for it. */
  readonly keywords: RegExp;
  javascript?(flow: Flow): Iterable<Observation>;
  entries?(file: EntryFile): Iterable<Observation>;
}
