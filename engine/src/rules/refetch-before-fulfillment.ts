import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { capital, senderOf } from "./sender.ts";

export const refetchBeforeFulfillment = defineRule({
  id: "refetch-before-fulfillment",
  meta: {
    description:
      "require the paid object to be read from the provider before fulfilment where the provider asks for it",
    severity: "warning",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [345],
    standards: { asvs: ["2.3.1"], pci: ["6.2.4"], api: ["API10"] },
    messages: {
      believed:
        "This is fulfilled by what the event says alone. {{sender}} asks its merchants to take an event for a hint: it may be late, or about a state that has changed since, and then the goods go out unpaid. Read the object from the API and decide by the answer.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ refetched, provider }) {
    if (refetched?.answer !== "no") return undefined;
    return {
      messageId: "believed",
      data: { sender: capital(senderOf(provider)) },
      range: refetched.range,
      related: relatedOf(refetched),
    };
  },
});
