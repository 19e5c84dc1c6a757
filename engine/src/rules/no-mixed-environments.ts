import type { EnvironmentSetting } from "../observe/observation.ts";
import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

/** What contradicts an environment. */
const WRONG: Readonly<
  Record<EnvironmentSetting["environment"], Record<EnvironmentSetting["shape"], string>>
> = {
  production: { key: "a test key", host: "a provider's sandbox", mode: "test mode" },
  test: { key: "a live key", host: "a provider's live API", mode: "live mode" },
};

export const noMixedEnvironments = defineRule({
  id: "no-mixed-environments",
  meta: {
    description: "disallow a provider's test mode in production settings, and its live mode anywhere else",
    severity: "error",
    presets: ["strict"],
    languages: ["javascript", "dotenv", "json", "yaml", "toml", "properties"],
    cwe: [1188, 489],
    standards: { asvs: ["13.4.2"], pci: ["6.5.3", "6.5.6"], api: ["API8"] },
    messages: {
      production:
        "These are settings of production, and {{setting}} is {{wrong}}: customers pay with test cards, orders are sent out, and no money comes. Set the live one.",
      test: "These are settings of tests or development, and {{setting}} is {{wrong}}: whatever is tried moves real money. Set the test one.",
    },
    schema: {},
  },
  observes: "environment-setting",
  defaultOptions: {},
  check({ consistent, environment, setting, shape }) {
    if (consistent.answer !== "no") return undefined;
    return {
      messageId: environment,
      data: { setting, wrong: WRONG[environment][shape] },
      range: consistent.range,
      related: relatedOf(consistent),
    };
  },
});
