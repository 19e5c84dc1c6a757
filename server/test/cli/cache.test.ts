import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, test } from "vitest";
import { live } from "../../../engine/test/observe/secrets/fake.ts";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { paylint } from "./run.ts";

const CACHE = "kept/cache";

async function checked(
  folder: string,
  ...args: readonly string[]
): Promise<{ code: number; stdout: string }> {
  const { code, stdout, stderr } = await paylint(folder, "check", "-f", "json", ...args);
  expect(stderr).toBe("");
  return { code, stdout };
}

const cached = (folder: string, ...args: readonly string[]) =>
  checked(folder, "--cache", "--cache-location", CACHE, ...args);

/** A handler whose verdict stands in another file, which one more leads to. */
const HANDLER = `import { isGenuine } from "./lib";
export async function POST(request: Request) {
  const body = await request.text();
  if (!isGenuine(body, request.headers.get("x-acme-signature"))) return new Response("no", { status: 401 });
  await prisma.order.update({ where: { id: JSON.parse(body).id }, data: { status: "paid" } });
  return new Response("ok");
}
`;
const ROUTE = "app/api/webhooks/acme/route.ts";
const VERIFIES = SAFE;
const STUB = "export function isGenuine() {\n  return true;\n}\n";

/** The same numbers each time, 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

describe("with a cache", () => {
  it("a file is looked at again when one that it leads to has changed", async () => {
    const folder = makeTree({
      [ROUTE]: HANDLER,
      "app/api/webhooks/acme/lib.ts": 'export * from "./check";\n',
      "app/api/webhooks/acme/check.ts": VERIFIES,
    });
    expect((await cached(folder)).stdout).not.toContain("require-webhook-verification");
    writeFileSync(path.join(folder, "app/api/webhooks/acme/check.ts"), STUB);
    const now = await cached(folder);
    expect(now.stdout).toContain("require-webhook-verification");
    expect(now).toEqual(await checked(folder));
    rmSync(path.join(folder, "app/api/webhooks/acme/check.ts"));
    expect(await cached(folder)).toEqual(await checked(folder));
    writeFileSync(path.join(folder, "app/api/webhooks/acme/check.ts"), VERIFIES);
    expect(await cached(folder)).toEqual(await checked(folder));
  });

  it("says what it says without one, whatever is edited", async () => {
    const names = ["a.ts", "b.ts", "c.ts", "d.ts", "e.env"];
    const random = numbers(7);
    const folder = makeTree({});
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    for (let round = 0; round < 12; round++) {
      const name = pick(names);
      const file = path.join(folder, name);
      if (existsSync(file) && random() < 0.3) rmSync(file);
      else {
        const imports = `export * from "./${pick(names).replace(/\..*/, "")}";\n`;
        writeFileSync(
          file,
          name.endsWith(".env") ? `KEY=${live}\n` : imports + pick([UNSAFE, SAFE, STUB, HANDLER]),
        );
      }
      if (names.every((each) => !existsSync(path.join(folder, each)))) continue;
      expect(await cached(folder)).toEqual(await checked(folder));
    }
  });

  it("content counts, not when it was written", async () => {
    const folder = makeTree({ "a.ts": UNSAFE });
    const before = await cached(folder);
    utimesSync(path.join(folder, "a.ts"), 1, 1);
    expect(await cached(folder)).toEqual(before);
    writeFileSync(path.join(folder, "a.ts"), UNSAFE.replace("===", "!=="));
    utimesSync(path.join(folder, "a.ts"), 1, 1);
    expect((await cached(folder)).stdout).not.toBe(before.stdout);
  });

  it("other rules, and a baseline, are heeded at once", async () => {
    const folder = makeTree({ "a.ts": UNSAFE });
    expect((await cached(folder)).code).toBe(1);
    expect((await cached(folder, "--rule", "timing-safe-compare:off")).code).toBe(0);
    expect((await paylint(folder, "baseline", "create")).code).toBe(0);
    expect((await cached(folder)).code).toBe(0);
    expect((await cached(folder, "--no-baseline")).code).toBe(1);
  });

  it("that is broken, or of something else, is made anew", async () => {
    const folder = makeTree({ "a.ts": UNSAFE });
    mkdirSync(path.join(folder, "kept"));
    for (const text of ["{", "null", '{"key":1,"files":3}']) {
      writeFileSync(path.join(folder, CACHE), text);
      expect((await cached(folder)).code).toBe(1);
      expect(readFileSync(path.join(folder, CACHE), "utf8")).toContain("timing-safe-compare");
    }
  });

  it("that lies among the files is not looked at itself", async () => {
    const folder = makeTree({ "a.ts": UNSAFE });
    const at = () => checked(folder, "--cache", "--cache-location", "kept.json");
    const before = await at();
    expect(await at()).toEqual(before);
  });

  it("no value is kept in it", async () => {
    const folder = makeTree({ "a.ts": `export const key = "${live}";\n`, ".env": `STRIPE_KEY=${live}\n` });
    expect((await cached(folder)).code).toBe(1);
    expect(readFileSync(path.join(folder, CACHE), "utf8")).not.toContain(live);
  });
});

test.each([
  [".paylintcache", { "a.ts": SAFE }],
  ["node_modules/.cache/paylint/check.json", { "a.ts": SAFE, "node_modules/x/package.json": "{}" }],
])("it lies in %s where nothing else is said", async (name, files) => {
  const folder = makeTree(files);
  await checked(folder, "--cache");
  expect(existsSync(path.join(folder, name))).toBe(true);
});

test("a place where it cannot be kept is named, with a remedy", async () => {
  const { code, stderr } = await paylint(
    makeTree({ "a.ts": SAFE }),
    "check",
    "--cache",
    "--cache-location",
    "a.ts/x",
  );
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/could not be written.*--cache-location FILE/) as string,
  });
});
