import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

const MESSAGES = {
  reserialised: "reserialised",
  "parsed-to-verifier": "parsed",
  "parsed-first": "first",
  "parser-before-raw-route": "order",
  // The bytes as they were received are never reported.
  received: "parsed",
} as const;

export const verifyBeforeParse = defineRule({
  id: "verify-before-parse",
  meta: {
    description: "require webhook signatures to be checked over the bytes that were received",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [347, 345, 353],
    standards: { asvs: ["4.1.5"], pci: ["6.2.4"], api: ["API10"] },
    messages: {
      reserialised:
        "The signature is checked over a body that was parsed and made into JSON again. Spaces, key order and number forms change on the way, so genuine events are refused and people switch the check off. Verify the raw bytes of the request, then parse.",
      parsed:
        "The verifier is given a parsed body. It can only check the bytes as they were sent, so genuine events fail. Hand it the raw body, then parse.",
      first:
        "The body is parsed and acted on before its signature is checked: a forged event gets that far, too. Verify the raw bytes first, and parse them after.",
      order:
        "This JSON parser runs before the raw parser of a webhook route, which then finds the body already read: no genuine event can be verified. Mount the raw route first, or keep the bytes in the parser's verify callback.",
    },
    schema: {
      type: "object",
      properties: {
        parserOrder: {
          type: "boolean",
          description: "whether a JSON parser mounted before a raw one is meant as well",
        },
      },
      additionalProperties: false,
    },
  },
  observes: "signed-payload",
  defaultOptions: { parserOrder: true },
  check({ raw, shape, repairs }, { parserOrder }) {
    if (raw.answer !== "no" || (shape === "parser-before-raw-route" && !parserOrder)) return undefined;
    return { messageId: MESSAGES[shape], range: raw.range, related: relatedOf(raw), suggestions: repairs };
  },
});
