import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { modeFieldOf, senderOf } from "./sender.ts";

export const requireModeCheck = defineRule({
  id: "require-mode-check",
  meta: {
    description: "require webhook handlers to tell test events from live ones where the provider asks for it",
    severity: "warning",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [345],
    standards: { asvs: [], pci: ["6.5.6", "6.2.4"], api: ["API10"] },
    messages: {
      unchecked:
        "{{sender}} says in {{field}} whether an event is live or a test, and this handler never looks: a test payment, which costs nothing, is fulfilled like a real one. Refuse events whose mode is not the one that this deployment serves.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ modeChecked, provider }) {
    if (modeChecked?.answer !== "no") return undefined;
    return {
      messageId: "unchecked",
      data: { sender: senderOf(provider), field: modeFieldOf(provider) },
      range: modeChecked.range,
      related: relatedOf(modeChecked),
    };
  },
});
