import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noTlsBypass = defineRule({
  id: "no-tls-bypass",
  meta: {
    description: "disallow switching off the check of certificates where payments are made",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript", "dotenv"],
    cwe: [295],
    standards: { asvs: ["12.3.2"], pci: ["4.2.1"], api: ["API8"] },
    messages: {
      connection:
        "The certificate of this connection is not checked, so anybody on the way can pose as the payment API, read the key and change the payment. Leave the check on, and trust a private authority by its certificate (ca).",
      everywhere:
        "This switches the check of certificates off for every connection of the process: anybody on the way can pose as the payment API, read the key and change the payment. Remove it, and trust a private authority by NODE_EXTRA_CA_CERTS.",
    },
    schema: {},
  },
  observes: "tls-setting",
  defaultOptions: {},
  check({ checked, everywhere }) {
    if (checked.answer !== "no") return undefined;
    return {
      messageId: everywhere ? "everywhere" : "connection",
      range: checked.range,
      related: relatedOf(checked),
    };
  },
});
