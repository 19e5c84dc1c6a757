import type { ListedItem } from "@paylint/engine";
import { parseGoLive } from "../checklist/go-live.ts";
import { signedStatus } from "../checklist/sign-off-state.ts";
import type { PastText } from "../project/git-history.ts";

/** What the sign-off file of one commit says. */
export interface TrendPoint {
  /** When it was committed, ISO 8601. */
  readonly when: string;
  /** Items that people had done or set aside by then. */
  readonly signed: number;
}

/**
 * How many of today's items were signed at each commit of the sign-off file, the oldest first. Whether the code has
 * changed since a sign-off is not asked, as the code of then is not looked at. Broken versions are left out.
 */
export function trendOf(history: readonly PastText[], items: readonly ListedItem[]): readonly TrendPoint[] {
  return history
    .flatMap(({ when, text }) => {
      const { goLive, problems } = parseGoLive(text);
      if (problems.length > 0) return [];
      const signing = { now: new Date(when), shelfLife: true };
      const signed = items.filter((item) => {
        const signOffs = (goLive.items[item.fullId] ?? []).map((signOff) => ({
          ...signOff,
          code: undefined,
        }));
        const { state } = signedStatus(item, signOffs, undefined, signing);
        return state === "done" || state === "not-applicable";
      });
      return [{ when, signed: signed.length }];
    })
    .sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
}
