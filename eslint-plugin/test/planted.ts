import { vi } from "vitest";
import type { Flow } from "../../engine/src/flow/flow.ts";
import type { Recipient } from "../../engine/src/observe/observation.ts";
import type { Observer } from "../../engine/src/observe/observer.ts";
import { defineRule } from "../../engine/src/rules/rule.ts";

/*
 * An observer and a rule that stand in for the engine's own, so that the adapter's tests neither change with the
 * rules nor need payment code: a string that begins with "planted" is reported.
 */

export const plantedObserver = {
  kind: "recipient",
  keywords: /planted/,
  javascript: vi.fn(function* (flow: Flow): Generator<Recipient> {
    for (const node of flow.tree.all("Literal")) {
      if (typeof node.value !== "string" || !node.value.startsWith("planted")) continue;
      const range = { start: node.range[0], end: node.range[1] };
      const trusted = { answer: "no", range, steps: [] } as const;
      yield { kind: "recipient", provider: undefined, range, trusted, field: node.value, way: "handed" };
    }
  }),
} satisfies Observer;

interface Options {
  readonly allow: readonly string[];
}

export const plantedRule = defineRule<"recipient", Options>({
  id: "no-planted",
  meta: {
    description: "Disallow planted strings",
    severity: "warning",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [798],
    standards: { asvs: [], pci: [], api: [] },
    messages: { planted: "{{ name }} was planted." },
    schema: { properties: { allow: { type: "array", items: { type: "string" } } } },
  },
  observes: "recipient",
  defaultOptions: { allow: ["planted-allowed"] },
  check({ field, range }, { allow }) {
    if (allow.includes(field)) return undefined;
    const middle = { start: range.start + 1, end: range.end - 1 };
    return {
      messageId: "planted",
      data: { name: field },
      range,
      suggestions: [
        { title: "Read it from the environment", edits: [{ range, text: "process.env.PLANTED" }] },
        { title: "Empty it", edits: [{ range: middle, text: "" }] },
      ],
    };
  },
});

/** Shares the observation with the rule above. */
export const strictRule = defineRule<"recipient", object>({
  id: "no-planted-at-all",
  meta: { ...plantedRule.meta, severity: "error", presets: ["strict"], schema: {} },
  observes: "recipient",
  defaultOptions: {},
  check: ({ range }) => ({ messageId: "planted", data: { name: "It" }, range }),
});
