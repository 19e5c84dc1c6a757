import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noSecretInUrl = defineRule({
  id: "no-secret-in-url",
  meta: {
    description: "disallow secrets in redirect targets",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [598],
    standards: { asvs: ["14.2.1"], pci: ["6.2.4"], api: ["API8"] },
    messages: {
      discreet:
        "A secret is put into {{taker}}. Addresses end up in histories, server logs, analytics and Referer headers, and whoever finds this one can act in its owner's name. Hand over an id that is worth nothing by itself, or set a cookie.",
    },
    schema: {},
  },
  observes: "address",
  defaultOptions: {},
  check({ discreet, taker }) {
    if (discreet?.answer !== "no") return undefined;
    const data = { taker: taker === "redirect" ? "a redirect's address" : taker };
    return { messageId: "discreet", data, range: discreet.range, related: relatedOf(discreet) };
  },
});
