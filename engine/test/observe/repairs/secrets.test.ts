import vm from "node:vm";
import { describe, expect, it, test } from "vitest";
import { lintText } from "../../../src/lint.ts";
import { basic, hex, key, live, pem, random, test as testKey, webhook } from "../secrets/fake.ts";
import { offered, repaired } from "./repairing.ts";

const RULE = "no-hardcoded-secrets";
const repair = (text: string, fileName = "src/pay.js") => repaired(RULE, text, fileName);

const HELPER = `
/** Stops what needs a setting that is missing. */
function missingSetting(name) {
  throw new Error(\`\${name} is not set\`);
}
`;

describe("a secret in the source is read from the environment", () => {
  it.each([
    [
      "by its provider and kind",
      `require("stripe")("${live}");`,
      `require("stripe")(process.env.STRIPE_SECRET_KEY);`,
    ],
    [
      "of a webhook",
      `require("stripe"); const secret = "${webhook}";`,
      `require("stripe"); const secret = process.env.STRIPE_WEBHOOK_SECRET;`,
    ],
    [
      "by the constant that holds it",
      `require("stripe"); const SHOP_STRIPE_KEY = "${live}";`,
      `require("stripe"); const SHOP_STRIPE_KEY = process.env.SHOP_STRIPE_KEY;`,
    ],
    [
      "not by a name that bundlers publish",
      `require("stripe"); const NEXT_PUBLIC_STRIPE_SECRET = "${live}";`,
      `require("stripe"); const NEXT_PUBLIC_STRIPE_SECRET = process.env.STRIPE_SECRET;`,
    ],
    [
      "by its name in the code, where no provider is told",
      `const coffeeShopKey = "${live}";`,
      `const coffeeShopKey = process.env.COFFEE_SHOP_KEY;`,
    ],
    [
      "by the name around it, where its own says little",
      `const payments = { house: { secretKey: "${live}" } };`,
      `const payments = { house: { secretKey: process.env.HOUSE_SECRET_KEY } };`,
    ],
    ["by its kind, where there is no name", `call("${live}");`, `call(process.env.SECRET_KEY);`],
    [
      "in a header",
      `require("stripe"); const headers = { Authorization: "Bearer ${live}" };`,
      'require("stripe"); const headers = { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` };',
    ],
    [
      "with what has to be escaped around it",
      `require("stripe"); const text = 'a \`b\` \${c} ${live} it\\'s';`,
      'require("stripe"); const text = `a \\`b\\` \\${c} ${process.env.STRIPE_SECRET_KEY} it\\\'s`;',
    ],
    [
      "in a template",
      `require("stripe"); const header = \`Bearer ${live}\`;`,
      'require("stripe"); const header = `Bearer ${process.env.STRIPE_SECRET_KEY}`;',
    ],
    [
      "joined of pieces",
      `require("stripe"); const joined = "${live.slice(0, 8)}" + "${live.slice(8)}";`,
      `require("stripe"); const joined = process.env.STRIPE_SECRET_KEY;`,
    ],
    [
      "put to use elsewhere",
      `import { createHmac } from "crypto"; const paymentKey = "${random(24)}"; createHmac("sha256", paymentKey);`,
      `import { createHmac } from "crypto"; const paymentKey = process.env.PAYMENT_KEY; createHmac("sha256", paymentKey);`,
    ],
    [
      "a private key",
      `const walletPrivateKey = "${pem()}";`,
      `const walletPrivateKey = process.env.WALLET_PRIVATE_KEY;`,
    ],
  ])("%s", (_, before, after) => {
    expect(repair(before)).toBe(after);
  });

  it("in TypeScript, whose type knows that it may be missing", () => {
    const text = `import Stripe from "stripe";\nexport const stripe = new Stripe("${live}" as string);\n`;
    expect(repair(text, "src/pay.ts")).toBe(
      `import Stripe from "stripe";\nexport const stripe = new Stripe(process.env.STRIPE_SECRET_KEY! as string);\n`,
    );
  });

  it.each([
    ["Deno", `Deno.env.get("A");`, `Deno.env.get("STRIPE_SECRET_KEY")`],
    ["Vite and Astro", "import.meta.env.A;", "import.meta.env.STRIPE_SECRET_KEY"],
    ["Node", "import.meta.env.A; process.env.B;", "process.env.STRIPE_SECRET_KEY"],
  ])("as the file reads it already: %s", (_, line, read) => {
    expect(repair(`import Stripe from "stripe";\n${line}\nnew Stripe("${live}");\n`)).toContain(
      `new Stripe(${read});`,
    );
  });

  it("the variable is told beside the edit, and no value is", () => {
    const { findings } = lintText(
      { fileName: "a.js", text: `require("stripe")("${live}");` },
      { [RULE]: { severity: "error" } },
    );
    const [suggestion] = findings[0]!.suggestions!;
    expect(suggestion).toMatchObject({
      title: "Read STRIPE_SECRET_KEY from the environment",
      setting: "STRIPE_SECRET_KEY",
    });
    expect(JSON.stringify(suggestion)).not.toContain(live.slice(8));
  });
});

describe("a secret that stands in for a setting gives way to an error", () => {
  it.each([
    [
      "of the environment",
      `require("stripe")(process.env.STRIPE_KEY || "${live}");\n`,
      `require("stripe")(process.env.STRIPE_KEY || missingSetting("STRIPE_KEY"));\n${HELPER}`,
    ],
    [
      "taken out of the environment",
      `const { STRIPE_KEY = "${live}" } = process.env;\n`,
      `const { STRIPE_KEY = missingSetting("STRIPE_KEY") } = process.env;\n${HELPER}`,
    ],
    [
      "chosen",
      `const k = process.env.STRIPE_KEY ? process.env.STRIPE_KEY : "${live}";\n`,
      `const k = process.env.STRIPE_KEY ? process.env.STRIPE_KEY : missingSetting("STRIPE_KEY");\n${HELPER}`,
    ],
    [
      "of a configuration",
      `const k = config.stripe.key ?? "${live}";\n`,
      `const k = config.stripe.key ?? missingSetting("config.stripe.key");\n${HELPER}`,
    ],
    [
      "a parameter",
      `function pay(apiKey = "${live}") {}\n`,
      `function pay(apiKey = missingSetting("apiKey")) {}\n${HELPER}`,
    ],
    ["assigned", `apiKey ||= "${live}";\n`, `apiKey ||= missingSetting("apiKey");\n${HELPER}`],
  ])("%s", (_, before, after) => {
    expect(repair(before)).toBe(after);
  });

  it("with one function for all, and one that nothing else is called", () => {
    const two = `const a = process.env.A_KEY || "${live}";\nconst b = process.env.B_KEY || "${key("sk_live", 24, 3)}";\n`;
    expect(repair(two).match(/function missingSetting/g)).toHaveLength(1);
    expect(repair(`const missingSetting = 1;\nconst a = process.env.A_KEY || "${live}";\n`)).toContain(
      'missingSetting2("A_KEY")',
    );
  });

  it("in TypeScript with types", () => {
    expect(repair(`export const a = process.env.A_KEY || "${live}";\n`, "a.ts")).toContain(
      "function missingSetting(name: string): never {",
    );
  });
});

describe("what runs afterwards", () => {
  const run = (text: string, env: Record<string, string>): unknown =>
    vm.runInNewContext(`(() => { ${text}; return k; })()`, { process: { env }, Error });

  test.each([
    `const k = process.env.STRIPE_KEY || "${live}"`,
    `const k = process.env.STRIPE_KEY ?? "${live}"`,
    `const { STRIPE_KEY = "${live}" } = process.env; const k = STRIPE_KEY`,
    `const k = process.env.STRIPE_KEY ? process.env.STRIPE_KEY : "${live}"`,
    `let k = process.env.STRIPE_KEY; k ||= "${live}"`,
  ])("stops without the setting, and reads it: %#", (text) => {
    const after = repair(text);
    expect(run(after, { STRIPE_KEY: "set" })).toBe("set");
    expect(() => run(after, {})).toThrow(/^(?:STRIPE_KEY|k) is not set$/);
  });

  test("reads the environment", () => {
    expect(run(repair(`const k = "Bearer ${live}"`), { SECRET_KEY: "set", K: "set" })).toBe("Bearer set");
  });
});

test.each([
  ["in the browser", `"use client";\nconst stripeKey = "${live}";\n`, "a.js"],
  ["for an attribute", `const a = <Pay secret="${live}" />;\n`, "a.jsx"],
  ["for a name", `const names = { "${live}": 1 };\n`, "a.js"],
  ["for a type", `type Key = "${live}";\n`, "a.ts"],
  ["for a constant of a type", `const stripeKey = "${live}" as const;\n`, "a.ts"],
  ["for a member of an enumeration", `enum Keys { Stripe = "${live}" }\n`, "a.ts"],
  ["for a key in Base64", `const header = "${basic(`${live}:`)}";\n`, "a.js"],
  ["inside of what stands in", `const a = process.env.A || { key: "${live}" };\n`, "a.js"],
  ["for development's key", `const a = isProduction ? process.env.A : "${live}";\n`, "a.js"],
])("nothing is offered %s", (_, text, fileName) => {
  expect(offered(RULE, text, fileName)).toBe(0);
});

describe("no-sandbox-fallback", () => {
  test.each([
    ["a test key", `const k = process.env.STRIPE_KEY || "${testKey}";\n`, "STRIPE_KEY"],
    [
      "a sandbox",
      `const url = process.env.PAYPAL_URL ?? "https://api-m.sandbox.paypal.com";\n`,
      "PAYPAL_URL",
    ],
    ["a mode", `const mode = process.env.PAYPAL_ENVIRONMENT || "sandbox";\n`, "PAYPAL_ENVIRONMENT"],
    ["taken out", `const { STRIPE_KEY = "${testKey}" } = process.env;\n`, "STRIPE_KEY"],
  ])("%s gives way to an error", (_, text, setting) => {
    const after = repaired("no-sandbox-fallback", text, "src/pay.js");
    expect(after).toContain(`missingSetting("${setting}")`);
    expect(after).toContain(HELPER);
  });
});

test("a hexadecimal key goes by its name", () => {
  expect(
    repair(`require("stripe"); const webhookHmacKey = "${hex(64)}"; pay.sign("sha256", webhookHmacKey);`),
  ).toContain("process.env.");
});
