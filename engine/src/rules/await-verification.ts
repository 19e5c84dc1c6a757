import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const awaitVerification = defineRule({
  id: "await-verification",
  meta: {
    description: "require the outcome of a signature check to be waited for and looked at",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [252, 347],
    standards: { asvs: ["4.1.5", "16.5.3"], pci: ["6.2.4"], api: ["API10"] },
    messages: {
      unawaited:
        "This check answers a promise, and nothing waits for it. A promise is true whatever comes of it, so a forged event passes as a genuine one. Write await before the call, and refuse the event where the check fails.",
      ignored:
        "The outcome of this check is not looked at, so a forged event passes as a genuine one. Refuse the event where it comes out false.",
    },
    schema: {},
  },
  observes: "signature-check",
  defaultOptions: {},
  check({ awaited, outcome, repairs }) {
    if (awaited.answer !== "no") return undefined;
    return {
      messageId: outcome === "unawaited" ? "unawaited" : "ignored",
      range: awaited.range,
      related: relatedOf(awaited),
      suggestions: repairs?.awaited,
    };
  },
});
