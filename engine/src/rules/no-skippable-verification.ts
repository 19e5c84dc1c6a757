import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noSkippableVerification = defineRule({
  id: "no-skippable-verification",
  meta: {
    description: "disallow ways around the check of a webhook's signature",
    severity: "error",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [807, 636, 345],
    standards: { asvs: ["4.1.5", "16.5.3"], pci: ["6.2.4"], api: ["API2", "API10"] },
    messages: {
      skippable:
        "The signature is checked only under a condition, and without it the event is believed all the same. Whoever forges an event leaves the header out, and a deployment without the secret believes everybody. Refuse the event where something is missing.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ unskippable }) {
    if (unskippable?.answer !== "no") return undefined;
    return { messageId: "skippable", range: unskippable.range, related: relatedOf(unskippable) };
  },
});
