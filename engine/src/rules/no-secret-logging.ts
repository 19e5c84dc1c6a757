import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noSecretLogging = defineRule({
  id: "no-secret-logging",
  meta: {
    description: "disallow secrets in logs, error reports and traces",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript"],
    cwe: [532],
    standards: { asvs: ["16.2.5", "14.2.4"], pci: ["6.2.4", "3.3.1"], api: ["API8"] },
    messages: {
      secret:
        "{{name}} is written to a log. Logs are kept, copied and read by far more people and services than may move money with it. Log that it is set, or nothing, and replace the secret where it was logged already.",
      credentials:
        "This log entry holds {{name}}. Whoever reads the log can call in the sender's name. Log the fields that are needed, by name.",
    },
    schema: {
      type: "object",
      properties: {
        credentials: {
          type: "boolean",
          description:
            "whether whole headers, the Authorization header and an HTTP client's failed request are meant as well",
        },
      },
      additionalProperties: false,
    },
    strict: { credentials: true },
  },
  observes: "log-entry",
  defaultOptions: { credentials: false },
  check({ discreet, name, carries }, { credentials }) {
    if (discreet.answer !== "no" || (carries === "credentials" && !credentials)) return undefined;
    return {
      messageId: carries,
      data: { name },
      range: discreet.range,
      related: relatedOf(discreet),
    };
  },
});
