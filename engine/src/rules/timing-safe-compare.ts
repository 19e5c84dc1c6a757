import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const timingSafeCompare = defineRule({
  id: "timing-safe-compare",
  meta: {
    description: "require signatures and secret tokens to be compared in constant time",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [208],
    standards: { asvs: ["11.2.4"], pci: ["6.2.4"], api: ["API2"] },
    messages: {
      mac: "This signature is compared with {{operator}}, which stops at the first difference: response times tell an attacker how much of a forged signature is right. Compare equally long buffers with crypto.timingSafeEqual.",
      token:
        "This secret is compared with {{operator}}, which stops at the first difference: response times help an attacker to guess it piece by piece. Compare equally long buffers with crypto.timingSafeEqual.",
    },
    schema: {
      type: "object",
      properties: {
        tokens: {
          type: "boolean",
          description: "whether static tokens and keys are meant as well as signatures",
        },
      },
      additionalProperties: false,
    },
  },
  observes: "secret-comparison",
  defaultOptions: { tokens: true },
  check({ constantTime, subject, operator, repairs }, { tokens }) {
    if (constantTime.answer !== "no" || (subject === "token" && !tokens)) return undefined;
    return {
      messageId: subject,
      data: { operator },
      range: constantTime.range,
      related: relatedOf(constantTime),
      suggestions: repairs,
    };
  },
});
