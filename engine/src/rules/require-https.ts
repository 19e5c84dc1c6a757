import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const requireHttps = defineRule({
  id: "require-https",
  meta: {
    description: "require HTTPS for webhook, redirect and API addresses of payments",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [319],
    standards: { asvs: ["12.2.1"], pci: ["4.2.1"], api: ["API8"] },
    messages: {
      forgotten:
        "{{taker}} still points at this machine, and the address beside it is live: customers or events that are sent here get lost. Use the live HTTPS address.",
      plain:
        "{{taker}} is not encrypted: whoever is on the way reads and changes what passes, be it an order, an event or a key. Use HTTPS.",
    },
    schema: {},
  },
  observes: "address",
  defaultOptions: {},
  check({ encrypted, taker }) {
    if (encrypted?.answer !== "no") return undefined;
    return {
      messageId: encrypted.steps.length > 0 ? "forgotten" : "plain",
      data: { taker },
      range: encrypted.range,
      related: relatedOf(encrypted),
    };
  },
});
