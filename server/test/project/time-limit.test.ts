import { expect, test } from "vitest";
import { eachWithin } from "../../src/project/time-limit.ts";

function run(items: readonly string[]): { results: string[]; tries: string[] } {
  const tries: string[] = [];
  const results = eachWithin(
    250,
    items,
    (item) => {
      tries.push(item);
      if (item === "loops") for (;;);
      if (item === "backtracks") /^(?:a+)+$/.test(`${"a".repeat(60)}b`);
      if (item === "catches")
        try {
          for (;;);
        } catch {
          return "caught";
        }
      return `${item} done`;
    },
    (item) => `${item} given up`,
  );
  return { results, tries };
}

test("an endless item is given up, and the others are done", () => {
  expect(run(["a", "loops", "b"]).results).toEqual(["a done", "loops given up", "b done"]);
});

test("a regular expression that goes on for ever is stopped, too", () => {
  expect(run(["backtracks", "a"]).results).toEqual(["backtracks given up", "a done"]);
});

test("code that catches every error cannot keep the clock from stopping it", () => {
  expect(run(["catches"]).results).toEqual(["catches given up"]);
});

test("an item is only given up when it had all the time for itself", () => {
  expect(run(["a", "loops", "b"]).tries).toEqual(["a", "loops", "loops", "b"]);
});

test("errors of the work itself are handed on", () => {
  const fail = (): never => {
    throw new RangeError("mine");
  };
  expect(() => eachWithin(1000, ["a"], fail, () => "given up")).toThrow("mine");
});
