import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noSandboxFallback = defineRule({
  id: "no-sandbox-fallback",
  meta: {
    description: "disallow falling back to a provider's test mode when a setting is missing",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [1188, 636],
    standards: { asvs: ["13.4.2"], pci: ["6.5.5"], api: ["API8"] },
    messages: {
      key: "Without {{setting}} this runs on a test key: orders are fulfilled for payments that move no money. Stop with an error when the setting is missing.",
      host: "Without {{setting}} this talks to the sandbox: orders are fulfilled for payments that move no money. Stop with an error when the setting is missing.",
      mode: "Without {{setting}} this runs in test mode: orders are fulfilled for payments that move no money. Stop with an error when the setting is missing.",
    },
    schema: {},
  },
  observes: "setting-fallback",
  defaultOptions: {},
  check({ live, setting, standIn, repairs }) {
    if (live.answer !== "no") return undefined;
    return {
      messageId: standIn,
      data: { setting },
      range: live.range,
      related: relatedOf(live),
      suggestions: repairs,
    };
  },
});
