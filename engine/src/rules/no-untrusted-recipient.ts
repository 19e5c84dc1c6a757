import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noUntrustedRecipient = defineRule({
  id: "no-untrusted-recipient",
  meta: {
    description: "disallow payout recipients that the request decides",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [639, 915, 863],
    standards: { asvs: ["8.2.2", "15.3.3", "2.3.5"], pci: ["6.2.4"], api: ["API1", "API3"] },
    messages: {
      untrusted:
        "The recipient of this money ({{field}}) comes from the request: whoever can send one can pay themselves. A check of its form does not help. Look the recipient up by its owner, or check it against an allow-list, on the server.",
    },
    schema: {},
  },
  observes: "recipient",
  defaultOptions: {},
  check({ trusted, field }) {
    if (trusted.answer !== "no") return undefined;
    return { messageId: "untrusted", data: { field }, range: trusted.range, related: relatedOf(trusted) };
  },
});
