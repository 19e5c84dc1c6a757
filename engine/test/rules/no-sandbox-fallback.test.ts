import { describe, expect, it } from "vitest";
import { live, test } from "../observe/secrets/fake.ts";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-sandbox-fallback";

describe("silent: nothing falls back to test mode", () => {
  silentOn(RULE, [
    ["nothing stands in", "export const key = process.env.STRIPE_SECRET_KEY"],
    ["an empty text", `export const key = process.env.STRIPE_SECRET_KEY || ""`],
    ["an error", `export const key = process.env.STRIPE_SECRET_KEY ?? missing("STRIPE_SECRET_KEY")`],
    ["the live host", `export const host = process.env.PAYPAL_HOST || "https://api-m.paypal.com"`],
    ["a host of the project", `export const host = process.env.API || "https://api.shop.ph"`],
    ["a key that opens nothing", `export const key = process.env.STRIPE_SECRET_KEY || "sk_test_placeholder"`],
    ["this machine", `export const host = process.env.API || "http://localhost:3000"`],
    [
      "a live key in development",
      `export const key = process.env.STRIPE_TEST_KEY || ${JSON.stringify(live)}`,
    ],
    [
      "hosts by the mode",
      `export const host = process.env.NODE_ENV === "production" ? "https://api-m.paypal.com" : "https://api-m.sandbox.paypal.com"`,
    ],
    [
      "an explicit switch",
      `export const host = process.env.PAYPAL_LIVE === "true" ? "https://api-m.paypal.com" : "https://api-m.sandbox.paypal.com"`,
    ],
    [
      "in development alone",
      `export const key = process.env.NODE_ENV === "production" ? process.env.KEY : process.env.KEY || ${JSON.stringify(test)}`,
    ],
    [
      "under a condition of development",
      `let key; if (process.env.NODE_ENV !== "production") { key = process.env.KEY || ${JSON.stringify(test)}; }`,
    ],
    ["the environment's own name", `export const env = process.env.NODE_ENV || "test"`],
    ["a mode of something else", `export const mode = process.env.VITE_MODE || "test"`],
    ["a value of the program", `export const key = options.key || ${JSON.stringify(test)}`],
    ["a setting with another in front", `export const host = process.env.A || process.env.B`],
  ]);

  silentOn(
    RULE,
    [["a test", `export const key = process.env.KEY || ${JSON.stringify(test)}`]],
    "test/setup.test.ts",
  );
});

describe("reported: a missing setting means test mode", () => {
  const key = JSON.stringify(test);
  const host = `"https://api-m.sandbox.paypal.com"`;
  reportsOn(RULE, [
    ["a key", `export const k = process.env.STRIPE_SECRET_KEY || ${key}`, key],
    ["a key for null alone", `export const k = process.env.STRIPE_SECRET_KEY ?? ${key}`, key],
    ["a key of a constant", `const TEST = ${key}; export const k = process.env.KEY || TEST`, "TEST"],
    ["by a condition", `export const k = process.env.KEY ? process.env.KEY : ${key}`, key],
    ["by a default", `const { STRIPE_KEY = ${key} } = process.env; use(STRIPE_KEY)`, key],
    ["Vite's environment", `export const k = import.meta.env.STRIPE_KEY || ${key}`, key],
    ["a host", `export const h = process.env.PAYPAL_HOST || ${host}`, host],
    [
      "a host that says so",
      `export const h = process.env.BANK_API || "https://sandbox.bank.ph/v1"`,
      `"https://sandbox.bank.ph/v1"`,
    ],
    ["a mode", `export const m = process.env.PAYPAL_MODE || "sandbox"`, `"sandbox"`],
    ["an environment", `export const m = process.env.SQUARE_ENVIRONMENT ?? "Sandbox"`, `"Sandbox"`],
  ]);

  it("names the setting and not the key", () => {
    const [finding] = lintWith(RULE, `export const k = process.env.STRIPE_SECRET_KEY || ${key}`).findings;
    expect(finding!.message).toMatch(/^Without STRIPE_SECRET_KEY this runs on a test key/);
    expect(JSON.stringify(finding)).not.toContain(test);
  });
});
