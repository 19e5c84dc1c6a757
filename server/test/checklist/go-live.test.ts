import { describe, expect, test } from "vitest";
import { formatGoLive, type GoLive, parseGoLive } from "../../src/checklist/go-live.ts";

const ADA = "Ada Example <ada@example.com>";
const DONE = { state: "done", who: ADA, when: "2026-01-31T08:00:00.000Z" } as const;

function problemsIn(text: string): string[] {
  return parseGoLive(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("the written form", () => {
  test("has a line for each sign-off and lines of its own for each item", () => {
    const text = formatGoLive({ items: { "b/two": [DONE], "a/one": [], "b/three": [] } });
    expect(text).toBe(`{
  "version": 1,
  "items": {
    "a/one": [
    ],
    "b/three": [
    ],
    "b/two": [
      {"state":"done","who":"${ADA}","when":"2026-01-31T08:00:00.000Z"}
    ]
  }
}
`);
  });

  test.each<[string, GoLive]>([
    ["nothing", { items: {} }],
    ["a schema", { $schema: "./go-live.schema.json", items: { "a/one": [] } }],
    [
      "every field",
      {
        items: {
          "a/one": [
            { ...DONE, commit: "0".repeat(40), code: "0123456789abcdef", evidence: "https://example.com/1" },
            {
              ...DONE,
              state: "not-applicable",
              when: "2026-02-01T08:00:00Z",
              reason: 'two\nlines, "quoted"',
            },
          ],
        },
      },
    ],
  ])("is read back as it was: %s", (_, goLive) => {
    expect(parseGoLive(formatGoLive(goLive))).toEqual({ goLive: { version: 1, ...goLive }, problems: [] });
  });

  test("is the same whatever order a merge left", () => {
    const later = { ...DONE, when: "2026-02-01T08:00:00.000Z" };
    const one = formatGoLive({ items: { "a/one": [later, DONE] } });
    expect(one).toBe(formatGoLive({ items: { "a/one": [DONE, later] } }));
    expect(one.indexOf(DONE.when)).toBeLessThan(one.indexOf(later.when));
  });
});

/** A file with one sign-off, which stands on line 4. */
function withSignOff(signOff: object): string {
  return `{ "version": 1, "items": {\n  "a/one": [\n  ],\n  "a/two": [ ${JSON.stringify(signOff)} ]\n} }`;
}

describe("what is wrong is told with its place", () => {
  test.each([
    ["an empty file", "", "1:1 This is no JSON: value expected"],
    ["a missing comma", '{\n  "version": 1\n  "items": {}\n}', "3:3 This is no JSON: comma expected"],
    [
      "a comment",
      '{\n  // mine\n  "version": 1, "items": {}\n}',
      "2:3 This is no JSON: invalid comment token",
    ],
    [
      "a merge that was not finished",
      '{\n  "version": 1,\n<<<<<<< HEAD\n  "items": {}\n=======\n>>>>>>> other\n}',
      "3:1 Both sides of a merge stand here: keep the lines of both, then remove the marks",
    ],
    ["a list", "[]", "1:1 must be object"],
    ["no items", '{ "version": 1 }', '1:1 the field "items" is missing'],
    ["another version", '{ "version": 2,\n "items": {} }', "1:14 version: must be equal to constant"],
    ["an unknown field", '{ "version": 1, "item": {}, "items": {} }', '1:1 there is no field "item"'],
    [
      "an id that is none",
      '{ "version": 1, "items": {\n  "raw body": []\n} }',
      '2:3 "raw body" is no id of an item: write "provider/item"',
    ],
    [
      "an item that stands twice",
      '{ "version": 1, "items": {\n  "a/one": [],\n  "a/one": []\n} }',
      '3:3 "a/one" stands here a second time: move its sign-offs to the first list',
    ],
    [
      "an unknown state",
      withSignOff({ ...DONE, state: "ok" }),
      '4:23 a/two: state: has to be one of "done", "not-applicable", "reopened"',
    ],
    [
      "a person without an address",
      withSignOff({ who: "Ada", state: "done", when: DONE.when }),
      '4:21 a/two: who: has to be a name and a mail address, "Ada Example <ada@example.com>"',
    ],
    ["nobody", withSignOff({ state: "done", when: DONE.when }), '4:14 a/two: the field "who" is missing'],
    [
      "a date that is none",
      withSignOff({ when: "31.1.2026", state: "done", who: ADA }),
      '4:22 a/two: when: has to be a time in UTC, "2026-01-31T08:00:00Z"',
    ],
    [
      "a day that does not exist",
      withSignOff({ when: "2026-13-31T08:00:00Z", state: "done", who: ADA }),
      "4:22 there is no such time",
    ],
    [
      "no reason",
      withSignOff({ ...DONE, state: "not-applicable" }),
      '4:14 a/two: the field "reason" is missing',
    ],
    [
      "a shortened commit",
      withSignOff({ commit: "abc123", ...DONE }),
      "4:24 a/two: commit: has to be the full hash of a commit",
    ],
    ["nesting without end", "[".repeat(100_000), "1:1 This JSON is nested too deeply to be read"],
  ])("%s", (_, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test("of very many problems, the first", () => {
    const items = Array.from({ length: 5000 }, (_, at) => `"a/item-${at}": [{}]`).join(",\n");
    expect(problemsIn(`{ "version": 1, "items": {${items}} }`)).toHaveLength(20);
  });
});
