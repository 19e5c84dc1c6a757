import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { seedDocuments } from "../../../tools/seed-lines.ts";
import {
  type ChecklistItem,
  itemById,
  itemsOf,
  listItems,
  type Provider,
  providers,
} from "../../src/providers/index.ts";
import { rules } from "../../src/rules/index.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, root)), "utf8");
const schema = JSON.parse(read("providers/provider.schema.json")) as {
  definitions: { RuleId: { enum: string[] }; ProvingFact: { enum: { kind: string; fact: string }[] } };
};
const withChecklist = providers.filter(({ checklist }) => checklist);

/** The rule whose findings are the "no" of a fact. */
const REPORTED_BY: Record<string, string> = {
  "signed-payload.raw": "verify-before-parse",
  "secret-comparison.constantTime": "timing-safe-compare",
  "amount.exact": "no-float-amounts",
  "amount.unit": "no-float-amounts",
  "money-call.idempotent": "require-idempotency-key",
  "money-call.stable": "require-idempotency-key",
  "recipient.trusted": "no-untrusted-recipient",
  "secret.outside": "no-hardcoded-secrets",
  "webhook-handler.verified": "require-webhook-verification",
  "webhook-handler.unskippable": "no-skippable-verification",
  "webhook-handler.deduplicated": "require-event-dedupe",
  "webhook-handler.modeChecked": "require-mode-check",
  "webhook-handler.acknowledged": "acknowledge-before-work",
  "webhook-handler.tolerant": "accept-unknown-events",
  "webhook-handler.refetched": "refetch-before-fulfillment",
  "signature-check.awaited": "await-verification",
  "signature-check.fresh": "require-timestamp-tolerance",
  "return-page.confirmed": "no-fulfillment-on-redirect",
  "payment-url.untouched": "no-payment-url-tampering",
  "error-answer.discreet": "no-raw-provider-error",
  "environment-setting.consistent": "no-mixed-environments",
};

describe("the schema", () => {
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  const item: ChecklistItem = {
    id: "a",
    section: "s",
    title: "Do it",
    look: "It is done.",
    level: "required",
    kind: "check",
    source: { document: "d" },
  };
  const errorsOf = (change: object) => {
    const stripe = providers.find(({ id }) => id === "stripe");
    const checklist = { sections: [{ id: "s", title: "S" }], items: [{ ...item, ...change }] };
    validate({ ...stripe, checklist });
    return (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== "if")
      .map((error) => error.instancePath);
  };

  test.each([
    ["a check", {}],
    ["a step with its order", { kind: "step", order: 1 }],
    ["a rule to come", { rules: ["require-mode-check"] }],
    ["a fact", { facts: [{ kind: "money-call", fact: "idempotent" }] }],
  ])("takes %s", (_, change) => expect(errorsOf(change)).toEqual([]));

  test.each([
    ["a step without an order", { kind: "step" }, ""],
    ["a check with an order", { order: 1 }, "/order"],
    ["an unknown rule", { rules: ["be-careful"] }, "/rules/0"],
    ["a fact of another kind", { facts: [{ kind: "amount", fact: "raw" }] }, "/facts/0"],
    ["an unknown level", { level: "nice" }, "/level"],
    ["an id with capitals", { id: "Webhook" }, "/id"],
    ["a shelf life of no days", { shelfLifeDays: 0 }, "/shelfLifeDays"],
  ])("refuses %s, naming the place", (_, change, place) => {
    expect(errorsOf(change)).toEqual([`/checklist/items/0${place}`]);
  });

  test("knows every rule that exists", () => {
    expect(rules.map(({ id }) => id).filter((id) => !schema.definitions.RuleId.enum.includes(id))).toEqual(
      [],
    );
  });

  test("knows the facts that observations have, and no others", () => {
    const text = read("engine/src/observe/observation.ts");
    const facts = [...text.matchAll(/extends Common<"([a-z-]+)"> \{(.*?)\n\}/gs)].flatMap(
      ([, kind, body = ""]) =>
        [...body.matchAll(/readonly (\w+): Fact(?: \| undefined)?;/g)].map(([, fact]) => `${kind}.${fact}`),
    );
    const known = schema.definitions.ProvingFact.enum.map(({ kind, fact }) => `${kind}.${fact}`);
    expect(known.filter((fact) => !facts.includes(fact))).toEqual([]);
    expect(known.sort()).toEqual(Object.keys(REPORTED_BY).sort());
  });
});

describe.each(withChecklist.map((provider) => [provider.id, provider] as const))("%s", (_, provider) => {
  const { sections, items } = provider.checklist!;

  test("gives no id twice", () => {
    expect(repeated(items.map(({ id }) => id))).toEqual([]);
    expect(repeated(sections.map(({ id }) => id))).toEqual([]);
    expect(repeated(items.map(({ title }) => title))).toEqual([]);
  });

  test("has a section for every item and an item for every section", () => {
    expect(new Set(items.map(({ section }) => section))).toEqual(new Set(sections.map(({ id }) => id)));
  });

  test("counts the steps of a section from 1", () => {
    for (const { id } of sections) {
      const orders = items.filter(({ kind, section }) => kind === "step" && section === id);
      expect(orders.map(({ order }) => order)).toEqual(orders.map((_, at) => at + 1));
    }
  });

  test("says each item in one sentence, and what to look at in at most three", () => {
    for (const { title, look } of items) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(look).toMatch(/\.$/);
      expect(look.split(/[.!?] (?=[A-Z])/).length, look).toBeLessThanOrEqual(3);
    }
  });

  test("names with each fact the rule that reports its opposite", () => {
    const alone = items.flatMap(({ id, facts = [], rules: named = [] }) =>
      facts
        .map(({ kind, fact }) => REPORTED_BY[`${kind}.${fact}`])
        .filter((rule) => !named.some((name) => name === rule))
        .map((rule) => `${id}: ${rule}`),
    );
    expect(alone).toEqual([]);
  });

  test("has sources that exist", () => {
    for (const { source } of items) {
      const lines = seedDocuments.get(source.document)?.lines.map(({ line }) => line) ?? [];
      expect((source.lines ?? []).filter((line) => !lines.includes(line))).toEqual([]);
      expect((source.items ?? []).filter((id) => !itemById(id))).toEqual([]);
    }
  });
});

test("the generic checklist unites those of the four documents", () => {
  const restated = new Set(itemsOf("generic").flatMap(({ source }) => source.items ?? []));
  const all = [...seedDocuments.keys()].flatMap((id) => itemsOf(id).map(({ fullId }) => fullId));
  expect(all.length).toBeGreaterThan(0);
  expect(all.filter((id) => !restated.has(id))).toEqual([]);
});

describe("look-ups", () => {
  test("list the items by section, steps by their order, each with full id and section title", () => {
    const common = { look: "It is.", level: "required", source: { document: "d" } } as const;
    const item = (id: string, section: string, order?: number): ChecklistItem => ({
      ...{ ...common, id, section, title: id },
      ...(order === undefined ? { kind: "check" } : { kind: "step", order }),
    });
    const checklist = {
      sections: [
        { id: "first", title: "First" },
        { id: "then", title: "Then" },
      ],
      items: [
        item("e", "then", 2),
        item("d", "then"),
        item("c", "then", 1),
        item("a", "first"),
        item("b", "first"),
      ],
    };
    const provider: Provider = { ...providers[0]!, id: "acme", checklist };
    expect(listItems(provider).map(({ fullId, sectionTitle }) => [fullId, sectionTitle])).toEqual([
      ["acme/a", "First"],
      ["acme/b", "First"],
      ["acme/c", "Then"],
      ["acme/d", "Then"],
      ["acme/e", "Then"],
    ]);
  });

  test("find an item by its full id", () => {
    const [item] = itemsOf("paymongo");
    expect(itemById(item!.fullId)).toBe(item);
    expect(itemById(item!.id)).toBeUndefined();
  });

  test("find nothing for a provider without a checklist or without a file", () => {
    expect(listItems({ ...providers[0]!, checklist: undefined })).toEqual([]);
    expect(itemsOf("nobody")).toEqual([]);
  });
});

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}
