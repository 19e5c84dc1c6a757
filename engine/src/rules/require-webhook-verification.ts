import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";
import { senderOf } from "./sender.ts";

export const requireWebhookVerification = defineRule({
  id: "require-webhook-verification",
  meta: {
    description: "require a webhook handler to prove who sent an event before it acts on it",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [345, 347, 306],
    standards: { asvs: ["4.1.5", "9.1.1"], pci: ["6.2.4"], api: ["API2", "API10"] },
    messages: {
      unverified:
        "This handler acts on an event without proving that {{sender}} sent it. Anybody who knows the address can post a payment that never happened and be believed. Check the signature over the raw body first, and answer 400 or 401 where it is wrong.",
    },
    schema: {},
  },
  observes: "webhook-handler",
  defaultOptions: {},
  check({ verified, provider }) {
    if (verified.answer !== "no") return undefined;
    return {
      messageId: "unverified",
      data: { sender: senderOf(provider) },
      range: verified.range,
      related: relatedOf(verified),
    };
  },
});
