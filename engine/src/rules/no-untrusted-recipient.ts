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
      posted:
        "This page asks its server to pay whoever is typed in as {{field}}: a server that believes it pays anybody who sends the same request. Send the id of a saved recipient, and let the server look it up by its owner.",
    },
    schema: {
      type: "object",
      properties: {
        ignoreFields: {
          type: "array",
          items: { type: "string" },
          description: "names of fields that name no recipient in this project, as written",
        },
      },
      additionalProperties: false,
    },
  },
  observes: "recipient",
  defaultOptions: { ignoreFields: [] as readonly string[] },
  check({ trusted, field, way, repairs }, { ignoreFields }) {
    if (trusted.answer !== "no" || ignoreFields.includes(field)) return undefined;
    const report = {
      data: { field },
      range: trusted.range,
      related: relatedOf(trusted),
      suggestions: repairs,
    };
    // Only the server's code shows whether it believes the page.
    return way === "posted"
      ? { ...report, messageId: "posted", severity: "warning" }
      : { ...report, messageId: "untrusted" };
  },
});
