import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const requireIdempotencyKey = defineRule({
  id: "require-idempotency-key",
  meta: {
    description: "require a stable idempotency key on calls that move money",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [837, 799],
    standards: { asvs: ["2.3.3", "2.3.4", "15.4.2"], pci: ["6.2.4"], api: ["API6"] },
    messages: {
      missing:
        "This {{operation}} has no idempotency key: a retry, a double click or a repeated job makes it a second time. Send {{carrier}}, derived from the order or attempt that it belongs to.",
      missingWithRetries:
        "This {{operation}} has no idempotency key. The SDK protects only the retries that it makes itself; a repeated job or a double click moves the money again. Send {{carrier}}, derived from the order or attempt that it belongs to.",
      misplaced:
        "The idempotency key stands among the parameters, where it has no effect: a retry makes this {{operation}} a second time. Send {{carrier}}.",
      changing:
        "This idempotency key is another one on each try, so a retry makes the {{operation}} a second time. Derive it from the order or attempt that it belongs to, or store it before the first try.",
    },
    schema: {
      type: "object",
      properties: {
        sdkRetries: {
          type: "boolean",
          description:
            "whether a missing key is told where the provider's SDK adds keys to the retries it makes itself",
        },
      },
      additionalProperties: false,
    },
  },
  observes: "money-call",
  defaultOptions: { sdkRetries: true },
  check({ idempotent, shape, operation, carrier, sdkRetries }, options) {
    if (idempotent.answer !== "no") return undefined;
    if (shape === "missing" && sdkRetries && !options.sdkRetries) return undefined;
    const missing = sdkRetries ? "missingWithRetries" : "missing";
    const messageId =
      shape === "misplaced" ? "misplaced" : shape === "changes-on-retry" ? "changing" : missing;
    const report = {
      messageId,
      data: { operation, carrier },
      range: idempotent.range,
      related: relatedOf(idempotent),
    };
    return messageId === "missingWithRetries" ? { ...report, severity: "warning" } : report;
  },
});
