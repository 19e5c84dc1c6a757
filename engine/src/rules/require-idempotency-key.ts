import type { MoneyCall } from "../observe/observation.ts";
import { providerById } from "../providers/index.ts";
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
      missingRequired:
        "This {{operation}} has no idempotency key, and {{provider}} refuses it without one. Send {{carrier}}, derived from the order or attempt that it belongs to, so that a retry does not make it a second time.",
      misplaced:
        "The idempotency key stands among the parameters, where it has no effect: a retry makes this {{operation}} a second time. Send {{carrier}}.",
      constant:
        "This idempotency key is the same for every {{operation}}: the provider takes the second one for a repetition of the first, and refuses it or never makes it. Derive the key from the order or attempt that it belongs to.",
      clock:
        "This idempotency key is made from the clock, so it is another one on each try, and a retry makes the {{operation}} a second time. Derive it from the order or attempt that it belongs to, or store it before the first try.",
      minted:
        "This idempotency key is drawn anew on each try, so a retry makes the {{operation}} a second time. Make it before the first try, or derive it from the order or attempt that it belongs to.",
      shared:
        "This {{operation}} has the idempotency key of another operation: the provider takes it for a repetition of that one, and refuses it or never makes it. Add what tells the operations apart, such as the {{operation}}'s own id.",
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
  check(call, { sdkRetries }) {
    const { idempotent, operation, carrier } = call;
    if (idempotent.answer !== "no") return undefined;
    if (call.shape === "missing" && call.sdkRetries && !sdkRetries) return undefined;
    const messageId = messageOf(call);
    const provider = (call.provider && providerById(call.provider)?.name) ?? "the provider";
    const report = {
      messageId,
      data: { operation, carrier, provider },
      range: idempotent.range,
      related: relatedOf(idempotent),
      suggestions: call.repairs,
    };
    return messageId === "missingWithRetries" ? { ...report, severity: "warning" } : report;
  },
});

function messageOf({ shape, sdkRetries, required }: MoneyCall): string {
  if (shape !== "missing") return shape;
  return sdkRetries ? "missingWithRetries" : required ? "missingRequired" : "missing";
}
