import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noClientSecrets = defineRule({
  id: "no-client-secrets",
  meta: {
    description: "disallow secrets on their way to a browser",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript", "dotenv"],
    cwe: [200, 522],
    standards: { asvs: ["13.3.1", "14.3.3"], pci: ["6.2.4", "8.6.2"], api: ["API8"] },
    messages: {
      "public-name":
        "{{name}} is named as a secret and as public: whatever begins like this is copied into the browser's code, where every visitor reads it. Take the prefix away, use it on the server alone, and replace the secret.",
      answer:
        "{{name}} is sent to whoever asks: with it anybody can call the payment API in your name. Send the publishable key, or make the call on the server, and replace the secret.",
      view: "{{name}} is written into a page that every visitor can read. Hand over the publishable key, or make the call on the server, and replace the secret.",
      bundle:
        "{{name}} is copied into the browser's code by this setting. Leave it out, use it on the server alone, and replace the secret.",
    },
    schema: {},
  },
  observes: "browser-exposure",
  defaultOptions: {},
  check({ hidden, name, way }) {
    if (hidden.answer !== "no") return undefined;
    return { messageId: way, data: { name }, range: hidden.range, related: relatedOf(hidden) };
  },
});
