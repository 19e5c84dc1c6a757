import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { capital, senderOf } from "./sender.ts";

export const requireTimestampTolerance = defineRule({
  id: "require-timestamp-tolerance",
  meta: {
    description: "require the age of a signature to be checked where the time of signing is signed",
    severity: "warning",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [294],
    standards: { asvs: ["2.3.4"], pci: ["6.2.4"], api: ["API10"] },
    messages: {
      ageless:
        "{{sender}} signs the time at which an event was sent, and nothing here looks at it, so whoever gets hold of one genuine event can send it again for years. Refuse an event whose time differs from the clock by more than five minutes.",
    },
    schema: {},
  },
  observes: "signature-check",
  defaultOptions: {},
  check({ fresh, provider, repairs }) {
    if (fresh?.answer !== "no") return undefined;
    return {
      messageId: "ageless",
      data: { sender: capital(senderOf(provider)) },
      range: fresh.range,
      related: relatedOf(fresh),
      suggestions: repairs?.fresh,
    };
  },
});
