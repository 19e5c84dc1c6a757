import { describe, expect, it, test } from "vitest";
import { lintText } from "../../src/lint.ts";
import { environmentOf } from "../../src/observe/environments/names.ts";
import { hex, key, live, test as testKey, webhook } from "../observe/secrets/fake.ts";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-mixed-environments";

describe("the environment of a file", () => {
  test.each([
    [".env.production", "production"],
    ["apps/shop/.env.production.local", "production"],
    ["deploy/production.env", "production"],
    ["config/prod.json", "production"],
    ["config/production.ts", "production"],
    ["src/environments/environment.prod.ts", "production"],
    ["appsettings.Production.json", "production"],
    ["checkout.production.json", "production"],
    ["environments/staging/payments.json", "test"],
    [".env.test", "test"],
    [".env.development.local", "test"],
    ["config-test.json", "test"],
    [".env", undefined],
    [".env.local", undefined],
    [".env.production.example", undefined],
    ["src/live.ts", undefined],
    ["src/dev-server.js", undefined],
    ["data/live-scores.json", undefined],
    ["package.json", undefined],
  ])("%s is %s", (fileName, environment) => {
    expect(environmentOf(fileName)).toBe(environment);
  });
});

describe("silent: each environment has its own mode", () => {
  silentOn(
    RULE,
    [
      ["the live host", "PAYPAL_BASE_URL=https://api-m.paypal.com\n"],
      ["the live mode", "PAYPAL_MODE=live\nSQUARE_ENVIRONMENT=production\n"],
      ["a host of both modes", "STRIPE_API_BASE=https://api.stripe.com\n"],
      ["a name that says for what it is", "PAYPAL_SANDBOX_URL=https://api-m.sandbox.paypal.com\n"],
      ["another system's sandbox", "SALESFORCE_URL=https://shop.sandbox.my.salesforce.com\n"],
      ["another system's mode", "SEARCH_MODE=test\nDEBUG_ENV=development\n"],
      ["a switch that is off", "PAYPAL_SANDBOX=false\nPAYMENTS_TEST_MODE=0\n"],
      ["nothing set", "PAYPAL_MODE=\nPAYPAL_BASE_URL=\n"],
      ["a comment", "# PAYPAL_MODE=sandbox\n"],
      ["a word among others", "PAYMENT_NOTE=The sandbox is at https://api-m.sandbox.paypal.com\n"],
    ],
    ".env.production",
  );
  silentOn(
    RULE,
    [
      ["the sandbox", "PAYPAL_BASE_URL=https://api-m.sandbox.paypal.com\nADYEN_ENVIRONMENT=TEST\n"],
      ["a name that says for what it is", "PAYPAL_LIVE_URL=https://api-m.paypal.com\n"],
    ],
    ".env.test",
  );
  silentOn(RULE, [["no environment is named", "PAYPAL_MODE=sandbox\n"]], ".env");
  silentOn(RULE, [["a template", "PAYPAL_MODE=sandbox\n"]], ".env.production.example");
  silentOn(
    RULE,
    [
      [
        "one object for each mode",
        "export const HOSTS = { sandbox: 'https://api-m.sandbox.paypal.com', production: 'https://api-m.paypal.com' };",
      ],
      [
        "each mode under its own name",
        "export const c = { production: { paypal: { mode: 'live' } }, development: { paypal: { mode: 'sandbox' } } };",
      ],
      [
        "a setting that is read",
        "export const c = { production: { paypal: { mode: process.env.PAYPAL_MODE } } };",
      ],
      ["code that names hosts", "export const HOST = 'https://api-m.sandbox.paypal.com';"],
    ],
    "src/config.ts",
  );
});

describe("reported: the mode of another environment", () => {
  reportsOn(
    RULE,
    [
      [
        "the sandbox's host",
        "PAYPAL_BASE_URL=https://api-m.sandbox.paypal.com\n",
        "https://api-m.sandbox.paypal.com",
      ],
      [
        "in quotes, with a path",
        'MINTCASH_API="https://sandbox.mintcash.me/v1"\n',
        "https://sandbox.mintcash.me/v1",
      ],
      ["the host alone", "WISE_HOST=api.wise-sandbox.com\n", "api.wise-sandbox.com"],
      [
        "a provider without a file",
        "PAYMENT_GATEWAY_URL=https://sandbox.cashfree.com/pg\n",
        "https://sandbox.cashfree.com/pg",
      ],
      ["the mode", "PAYPAL_MODE=sandbox\nMINTCASH_ENV=test\n", "sandbox", "test"],
      ["a switch that is on", "PAYPAL_SANDBOX=true\n", "true"],
      ["a switch that is off", "MIDTRANS_IS_PRODUCTION=false\n", "false"],
    ],
    ".env.production",
  );
  reportsOn(
    RULE,
    [
      ["the live host", "PAYPAL_BASE_URL=https://api-m.paypal.com\n", "https://api-m.paypal.com"],
      ["the live mode", "SQUARE_ENVIRONMENT=production\n", "production"],
    ],
    ".env.development",
  );
  reportsOn(
    RULE,
    [
      ["in JSON", '{ "paypal": { "mode": "sandbox" } }', "sandbox"],
      ["a switch in JSON", '{ "payments": { "testMode": true } }', "true"],
    ],
    "config/production.json",
  );
  reportsOn(
    RULE,
    [
      [
        "under its environment's name",
        '{ "development": { "paypal": { "mode": "sandbox" } }, "production": { "paypal": { "mode": "sandbox" } } }',
        "sandbox",
      ],
    ],
    "config/config.json",
  );
  reportsOn(
    RULE,
    [
      [
        "in code",
        "export default { paypal: { baseUrl: 'https://api-m.sandbox.paypal.com' } };",
        "'https://api-m.sandbox.paypal.com'",
      ],
    ],
    "config/production.ts",
  );
  reportsOn(
    RULE,
    [
      [
        "in code under its environment's name",
        "export const config = { production: { squareEnvironment: 'sandbox' } };",
        "'sandbox'",
      ],
    ],
    "src/config.ts",
  );

  reportsOn(
    RULE,
    [["in YAML", "payments:\n  paypal:\n    mode: sandbox\n", "sandbox"]],
    "config/values-prod.yaml",
  );
  reportsOn(
    RULE,
    [
      [
        "in TOML, under its environment's name",
        '[env.production.vars]\nPAYPAL_MODE = "sandbox"\n',
        "sandbox",
      ],
    ],
    "wrangler.toml",
  );
  reportsOn(RULE, [["in properties", "paypal.mode=sandbox\n", "sandbox"]], "config/production.properties");

  it("names the setting and what is wrong", () => {
    const messages = (text: string, fileName: string) =>
      lintWith(RULE, text, fileName).findings.map(({ message }) => message);
    expect(messages("PAYPAL_MODE=sandbox\n", ".env.production")[0]).toContain("PAYPAL_MODE is test mode:");
    expect(messages('{ "wise": { "url": "https://api.wise.com" } }', "config/test.json")[0]).toContain(
      "WISE_URL is a provider's live API:",
    );
  });
});

describe("keys", () => {
  const flutterwave = ["FLWSECK", "_TEST-", hex(32), "-X"].join("");
  silentOn(
    RULE,
    [
      ["live keys, secret and public", `STRIPE_SECRET_KEY=${live}\nSTRIPE_PUBLIC_KEY=${key("pk_live")}\n`],
      ["a name that says for what it is", `STRIPE_TEST_SECRET_KEY=${testKey}\n`],
      ["a placeholder", "STRIPE_SECRET_KEY=sk_test_xxxxxxxxxxxxxxxxxxxxxxxx\n"],
      ["a key of no mode", `STRIPE_WEBHOOK_SECRET=${webhook}\n`],
      ["a key among other words", `NOTE=not ${testKey}\n`],
    ],
    ".env.production",
  );
  silentOn(RULE, [["a test key", `STRIPE_SECRET_KEY=${testKey}\n`]], ".env.test");
  silentOn(RULE, [["no environment", `STRIPE_SECRET_KEY=${live}\n`]], ".env");

  test.each([
    [".env.production", `STRIPE_SECRET_KEY=${testKey}\n`, "STRIPE_SECRET_KEY is a test key"],
    [".env.production", `STRIPE_PUBLIC_KEY=${key("pk_test")}\n`, "STRIPE_PUBLIC_KEY is a test key"],
    [".env.production", `FLW_SECRET_KEY=${flutterwave}\n`, "FLW_SECRET_KEY is a test key"],
    [".env.test", `STRIPE_SECRET_KEY=${live}\n`, "STRIPE_SECRET_KEY is a live key"],
    ["config/staging.json", `{ "stripe": { "secretKey": "${live}" } }`, "STRIPE_SECRET_KEY is a live key"],
    [
      "src/config.ts",
      `export const config = { development: { stripe: { key: "${live}" } }, production: { stripe: { key: "${live}" } } };`,
      "STRIPE_KEY is a live key",
    ],
  ])("%s is told of %#", (fileName, text, message) => {
    const found = lintText({ fileName, text }, { [RULE]: { severity: "error" } }).findings;
    expect(found.map((finding) => finding.message)).toEqual([expect.stringContaining(message)]);
    expect(JSON.stringify(found)).not.toContain(live.slice(8));
  });
});
