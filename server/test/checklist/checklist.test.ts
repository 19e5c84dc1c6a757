import { describe, expect, test } from "vitest";
import { Checklist, type ChecklistOptions } from "../../src/checklist/checklist.ts";
import { aFile, anItem, aSignOff, NOW, someCode } from "./samples.ts";

const ITEMS: Readonly<Record<string, readonly ReturnType<typeof anItem>[]>> = {
  generic: [anItem({ provider: "generic" })],
  mintcash: [anItem({ provider: "mintcash" })],
  paymongo: [
    anItem(),
    anItem({ id: "time", rules: ["timing-safe-compare"], facts: undefined as never }),
    anItem({ id: "people", rules: undefined as never, facts: undefined as never }),
  ],
};

function checklist(change: Partial<ChecklistOptions> = {}): Checklist {
  return new Checklist({
    providers: undefined,
    ownProviders: [],
    itemsOf: (id) => ITEMS[id] ?? [],
    shelfLife: true,
    now: () => NOW,
    ...change,
  });
}

function states(list: Checklist): Record<string, string> {
  return Object.fromEntries(list.statuses.map(({ item, state }) => [item.fullId, state]));
}

describe("providers", () => {
  test.each([
    ["none", [], []],
    ["those that files speak of", ["paymongo", "mintcash"], ["mintcash", "paymongo"]],
    ["the generic one for those without a checklist", ["paymongo", "wise"], ["paymongo", "generic"]],
    ["the generic one alone", ["wise"], ["generic"]],
  ])("%s", (_, spoken, providers) => {
    const list = checklist();
    list.load([aFile("a.ts", [], spoken)], {});
    expect(list.providers).toEqual(providers);
  });

  test("those that the settings name, whatever files speak of", () => {
    const list = checklist({ providers: ["mintcash"] });
    list.load([aFile("a.ts", [], ["paymongo"])], {});
    expect(list.providers).toEqual(["mintcash"]);
    expect(list.inUse).toEqual([{ id: "mintcash", evidence: undefined }]);
  });

  test("the project's own, always", () => {
    const list = checklist({ ownProviders: ["mintcash"] });
    list.load([aFile("a.ts", [], ["paymongo"])], {});
    expect(list.providers).toEqual(["paymongo", "mintcash"]);
  });

  test("come and go with the files that speak of them", () => {
    const list = checklist();
    list.load([], {});
    expect(list.replaceFile("a.ts", aFile("a.ts", [], ["mintcash"]))).toEqual(["mintcash/raw-body"]);
    expect(list.inUse).toEqual([
      { id: "mintcash", evidence: { file: "a.ts", by: "mintcash.example", files: 1 } },
    ]);
    expect(list.replaceFile("a.ts", undefined)).toEqual(["mintcash/raw-body"]);
    expect(list.providers).toEqual([]);
  });
});

describe("whom code counts for", () => {
  const SHARED = someCode({ provider: undefined });
  test.each([
    ["the provider that it names", aFile("a.ts", [someCode()], ["mintcash"]), ["paymongo"]],
    ["the provider that its file speaks of", aFile("a.ts", [SHARED], ["mintcash"]), ["mintcash"]],
    [
      "both that its file speaks of",
      aFile("a.ts", [SHARED], ["mintcash", "paymongo"]),
      ["mintcash", "paymongo"],
    ],
    ["all when its file speaks of none", aFile("a.ts", [SHARED]), ["generic", "mintcash", "paymongo"]],
    [
      "generic when its provider has no checklist",
      aFile("a.ts", [someCode({ provider: "wise" })]),
      ["generic"],
    ],
    ["generic when its file speaks of such a provider", aFile("a.ts", [SHARED], ["wise"]), ["generic"]],
  ])("%s", (_, file, expected) => {
    const list = checklist({ providers: ["generic", "mintcash", "paymongo"] });
    list.load([file], {});
    const proved = list.statuses.filter(({ state }) => state === "proved");
    expect(proved.map(({ item }) => item.provider)).toEqual(expected);
  });

  test("nobody when its provider is not in use", () => {
    const list = checklist({ providers: ["mintcash"] });
    list.load([aFile("a.ts", [someCode({ answer: "no" })])], {});
    expect(states(list)).toEqual({ "mintcash/raw-body": "open" });
  });
});

describe("an edit", () => {
  test("changes the items that it touches, and tells which", () => {
    const list = checklist({ providers: ["mintcash", "paymongo"] });
    list.load([aFile("a.ts", [someCode({ answer: "no" })]), aFile("b.ts", [someCode()])], {});
    expect(states(list)).toEqual({
      "mintcash/raw-body": "open",
      "paymongo/raw-body": "contradicted",
      "paymongo/time": "open",
      "paymongo/people": "open",
    });
    expect(list.replaceFile("a.ts", aFile("a.ts", [someCode()]))).toEqual(["paymongo/raw-body"]);
    expect(list.statusOf("paymongo/raw-body")?.state).toBe("proved");
    expect(list.replaceFile("a.ts", undefined)).toEqual(["paymongo/raw-body"]);
    expect(list.replaceFile("b.ts", undefined)).toEqual(["paymongo/raw-body"]);
    expect(list.statusOf("paymongo/raw-body")?.state).toBe("open");
  });

  test("that changes nothing of them tells none", () => {
    const list = checklist({ providers: ["paymongo"] });
    list.load([aFile("a.ts", [someCode()])], {});
    expect(list.replaceFile("a.ts", aFile("a.ts", [someCode()]))).toEqual([]);
    expect(list.replaceFile("c.ts", aFile("c.ts", []))).toEqual([]);
  });

  test("comes to the same as a look at everything", () => {
    const answers = ["yes", "no", "unknown"] as const;
    const names = ["a.ts", "b.ts", "c.ts"];
    const edited = checklist();
    edited.load([], {});
    const last = new Map<string, ReturnType<typeof aFile>>();
    for (let step = 0; step < 40; step++) {
      const name = names[step % names.length]!;
      const provider = [undefined, "paymongo", "mintcash", "wise"][(step * 7) % 4];
      const code = someCode({ answer: answers[(step * 5) % 3]!, provider, line: step });
      const file = aFile(name, step % 4 === 3 ? [] : [code], step % 5 === 0 ? ["mintcash"] : ["paymongo"]);
      if (step % 9 === 8) last.delete(name);
      else last.set(name, file);
      edited.replaceFile(name, last.get(name));
      const whole = checklist();
      whole.load([...last.values()], {});
      expect(edited.statuses).toEqual(whole.statuses);
    }
  });
});

test("new sign-offs change their items alone", () => {
  const list = checklist({ providers: ["paymongo"] });
  list.load([], { "old/item": [aSignOff()], "paymongo/people": [] });
  expect(list.strays).toEqual(["old/item"]);
  expect(list.replaceSignOffs({ "paymongo/people": [aSignOff()] })).toEqual(["paymongo/people"]);
  expect(list.statusOf("paymongo/people")?.state).toBe("done");
  expect(list.strays).toEqual([]);
});

test("time makes sign-offs stale", () => {
  let now = NOW;
  const list = checklist({
    providers: ["a"],
    itemsOf: () => [anItem({ provider: "a", shelfLifeDays: 60 })],
    now: () => now,
  });
  list.load([], { "a/raw-body": [aSignOff()] });
  expect(list.refresh()).toEqual([]);
  now = new Date("2027-01-01T00:00:00Z");
  expect(list.refresh()).toEqual(["a/raw-body"]);
  expect(list.statusOf("a/raw-body")?.state).toBe("stale");
});
