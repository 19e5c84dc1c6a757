import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { TestClient } from "./client.ts";

// These go through the real engine, on files of the sample shop.
const shop = path.resolve(import.meta.dirname, "../../../examples/shop");

let client: TestClient;
afterEach(() => client.stop());

test.for([
  ["lib/signature.ts", "typescript", "timing-safe-compare"],
  [".env", "dotenv", "no-hardcoded-secrets"],
  [".env", "plaintext", "no-hardcoded-secrets"],
  ["config/payments.json", "json", "no-hardcoded-secrets"],
] as const)("%s as %s has a finding of %s", async ([file, languageId, rule]) => {
  client = await TestClient.start({ folder: "file:///shop" });
  await client.open(`file:///shop/${file}`, await readFile(path.join(shop, file), "utf8"), languageId);
  const diagnostics = await client.diagnostics(`file:///shop/${file}`);
  expect(diagnostics.map(({ code }) => code)).toContain(rule);
});

const key = ["sk", "live", "GroundCoffeeGroundCoffee"].join("_");

test.for([
  ["compose.yaml", "dockercompose", `environment:\n  STRIPE: ${key}\n`, [1, 10]],
  ["deploy", "yaml", `env:\n  STRIPE: ${key}\n`, [1, 10]],
  ["pay.sh", "shellscript", `export STRIPE=${key}\n`, [0, 14]],
  ["Dockerfile", "dockerfile", `FROM node\r\nENV STRIPE=${key}\r\n`, [1, 11]],
  ["settings.toml", "toml", `stripe = "${key}"\n`, [0, 10]],
  ["main.tf", "terraform", `stripe = "${key}"\n`, [0, 10]],
  ["README.md", "markdown", `# Pay\n\n    ${key}\n`, [2, 4]],
  ["Pay.vue", "vue", `<script setup lang="ts">\nconst k: string = "${key}";\n</script>\n`, [1, 19]],
  ["Pay.svelte", "svelte", `<p>ö</p>\n<script>let k = "${key}";</script>\n`, [1, 17]],
] as const)("%s as %s has its key reported where it stands", async ([file, languageId, text, place]) => {
  client = await TestClient.start();
  await client.open(`file:///shop/${file}`, text, languageId);
  const [diagnostic] = await client.diagnostics(`file:///shop/${file}`);
  const { line, character } = diagnostic!.range.start;
  expect([diagnostic!.code, line, character]).toEqual(["no-hardcoded-secrets", ...place]);
});

test("a comment that switches a rule off counts in the editor, too", async () => {
  client = await TestClient.start();
  const text = await readFile(path.join(shop, "lib/signature.ts"), "utf8");
  const comment = "// paylint-disable-next-line timing-safe-compare -- tried in a test\n";
  await client.open("file:///shop/a.ts", text.replace(/^.*expected === signature/m, `${comment}$&`));
  expect(await client.diagnostics("file:///shop/a.ts")).toEqual([]);
});

test.for([
  ["lib/signature.ts", "typescript", /(?:)/],
  ["app/api/webhooks/mintcash/route.ts", "typescript", /\b/],
  [".env", "dotenv", /(?:)/],
  ["config/payments.json", "json", /(?:)/],
] as const)("%s (%s) survives being typed, in pieces split at %s", async ([file, languageId, between]) => {
  client = await TestClient.start();
  const uri = `file:///shop/${file}`;
  const text = await readFile(path.join(shop, file), "utf8");
  await client.open(uri, "", languageId);
  let typed = "";
  for (const [index, piece] of text.split(between).entries()) {
    typed += piece;
    await client.change(uri, index + 2, typed);
    await client.diagnostics(uri, index + 2);
  }
  expect(client.statuses.filter(({ state }) => state !== "checked")).toEqual([]);
  expect(client.published.at(-1)!.diagnostics).not.toEqual([]);
  expect(client.log).toEqual([]);
});
