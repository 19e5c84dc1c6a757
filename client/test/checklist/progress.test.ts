import { expect, test } from "vitest";
import { entriesOf, progressOf, requiredText, shortProgress } from "../../src/checklist/progress.ts";
import { aChecklist, anEntry } from "./samples.ts";

const progress = progressOf(
  entriesOf(
    aChecklist([
      anEntry({ state: "proved" }),
      anEntry({ state: "done" }),
      anEntry({ state: "not-applicable" }),
      anEntry({ state: "stale" }),
      anEntry({ state: "needs-review", level: "recommended" }),
      anEntry({ state: "contradicted" }),
    ]),
  ),
);

test("proved, done and not applicable are settled; required ones that are not are left", () => {
  expect(progress).toEqual({ settled: 3, total: 6, contradicted: 1, requiredLeft: 2 });
});

test("in short", () => {
  expect(shortProgress(progress)).toBe("3/6 · 1 contradicted");
  expect(shortProgress({ ...progress, contradicted: 0 })).toBe("3/6");
});

test("what is left before live keys", () => {
  expect(requiredText(progress)).toBe("2 required items to settle before live keys");
  expect(requiredText({ ...progress, requiredLeft: 1 })).toBe("1 required item to settle before live keys");
  expect(requiredText({ ...progress, requiredLeft: 0 })).toBe("Every required item is settled");
});
