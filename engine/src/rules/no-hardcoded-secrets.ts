import type { Secret } from "../observe/observation.ts";
import { relatedOf } from "./related.ts";
import { defineRule, type Language } from "./rule.ts";

const LANGUAGES: readonly Language[] = [
  ...(["javascript", "vue", "svelte", "dotenv", "json", "yaml", "toml", "properties"] as const),
  ...(["shell", "dockerfile", "terraform", "markdown", "prisma"] as const),
];

/** What a stranger who has the secret can do; with one of test mode, only there. */
const HARM: Record<Secret["opens"], string> = {
  api: "call the payment API in your name: refund, pay out, read customers",
  webhooks: "sign payments that never happened and be believed",
  wallet: "spend everything that the wallet holds",
  service: "use that service in your name",
  database: "read and change what the database holds",
};
const TEST_HARM = "use the provider's test mode in your name";

export const noHardcodedSecrets = defineRule({
  id: "no-hardcoded-secrets",
  meta: {
    description:
      "disallow payment keys, webhook secrets, private keys and other credentials in code, configuration and documentation",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: LANGUAGES,
    cwe: [798, 321, 259, 540],
    standards: { asvs: ["13.3.1"], pci: ["6.2.4", "8.6.2"], api: ["API8"] },
    messages: {
      literal:
        "{{name}} in the source: whoever sees the code, now or in its history, can {{harm}}. Read it from the environment or a secret manager, and replace this one at the provider.",
      fallback:
        "{{name}} as a fallback: whoever sees the code can {{harm}}, and a deployment that lacks its own setting runs on this one unnoticed. Stop with an error when the setting is missing, and replace this secret.",
      config:
        "{{name}} in a configuration file: whoever gets the file, now or in its history, can {{harm}}. Keep the file out of the repository, or read the value from a secret manager, and replace this one.",
      test: "{{name}} in the source. It moves no real money, but whoever sees it can read and change your test data, and the live key tends to follow it into the same line. Read it from the environment.",
    },
    schema: {
      type: "object",
      properties: {
        testKeys: {
          type: "boolean",
          description: "whether keys of a provider's test mode are told, which move no real money",
        },
      },
      additionalProperties: false,
    },
  },
  observes: "secret",
  defaultOptions: { testKeys: true },
  check({ outside, name, mode, opens, place, repairs }, { testKeys }) {
    const isTest = mode === "test";
    if (outside.answer !== "no" || (isTest && !testKeys)) return undefined;
    return {
      messageId: isTest && place === "literal" ? "test" : place,
      data: { name: name.charAt(0).toUpperCase() + name.slice(1), harm: isTest ? TEST_HARM : HARM[opens] },
      range: outside.range,
      severity: isTest ? "warning" : undefined,
      related: relatedOf(outside),
      suggestions: repairs,
    };
  },
});
