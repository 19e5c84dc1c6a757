import type { Flow } from "../flow/flow.ts";
import type { languageOf } from "../language.ts";
import type { EntryFile } from "../parse/entries.ts";
import type { Observation, ObservationKind } from "./observation.ts";

type Language = NonNullable<ReturnType<typeof languageOf>>;

/** Gathers one kind of observation. */
export interface Observer {
  readonly kind: ObservationKind;
  /** A text without a match holds nothing this observer could see, so the file need not be parsed for it. */
  readonly keywords: RegExp;
  /**
   * A closer look at a JavaScript text with keywords, far cheaper than parsing it: false where something is not there
   * that all this observer's observations need.
   */
  suits?(source: { readonly fileName: string; readonly text: string }): boolean;
  javascript?(flow: Flow): Iterable<Observation>;
  entries?(file: EntryFile): Iterable<Observation>;
  /** As `keywords`, for texts of entries; the same where it does not say. */
  readonly entryKeywords?: RegExp;
  /** Which files of entries it looks at; all of them where it does not say. */
  readonly entryLanguages?: readonly Language[];
}

/** Whether a text of entries may hold something for an observer. */
export function concernsEntries(observer: Observer, text: string, language: Language): boolean {
  if (!observer.entries || !(observer.entryLanguages?.includes(language) ?? true)) return false;
  return (observer.entryKeywords ?? observer.keywords).test(text);
}

const DECLARATIONS = /\.d\.[cm]?ts$/i;

/** Whether a JavaScript text may hold something for an observer; declarations alone run nothing. */
export function concerns(
  observer: Observer,
  source: { readonly fileName: string; readonly text: string },
): boolean {
  if (!observer.javascript || DECLARATIONS.test(source.fileName)) return false;
  if (!observer.keywords.test(source.text)) return false;
  return observer.suits?.(source) ?? true;
}
