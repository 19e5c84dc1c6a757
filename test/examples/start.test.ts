import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

function start(shop: string, env: NodeJS.ProcessEnv) {
  const cwd = fileURLToPath(new URL(`../../examples/${shop}/`, import.meta.url));
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return spawn(process.execPath, ["server/index.ts"], { cwd, env: { ...env, PORT: "0" }, stdio: [...stdio] });
}

const SECRETS = [
  "PAYMONGO_SECRET_KEY",
  "PAYMONGO_WEBHOOK_SECRET",
  "MINTCASH_PUBLIC_KEY",
  "MINTCASH_SECRET_KEY",
  "SWAP_PAY_API_KEY",
  "SWAP_PAY_WEBHOOK_SECRET",
  "PAYCHAIN_API_KEY",
  "PAYCHAIN_BUSINESS_ID",
  "ADMIN_API_KEY",
];

const FILLED_IN = { PAYMENTS_MODE: "test", ...Object.fromEntries(SECRETS.map((name) => [name, "made-up"])) };

describe("started by Node itself", () => {
  it.each([
    ["shop", {}],
    ["shop-repaired", FILLED_IN],
  ])("%s listens", async (shop, env) => {
    const child = start(shop, env);
    const [said] = (await Promise.race([once(child.stdout, "data"), once(child.stderr, "data")])) as [Buffer];
    child.kill();
    await once(child, "exit");
    expect(said.toString()).toMatch(/^The shop listens on http:\/\/localhost:\d+\n$/);
  });

  it.each(["PAYMONGO_WEBHOOK_SECRET", "SWAP_PAY_API_KEY"])("the repaired shop does not start without %s", async (name) => {
    const child = start("shop-repaired", { ...FILLED_IN, [name]: "" });
    let errors = "";
    child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(1);
    expect(errors).toContain(`${name} is not set: copy .env.example to .env and fill it in`);
  });
});
