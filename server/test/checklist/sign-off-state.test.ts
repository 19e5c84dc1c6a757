import { expect, test } from "vitest";
import type { SignOff } from "../../src/checklist/go-live.ts";
import { signedStatus, type SignedStatus } from "../../src/checklist/sign-off-state.ts";
import { anItem, aSignOff, BEN, NOW } from "./samples.ts";

type Item = ReturnType<typeof anItem>;
const PLAIN = anItem();
const AGING = anItem({ shelfLifeDays: 30 });
const IRREVERSIBLE = anItem({ kind: "irreversible", shelfLifeDays: 30 });

const EARLY = "2026-05-01T08:00:00Z"; // 31 days before now
const LATE = "2026-05-02T08:00:01Z"; // a second less than 30 days before now
const LATER = "2026-05-20T08:00:00Z";
const NONE = { state: "not-applicable", reason: "No cards" } as const;

test.each<[string, Item, readonly Partial<SignOff>[], SignedStatus["state"], string]>([
  ["nothing", PLAIN, [], "unsigned", "Nobody has signed it."],
  ["one person", PLAIN, [{}], "done", "Ada Example signed on 2026-05-01."],
  ["the last of two", PLAIN, [{}, { who: BEN, when: LATER }], "done", "Ben Sample signed on 2026-05-20."],
  [
    "the same, in another order",
    PLAIN,
    [{ who: BEN, when: LATER }, {}],
    "done",
    "Ben Sample signed on 2026-05-20.",
  ],
  ["aside", PLAIN, [NONE], "not-applicable", "Ada Example set it aside on 2026-05-01: No cards."],
  [
    "reopened",
    PLAIN,
    [{}, { state: "reopened", when: LATER }],
    "reopened",
    "Ada Example reopened on 2026-05-20.",
  ],
  ["done after it was aside", PLAIN, [NONE, { when: LATER }], "done", "Ada Example signed on 2026-05-20."],
  ["a day short of its shelf life", AGING, [{ when: LATE }], "done", "Ada Example signed on 2026-05-02."],
  ["past its shelf life", AGING, [{}], "stale", "Ada Example signed on 2026-05-01; that counts for 30 days."],
  [
    "aside, too long ago",
    AGING,
    [NONE],
    "stale",
    "Ada Example set it aside on 2026-05-01; that counts for 30 days.",
  ],
  ["signed again", AGING, [{}, { when: LATER }], "done", "Ada Example signed on 2026-05-20."],
  [
    "for other code",
    PLAIN,
    [{ code: "other" }],
    "stale",
    "Ada Example signed on 2026-05-01; the code it speaks of has changed since.",
  ],
  ["for this code", PLAIN, [{ code: "this" }], "done", "Ada Example signed on 2026-05-01."],
  [
    "from the future",
    PLAIN,
    [{ when: "2030-01-01T00:00:00Z" }],
    "stale",
    "Ada Example signed on 2030-01-01; that lies in the future.",
  ],
  [
    "by a clock that is fast",
    PLAIN,
    [{ when: "2026-06-01T20:00:00Z" }],
    "done",
    "Ada Example signed on 2026-06-01.",
  ],
  [
    "one of two people",
    IRREVERSIBLE,
    [{ when: LATER }],
    "half-signed",
    "Ada Example signed on 2026-05-20; a second person has to.",
  ],
  [
    "one person twice, under two names",
    IRREVERSIBLE,
    [{ when: LATER }, { who: "A. Example <ADA@example.com>", when: LATER }],
    "half-signed",
    "A. Example signed on 2026-05-20; a second person has to.",
  ],
  [
    "two people",
    IRREVERSIBLE,
    [{ when: LATE }, { who: BEN, when: LATER }],
    "done",
    "Ada Example signed on 2026-05-02 and Ben Sample signed on 2026-05-20.",
  ],
  [
    "two people, of whom one signed too long ago",
    IRREVERSIBLE,
    [{ when: EARLY }, { who: BEN, when: LATER }],
    "stale",
    "Of two who signed, only the word of Ben Sample still counts.",
  ],
  [
    "two people, with a reopening between",
    IRREVERSIBLE,
    [{ when: LATE }, { state: "reopened", when: "2026-05-10T08:00:00Z" }, { who: BEN, when: LATER }],
    "half-signed",
    "Ben Sample signed on 2026-05-20; a second person has to.",
  ],
  ["aside, by one person", IRREVERSIBLE, [{ ...NONE, when: LATER }], "not-applicable", "No cards."],
])("%s", (_, item, changes, state, why) => {
  const status = signedStatus(item, changes.map(aSignOff), "this", { now: NOW, shelfLife: true });
  expect(status.state).toBe(state);
  expect(status.why).toContain(why);
});

test("nothing grows stale with time where the settings say so", () => {
  expect(signedStatus(AGING, [aSignOff()], "this", { now: NOW, shelfLife: false }).state).toBe("done");
});
