import type { ListedItem } from "@paylint/engine";
import { inOrder, type SignOff } from "./go-live.ts";
import { dayOf, listed, nameOf } from "./words.ts";

/** What the sign-offs of an item come to. */
export interface SignedStatus {
  readonly state: "unsigned" | "reopened" | "half-signed" | "done" | "not-applicable" | "stale";
  readonly why: string;
}

export interface SigningRules {
  readonly now: Date;
  /** Whether sign-offs grow stale with time. */
  readonly shelfLife: boolean;
}

const DAY = 24 * 60 * 60 * 1000;

/** Judges the sign-offs of an item; `code` is the stamp of the code that it speaks of now. */
export function signedStatus(
  item: Pick<ListedItem, "kind" | "shelfLifeDays">,
  signOffs: readonly SignOff[],
  code: string | undefined,
  rules: SigningRules,
): SignedStatus {
  const counting = sinceReopened(inOrder(signOffs));
  const latest = counting.at(-1);
  if (!latest) return { state: "unsigned", why: "Nobody has signed it." };
  if (latest.state === "reopened") return { state: "reopened", why: `${told(latest, "reopened")}.` };
  const flaws = counting.map((signOff) => flawOf(signOff, item.shelfLifeDays, code, rules));
  if (latest.state === "not-applicable") {
    const flaw = flaws.at(-1);
    if (flaw !== undefined) return { state: "stale", why: `${told(latest, "set it aside")}; ${flaw}.` };
    return { state: "not-applicable", why: `${told(latest, "set it aside")}: ${ended(latest.reason ?? "")}` };
  }
  const done = counting.filter(({ state }) => state === "done");
  const valid = done.filter((signOff) => flaws[counting.indexOf(signOff)] === undefined);
  const people = newestOfEach(valid);
  if (people.length === 0)
    return { state: "stale", why: `${told(latest, "signed")}; ${flaws[counting.indexOf(latest)]}.` };
  const isIrreversible = item.kind === "irreversible";
  if (isIrreversible && people.length === 1) {
    // Whoever signed before, and does not count any more, is the one to ask again.
    if (newestOfEach(done).length > 1)
      return {
        state: "stale",
        why: `Of two who signed, only the word of ${nameOf(people[0]!.who)} still counts.`,
      };
    return { state: "half-signed", why: `${told(people[0]!, "signed")}; a second person has to.` };
  }
  const signers = isIrreversible ? people : people.slice(-1);
  return { state: "done", why: `${listed(signers.map((signOff) => told(signOff, "signed")))}.` };
}

/** A person who comes back to what was set aside, or reopens it, begins anew. */
function sinceReopened(signOffs: readonly SignOff[]): readonly SignOff[] {
  const last = signOffs.findLastIndex(({ state }) => state !== "done");
  return last < 0 || last === signOffs.length - 1
    ? signOffs.slice(Math.max(last, 0))
    : signOffs.slice(last + 1);
}

/** Why a sign-off does not count any more, as the rest of a sentence. */
function flawOf(
  signOff: SignOff,
  shelfLifeDays: number | undefined,
  code: string | undefined,
  { now, shelfLife }: SigningRules,
): string | undefined {
  const age = now.getTime() - Date.parse(signOff.when);
  // Clocks differ; by a day they do so only across the date line.
  if (age < -DAY) return "that lies in the future";
  if (shelfLife && shelfLifeDays !== undefined && age > shelfLifeDays * DAY)
    return `that counts for ${shelfLifeDays} days`;
  if (signOff.code !== undefined && signOff.code !== code) return "the code it speaks of has changed since";
  return undefined;
}

/** The newest sign-off of each person; people are told apart by their mail address. */
function newestOfEach(signOffs: readonly SignOff[]): SignOff[] {
  const byPerson = new Map<string, SignOff>();
  for (const signOff of signOffs) {
    const person = personOf(signOff.who);
    byPerson.delete(person);
    byPerson.set(person, signOff);
  }
  return [...byPerson.values()];
}

function personOf(who: string): string {
  return (/<([^<>]*)>$/.exec(who)?.[1] ?? who).toLowerCase();
}

function told({ who, when }: SignOff, did: string): string {
  return `${nameOf(who)} ${did} on ${dayOf(when)}`;
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
