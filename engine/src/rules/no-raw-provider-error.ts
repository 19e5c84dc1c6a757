import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noRawProviderError = defineRule({
  id: "no-raw-provider-error",
  meta: {
    description: "disallow a payment provider's own error detail in answers to customers",
    severity: "warning",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [209],
    standards: { asvs: ["16.5.1"], pci: ["6.2.4"], api: ["API8"] },
    messages: {
      discreet:
        "This answer hands on {{detail}}, what the payment provider said of a request that failed. It tells people who try stolen cards why one was refused, and anybody about your account; customers cannot use it. Log it, and answer with words of your own, chosen by the error's code.",
    },
    schema: {},
  },
  observes: "error-answer",
  defaultOptions: {},
  check({ discreet, detail }) {
    if (discreet.answer !== "no") return undefined;
    return {
      messageId: "discreet",
      data: { detail },
      range: discreet.range,
      related: relatedOf(discreet),
    };
  },
});
