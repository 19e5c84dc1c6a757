import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { capital, senderOf } from "./sender.ts";

export const requireEventDedupe = defineRule({
  id: "require-event-dedupe",
  meta: {
    description: "require an event that is delivered twice to have its effects once",
    severity: "warning",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [837, 799],
    standards: { asvs: ["2.3.3", "2.3.4", "15.4.2"], pci: ["6.2.4"], api: ["API6"] },
    messages: {
      repeated:
        "{{sender}} delivers an event again whenever an answer is late or lost, and nothing here notices: the balance is raised, the mail sent or the money moved a second time. Store the event's id under a unique constraint before you act, or test the state of the order and change it in one conditional update.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ deduplicated, provider }) {
    if (deduplicated?.answer !== "no") return undefined;
    return {
      messageId: "repeated",
      data: { sender: capital(senderOf(provider)) },
      range: deduplicated.range,
      related: relatedOf(deduplicated),
    };
  },
});
