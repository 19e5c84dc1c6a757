import { describe, expect, it, test } from "vitest";
import { environmentOf } from "../../src/observe/environments.ts";
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

  it("names the setting and what is wrong", () => {
    const messages = (text: string, fileName: string) =>
      lintWith(RULE, text, fileName).findings.map(({ message }) => message);
    expect(messages("PAYPAL_MODE=sandbox\n", ".env.production")[0]).toContain("PAYPAL_MODE is test mode:");
    expect(messages('{ "wise": { "url": "https://api.wise.com" } }', "config/test.json")[0]).toContain(
      "WISE_URL is a provider's live API:",
    );
  });
});
