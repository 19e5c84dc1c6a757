import { basic, hexKey, live, pem, random } from "../../engine/test/observe/secrets/fake.ts";
import { samples } from "./samples.ts";

/** Secrets of every kind, made at run time, each as a file of settings names it. */
export function planted(): readonly { readonly setting: string; readonly value: string }[] {
  const ofProviders = samples()
    .filter(({ isSecret }) => isSecret)
    .map(({ line }) => {
      const at = line.indexOf("=");
      return { setting: line.slice(0, at), value: line.slice(at + 1) };
    });
  return [
    ...ofProviders,
    { setting: "WALLET_PRIVATE_KEY", value: hexKey(3) },
    { setting: "STRIPE_AUTHORIZATION", value: basic(`${live}:`).slice("Basic ".length) },
    { setting: "SIGNING_KEY", value: pem() },
    { setting: "PAYMENT_DATABASE_URL", value: `postgres://shop:${random(20, 9)}@db.example.com/shop` },
    { setting: "GITHUB_TOKEN", value: `ghp_${random(36, 11)}` },
  ];
}

/** What of a planted value must be nowhere: its middle, where no two of them are alike in what is said anyway. */
export function traceOf(value: string): string {
  const secret = /:\/\/[^:]+:([^@]+)@/.exec(value)?.[1] ?? value;
  const half = Math.floor(secret.length / 2);
  return secret.slice(half - 6, half + 6);
}

/** Files in which the secrets stand as people leave them lying, sound files and broken ones. */
export function plantedFiles(): Record<string, string> {
  const secrets = planted();
  const each = (line: (setting: string, value: string, at: number) => string): string =>
    secrets.map(({ setting, value }, at) => line(setting, value, at)).join("\n");
  const code = each(
    (setting, value, at) => `export const key${at} = "${value}";
export const fallback${at} = process.env.${setting} || "${value}";
console.log("with ${value}", key${at});
export const isGenuine${at} = (req) => createHmac("sha256", "${value}").update(JSON.stringify(req.body)).digest("hex") === req.headers.signature;
export const verified${at} = (header) => header === "${value}";
fetch("http://api.stripe.com/v1/refunds?key=${value}", { method: "POST", headers: { authorization: "Bearer ${value}" } });
export const page${at} = (res) => res.redirect("https://shop.example.com/?key=${value}");
stripe.refunds.create({ amount: price * 100 }, { idempotencyKey: "${value}" + Math.random() });`,
  );
  const imports = `import { createHmac } from "node:crypto";\nimport Stripe from "stripe";\nconst stripe = new Stripe("${live}");\n`;
  const json = JSON.stringify(
    Object.fromEntries(secrets.map(({ setting, value }) => [setting, value])),
    undefined,
    1,
  );
  const dotenv = each((setting, value) => `${setting}="${value}"`);
  return {
    "src/pay.js": imports + code,
    "src/broken.ts": `${imports}${code}\nconst ${live} = = "${live}"; ${live}("`,
    "src/view.vue": `<template><p>${live}</p></template>\n<script>\n${code}\n</script>\n`,
    ".env": dotenv,
    ".env.production": dotenv,
    ".env.test": `${dotenv}\n${each((_, value) => `not a setting ${value}`)}\n`,
    "config/production.json": json,
    "config/broken.json": `${json.slice(0, -2)}, ${live} }`,
    "compose.yml": `services:\n shop:\n  environment:\n${each((setting, value) => `   ${setting}: "${value}"`)}\n`,
    "broken.yml": `a: &${live}\n b: [${live}, "${live}\n  *${live}: {${live}`,
    "shop.toml": each((setting, value) => `${setting} = "${value}"`),
    "broken.toml": `${live} = ${live}\n[${live}`,
    "shop.properties": dotenv,
    "deploy.sh": each((setting, value) => `export ${setting}='${value}'`),
    Dockerfile: `FROM node\n${each((setting, value) => `ENV ${setting}="${value}"`)}\n`,
    "main.tf": each((setting, value) => `variable "${setting}" { default = "${value}" }`),
    "README.md": `\`\`\`sh\n${dotenv}\n\`\`\`\n`,
  };
}
