import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { deadlineOf, senderOf } from "./sender.ts";

export const acknowledgeBeforeWork = defineRule({
  id: "acknowledge-before-work",
  meta: {
    description: "require webhooks to be answered before slow work is waited for",
    severity: "warning",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [1088],
    standards: { asvs: [], pci: ["6.2.4"], api: ["API4", "API10"] },
    messages: {
      waits:
        "The answer to {{sender}} waits for this. When it takes longer than {{deadline}}, the delivery counts as failed: it comes again, the work is done again, and an endpoint that fails too often is switched off. Answer first, and do the work in a queue or after the answer.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ acknowledged, provider }) {
    if (acknowledged?.answer !== "no") return undefined;
    return {
      messageId: "waits",
      data: { sender: senderOf(provider), deadline: deadlineOf(provider) },
      range: acknowledged.range,
      related: relatedOf(acknowledged),
    };
  },
});
