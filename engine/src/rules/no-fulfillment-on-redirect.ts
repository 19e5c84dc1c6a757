import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noFulfillmentOnRedirect = defineRule({
  id: "no-fulfillment-on-redirect",
  meta: {
    description: "disallow fulfilment because the customer came back from paying",
    severity: "error",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [841, 345, 602],
    standards: { asvs: ["2.3.1"], pci: ["6.2.4"], api: ["API6"] },
    messages: {
      believed:
        "This is marked as paid because somebody opened the page that customers come back to. Anybody can open it without paying, and the address holds all they need. Ask the provider for the state of the payment first, or leave fulfilment to the webhook.",
    },
    schema: {},
  },
  observes: "return-page",
  defaultOptions: {},
  check({ confirmed }) {
    if (confirmed.answer !== "no") return undefined;
    return { messageId: "believed", range: confirmed.range, related: relatedOf(confirmed) };
  },
});
