import type { ListedItem } from "@paylint/engine";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/checklist/evaluate.ts";
import type { ObservedCode } from "../../src/checklist/file-evidence.ts";
import type { SignOff } from "../../src/checklist/go-live.ts";
import type { ItemState } from "../../src/checklist/item-status.ts";
import { aFile, aFinding, anItem, aSignOff, BEN, NOW, someCode } from "./samples.ts";

function statusOf(
  codes: readonly ObservedCode[],
  signOffs: readonly SignOff[] = [],
  item: ListedItem = anItem(),
) {
  const file = aFile("src/webhook.ts", codes);
  return evaluate(
    item,
    codes.map((code) => ({ file, code })),
    signOffs,
    { now: NOW, shelfLife: true },
  );
}

const YES = someCode();
const NO = someCode({ answer: "no", line: 7 });
const UNKNOWN = someCode({ answer: "unknown", line: 9 });
const SUPPRESSED = someCode({ answer: "no", findings: [], suppressed: [aFinding()] });
const ALLOWED = someCode({ answer: "no", findings: [] });
const DONE = [aSignOff()];

describe("the code", () => {
  test.each<[string, readonly ObservedCode[], ItemState]>([
    ["that does not speak of it", [], "open"],
    ["that shows it once", [YES], "proved"],
    ["that shows it everywhere", [YES, YES], "proved"],
    ["that shows the opposite in one place", [YES, NO], "contradicted"],
    ["that does not tell in one place", [YES, UNKNOWN], "needs-review"],
    ["that shows the opposite and does not tell", [UNKNOWN, NO], "contradicted"],
    ["whose finding a comment suppresses", [YES, SUPPRESSED], "needs-review"],
    ["whose finding the settings leave out", [ALLOWED], "needs-review"],
  ])("%s", (_, codes, state) => {
    expect(statusOf(codes).state).toBe(state);
  });

  test("contradicts whatever people say", () => {
    for (const state of ["done", "not-applicable", "reopened"] as const)
      expect(statusOf([NO], [aSignOff({ state, reason: "none" })]).state).toBe("contradicted");
  });

  test("that does not tell leaves it to a person", () => {
    expect(statusOf([UNKNOWN], DONE).state).toBe("done");
    expect(statusOf([SUPPRESSED], DONE).state).toBe("done");
  });

  test("proves nothing that a person reopened", () => {
    const reopened = statusOf([YES], [aSignOff({ state: "reopened" })]);
    expect(reopened.state).toBe("open");
    expect(reopened.why).toBe("Ada Example reopened on 2026-05-01. It waits for a person.");
  });

  test("is named with the place that decides first", () => {
    const { why, places } = statusOf([YES, UNKNOWN, NO]);
    expect(why).toBe("The code contradicts it at src/webhook.ts:7 (verify-before-parse).");
    expect(places.map(({ file, line, answer, ruleId }) => [file, line, answer, ruleId])).toEqual([
      ["src/webhook.ts", 7, "no", "verify-before-parse"],
      ["src/webhook.ts", 9, "unknown", undefined],
      ["src/webhook.ts", 1, "yes", undefined],
    ]);
  });

  test("that does not tell is named with what is not known", () => {
    expect(statusOf([UNKNOWN, SUPPRESSED]).why).toBe(
      "A person has to look: it cannot be told over which bytes the signature is checked at src/webhook.ts:9, and so in 1 other place.",
    );
  });
});

describe("items", () => {
  test("of several facts are proved when every one was seen", () => {
    const item = anItem({
      facts: [
        { kind: "signed-payload", fact: "raw" },
        { kind: "secret-comparison", fact: "constantTime" },
      ],
    });
    const compared = someCode({
      kind: "secret-comparison",
      facts: { constantTime: { answer: "yes", place: YES.facts.raw!.place } },
    });
    expect(statusOf([YES], [], item).state).toBe("open");
    expect(statusOf([YES, compared], [], item).state).toBe("proved");
  });

  test("without facts wait for a person, and findings contradict them all the same", () => {
    const item = anItem({ facts: undefined as never });
    expect(statusOf([YES], [], item).state).toBe("open");
    expect(statusOf([YES], DONE, item).state).toBe("done");
    expect(statusOf([NO], DONE, item).state).toBe("contradicted");
    expect(statusOf([SUPPRESSED], [], item)).toMatchObject({ state: "needs-review" });
  });

  test("whose rule is still to come wait for a person", () => {
    const item = anItem({ facts: undefined as never, rules: ["no-rule-of-today" as never] });
    expect(statusOf([], [], item)).toMatchObject({ state: "open", code: undefined });
    expect(statusOf([], DONE, item).state).toBe("done");
  });

  test("are not contradicted by findings of rules that they do not name", () => {
    const item = anItem({ facts: undefined as never, rules: ["timing-safe-compare"] });
    expect(statusOf([NO], [], item).state).toBe("open");
  });

  test("that cannot be taken back are proved by no code and need two people", () => {
    const item = anItem({ kind: "irreversible" });
    expect(statusOf([YES], [], item)).toMatchObject({
      state: "open",
      why: "It waits for two people: this cannot be taken back.",
    });
    expect(statusOf([YES], DONE, item).state).toBe("open");
    expect(statusOf([YES], [...DONE, aSignOff({ who: BEN })], item).state).toBe("done");
  });
});

describe("the stamp of the code", () => {
  const stampOf = (codes: readonly ObservedCode[]) => statusOf(codes).code;

  test("does not change when code moves, and changes when it changes", () => {
    expect(stampOf([YES, UNKNOWN])).toBe(stampOf([UNKNOWN, { ...YES }]));
    expect(stampOf([YES, UNKNOWN])).not.toBe(stampOf([YES]));
    expect(stampOf([])).toMatch(/^[0-9a-f]{16}$/);
  });

  test("makes a sign-off stale that speaks of other code", () => {
    const signOffs = [aSignOff({ code: stampOf([UNKNOWN])! })];
    expect(statusOf([UNKNOWN], signOffs).state).toBe("done");
    expect(statusOf([UNKNOWN, UNKNOWN], signOffs)).toMatchObject({
      state: "stale",
      why: "Ada Example signed on 2026-05-01; the code it speaks of has changed since.",
    });
  });
});
