import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noPaymentUrlTampering = defineRule({
  id: "no-payment-url-tampering",
  meta: {
    description: "disallow changing or framing the payment page that a provider hosts",
    severity: "error",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [471, 1021],
    standards: { asvs: [], pci: ["6.2.4"], api: ["API10"] },
    messages: {
      changed:
        "This changes the URL of a payment page that the provider has signed: the provider refuses it, and the sale is lost. Hand the URL on as it came, and put what has to come back into the request that makes the payment.",
      framed:
        "This frames a payment page that the provider does not let itself be framed: customers see an empty box and leave. Send them to the page.",
    },
    schema: {},
  },
  observes: "payment-url",
  defaultOptions: {},
  check({ untouched, shape }) {
    if (untouched.answer !== "no" || shape === "handed-on") return undefined;
    return { messageId: shape, range: untouched.range, related: relatedOf(untouched) };
  },
});
