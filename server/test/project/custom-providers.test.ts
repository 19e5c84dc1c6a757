import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseCustomProvider, readCustomProviders } from "../../src/project/custom-providers.ts";
import { makeTree } from "../tree.ts";

const ITEM = {
  id: "reconcile",
  section: "daily",
  title: "Reconcile the day's settlements",
  look: "The ledger and the bank's file agree.",
  level: "required",
  kind: "check",
  source: { document: "Handbook" },
  facts: [{ kind: "secret", fact: "outside" }],
};
const BANK = {
  id: "house-bank",
  name: "House bank",
  checklist: { sections: [{ id: "daily", title: "Daily" }], items: [ITEM] },
};

function problemsIn(provider: unknown): string[] {
  const { problems } = parseCustomProvider(JSON.stringify(provider, undefined, 1));
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test("an id, a name and a checklist are enough", () => {
  const { provider, problems } = parseCustomProvider(JSON.stringify(BANK));
  expect(problems).toEqual([]);
  expect(provider).toEqual({ ...BANK, detect: { packages: [], hosts: [], headers: [], environment: [] } });
});

describe("what is wrong is told by its field", () => {
  const withItem = (change: object) => ({
    ...BANK,
    checklist: { ...BANK.checklist, items: [{ ...ITEM, ...change }] },
  });
  test.each<[string, unknown, string[]]>([
    ["no checklist", { id: "a", name: "A" }, ['1:1 the field "checklist" is missing']],
    ["an unknown field", { ...BANK, colour: "red" }, ['1:1 there is no field "colour"']],
    [
      "a known provider's id",
      { ...BANK, id: "stripe" },
      [expect.stringMatching(/^2:8 id: there is a provider "stripe" already/)],
    ],
    [
      "a level that is none",
      withItem({ level: "must" }),
      ['17:14 checklist.items.0.level: has to be one of "required", "recommended"'],
    ],
    [
      "a step without an order",
      withItem({ kind: "step" }),
      ['12:4 checklist.items.0: the field "order" is missing'],
    ],
    [
      "an unknown section",
      withItem({ section: "weekly" }),
      ['14:16 checklist.items.0.section: there is no section "weekly"; the sections are daily'],
    ],
    [
      "an item that stands twice",
      { ...BANK, checklist: { ...BANK.checklist, items: [ITEM, ITEM] } },
      ['30:11 checklist.items.1.id: there is an item "reconcile" already'],
    ],
    ["no object", [], ["1:1 must be object"]],
  ])("%s", (_, provider, problems) => {
    expect(problemsIn(provider)).toEqual(problems);
  });

  test("broken JSON", () => {
    expect(parseCustomProvider('{ "id": ').problems).toEqual([
      { message: "This is no JSON: value expected", line: 1, column: 9 },
    ]);
  });
});

describe("files", () => {
  const at = { line: 2, column: 22 };
  const read = (root: string, ...names: readonly string[]) =>
    readCustomProviders(
      path.join(root, "paylint.json"),
      names.map((text) => ({ text, ...at })),
    );

  test("are found from the settings' folder", () => {
    const root = makeTree({ "payments/bank.json": JSON.stringify(BANK) });
    expect(read(root, "payments/bank.json").map(({ id }) => id)).toEqual(["house-bank"]);
  });

  test("that are wrong are named themselves, with the field", () => {
    const root = makeTree({ "bank.json": '{\n  "id": "House",\n  "name": "House"\n}' });
    expect(() => read(root, "bank.json")).toThrow(
      `${path.join(root, "bank.json")}:1:1: the field "checklist"`,
    );
    expect(() => read(root, "bank.json")).toThrow(
      `${path.join(root, "bank.json")}:2:9: id: must match pattern`,
    );
  });

  test.each([
    ["are not there", ["none.json"], '"none.json" could not be read: it does not exist'],
    ["share an id", ["bank.json", "copy.json"], '"copy.json" has the id "house-bank" of another file'],
  ])("that %s are named where the settings name them", (_, names, message) => {
    const text = JSON.stringify(BANK);
    const root = makeTree({ "bank.json": text, "copy.json": text });
    expect(() => read(root, ...names)).toThrow(`${path.join(root, "paylint.json")}:2:22: ${message}`);
  });
});
