import { expect, test } from "vitest";
import { formatGoLive, type SignOff } from "../../src/checklist/go-live.ts";
import { trendOf } from "../../src/report/trend.ts";
import { aSignOff, anItem, BEN } from "../checklist/samples.ts";

const items = [anItem(), anItem({ id: "go", kind: "irreversible" })];

function text(raw: readonly SignOff[], go: readonly SignOff[] = []): string {
  return formatGoLive({ items: { "paymongo/raw-body": raw, "paymongo/go": go } });
}

test("counts what was signed at each commit, the oldest first", () => {
  const history = [
    { when: "2026-05-03T08:00:00Z", text: text([aSignOff()], [aSignOff(), aSignOff({ who: BEN })]) },
    { when: "2026-05-02T08:00:00Z", text: text([aSignOff({ code: "0123456789abcdef" })], [aSignOff()]) },
    {
      when: "2026-05-04T08:00:00Z",
      text: text([aSignOff(), aSignOff({ state: "reopened", when: "2026-05-04T07:00:00Z" })]),
    },
  ];
  expect(trendOf(history, items)).toEqual([
    { when: "2026-05-02T08:00:00Z", signed: 1 },
    { when: "2026-05-03T08:00:00Z", signed: 2 },
    { when: "2026-05-04T08:00:00Z", signed: 0 },
  ]);
});

test("leaves out versions that are broken", () => {
  expect(trendOf([{ when: "2026-05-02T08:00:00Z", text: "<<<<<<<" }], items)).toEqual([]);
});
