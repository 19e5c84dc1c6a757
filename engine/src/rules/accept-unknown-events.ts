import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { capital, senderOf } from "./sender.ts";

export const acceptUnknownEvents = defineRule({
  id: "accept-unknown-events",
  meta: {
    description: "require events of unknown types to be answered with a success",
    severity: "warning",
    presets: ["strict"],
    languages: ["javascript"],
    cwe: [703],
    standards: { asvs: [], pci: ["6.2.4"], api: ["API10"] },
    messages: {
      refused:
        "An event of a type that is not handled here is answered with an error. {{sender}} takes it for a failed delivery, sends it again and again, and may switch the endpoint off, paid orders included. Answer it with a success and do nothing.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ tolerant, provider }) {
    if (tolerant?.answer !== "no") return undefined;
    return {
      messageId: "refused",
      data: { sender: capital(senderOf(provider)) },
      range: tolerant.range,
      related: relatedOf(tolerant),
    };
  },
});
