import { describe, expect, test } from "vitest";
import type { ChecklistEntry, ChecklistState } from "paylint/protocol";
import {
  changedRows,
  type Filter,
  itemRowId,
  type Row,
  type Rows,
  rowsOf,
} from "../../src/checklist/rows.ts";
import { aChecklist, anEntry, aPlace, aSignOff, FOLDER } from "./samples.ts";

function rowsFor(items: readonly ChecklistEntry[], filter: Filter = "all"): Rows {
  return rowsOf([{ name: "shop", checklist: aChecklist(items) }], filter);
}

function itemRow(change: Partial<ChecklistEntry>): Row {
  const entry = anEntry(change);
  return rowsFor([entry]).get(itemRowId(FOLDER, entry.id))!;
}

function outline(rows: Rows): string[] {
  const below = (row: Row, depth: number): string[] => [
    "  ".repeat(depth) + row.label,
    ...row.children.flatMap((id) => below(rows.get(id)!, depth + 1)),
  ];
  return [...rows.values()].filter(({ parent }) => parent === undefined).flatMap((row) => below(row, 0));
}

const STATES: readonly ChecklistState[] = [
  "proved",
  "contradicted",
  "done",
  "not-applicable",
  "stale",
  "needs-review",
  "open",
];

test("one folder: providers, sections, items, places", () => {
  const rows = rowsFor([anEntry({ places: [aPlace()] }), anEntry({ id: "paymongo/b", title: "B" })]);
  expect(outline(rows)).toEqual([
    "PayMongo",
    "  Webhooks",
    "    Verify the raw body",
    "      a.ts:4",
    "    B",
  ]);
});

test("several folders come first, those without a provider not at all", () => {
  const none = { folder: "file:///none", scanning: false, providers: [] };
  const rows = rowsOf(
    [
      { name: "shop", checklist: aChecklist([anEntry()]) },
      { name: "none", checklist: none },
      { name: "till", checklist: aChecklist([anEntry()], "file:///till") },
    ],
    "all",
  );
  expect(outline(rows).filter((line) => !line.startsWith("  "))).toEqual(["shop", "till"]);
  expect(outline(rows)[1]).toBe("  PayMongo");
});

test("every row knows its parent, and ids are unique", () => {
  const rows = rowsFor([anEntry({ places: [aPlace()] }), anEntry({ id: "paymongo/webhooks" })]);
  for (const row of rows.values())
    for (const child of row.children) expect(rows.get(child)!.parent).toBe(row.id);
  expect(rows.size).toBe(5);
});

test("parents have no checkbox, so that nobody signs in bulk", () => {
  const rows = rowsFor(
    STATES.map((state) => anEntry({ id: `paymongo/${state}`, state, places: [aPlace()] })),
  );
  for (const row of rows.values()) if (!row.context.startsWith("item")) expect(row.checked).toBeUndefined();
});

test.for<[ChecklistState, boolean | undefined]>([
  ["proved", undefined],
  ["contradicted", undefined],
  ["done", true],
  ["not-applicable", true],
  ["stale", false],
  ["needs-review", false],
  ["open", false],
])("an item that is %s has the checkbox %s", ([state, checked]) => {
  expect(itemRow({ state }).checked).toBe(checked);
});

describe("filters", () => {
  const items = [
    anEntry({ id: "paymongo/a", title: "A", state: "done" }),
    anEntry({ id: "paymongo/b", title: "B", level: "recommended" }),
    anEntry({ id: "paymongo/c", title: "C", state: "contradicted" }),
  ];
  const labels = (filter: Filter) =>
    [...rowsFor(items, filter).values()]
      .filter(({ context }) => context.startsWith("item"))
      .map((row) => row.label);

  test("all", () => expect(labels("all")).toEqual(["A", "B", "C"]));
  test("open only", () => expect(labels("open")).toEqual(["B", "C"]));
  test("required only", () => expect(labels("required")).toEqual(["A", "C"]));
  test("groups without an item that is shown go", () => {
    expect(rowsFor([items[0]!], "open").size).toBe(0);
  });
  test("progress counts what is not shown, too", () => {
    expect([...rowsFor(items, "open").values()].map(({ description }) => description)).toContain(
      "1/3 · 1 contradicted",
    );
  });
});

test.for<[string, Partial<ChecklistEntry>, string]>([
  ["done", { state: "done", signOffs: [aSignOff()] }, "Ada Example, 2026-05-01"],
  [
    "done by two",
    {
      state: "done",
      kind: "irreversible",
      signOffs: [aSignOff(), aSignOff({ who: "Ben Sample <ben@example.com>", when: "2026-05-02T08:00:00Z" })],
    },
    "Ada Example and Ben Sample, 2026-05-02",
  ],
  [
    "not applicable",
    { state: "not-applicable", signOffs: [aSignOff({ state: "not-applicable" })] },
    "not applicable, Ada Example, 2026-05-01",
  ],
  ["stale", { state: "stale", signOffs: [aSignOff()] }, "stale, Ada Example, 2026-05-01"],
  ["contradicted", { state: "contradicted", places: [aPlace()] }, "a.ts:4"],
  [
    "contradicted twice",
    { state: "contradicted", places: [aPlace(), aPlace({ line: 9 })] },
    "a.ts:4 and 1 more",
  ],
  [
    "half-signed",
    { kind: "irreversible", signOffs: [aSignOff()] },
    "Ada Example, 2026-05-01; a second person has to sign",
  ],
  ["open for two", { kind: "irreversible", level: "recommended" }, "two people, recommended"],
  ["open again", { signOffs: [aSignOff({ state: "reopened" })] }, "open again, Ada Example, 2026-05-01"],
  ["open", {}, ""],
])("behind an item that is %s stands who or why", ([, change, description]) => {
  expect(itemRow(change).description).toBe(description);
});

test.for<[string, Partial<ChecklistEntry>, string]>([
  ["open", {}, "item signable excusable"],
  [
    "contradicted",
    { state: "contradicted", places: [aPlace()], signOffs: [aSignOff()] },
    "item reopenable shown",
  ],
  ["proved", { state: "proved", places: [aPlace({ answer: "yes" })] }, "item reopenable shown"],
  ["done", { state: "done", signOffs: [aSignOff()] }, "item signable excusable reopenable"],
  ["reopened", { signOffs: [aSignOff({ state: "reopened" })] }, "item signable excusable"],
])("the menu of an item that is %s", ([, change, context]) => {
  expect(itemRow(change).context).toBe(context);
});

test("the tooltip says all, and nothing in it is taken for Markdown", () => {
  const { tooltip } = itemRow({
    title: "[x](command:evil)",
    supports: ["PCI DSS 4.0.1: 6.2.4"],
    signOffs: [aSignOff({ note: "see **here**", commit: "a".repeat(40) })],
  });
  expect(tooltip).not.toContain("[x](");
  expect(tooltip).not.toContain("**here**");
  expect(tooltip).toContain("Supports PCI DSS 4\\.0\\.1: 6\\.2\\.4");
  expect(tooltip).toContain("at commit aaaaaaaaaa");
});

test("places are shown as what they tell, and lead there", () => {
  const rows = rowsFor([
    anEntry({ places: [aPlace({ answer: "yes" }), aPlace({ line: 8, answer: "unknown" })] }),
  ]);
  const places = [...rows.values()].filter(({ context }) => context === "place");
  expect(places.map(({ icon, target }) => [icon.name, target?.place?.line])).toEqual([
    ["verified-filled", 4],
    ["question", 8],
  ]);
});

describe("what is drawn again", () => {
  const a = anEntry({ id: "paymongo/a" });
  const b = anEntry({ id: "paymongo/b" });
  const before = rowsFor([a, b]);

  test("nothing when nothing changed", () => {
    expect(changedRows(before, rowsFor([a, b]))).toEqual([]);
  });

  test("the item that changed, not its neighbour", () => {
    const changed = changedRows(before, rowsFor([a, { ...b, why: "Another." }]));
    expect(changed).toEqual([itemRowId(FOLDER, "paymongo/b")]);
  });

  test("its parents, when their progress changed", () => {
    const changed = changedRows(before, rowsFor([a, { ...b, state: "done" }]))!;
    expect(changed).toHaveLength(3);
    expect(changed).not.toContain(itemRowId(FOLDER, "paymongo/a"));
  });

  test("the parent of a row that is new or gone", () => {
    expect(changedRows(before, rowsFor([a]))).toContain(`${FOLDER}#paymongo/webhooks/`);
  });

  test("everything when the first level changed", () => {
    expect(changedRows(new Map(), before)).toBeUndefined();
    expect(changedRows(before, new Map())).toBeUndefined();
  });
});
