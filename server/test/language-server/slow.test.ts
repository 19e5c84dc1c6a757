import { lintText } from "@paylint/engine";
import { afterEach, expect, test } from "vitest";
import type { ServerParts } from "../../src/app.ts";
import { UNSAFE } from "../tree.ts";
import { TestClient } from "./client.ts";

let client: TestClient;
afterEach(() => client.stop());

const SLOW = "file:///shop/slow.ts";
const QUICK = "file:///shop/quick.ts";

/** Never ends on the thread that answers the editor; other threads lint as ever. */
const parts: ServerParts = {
  lint(source, rules, host) {
    while (source.fileName.includes("slow"));
    return lintText(source, rules, host);
  },
};

test("a slow file is linted in another thread, and others are answered meanwhile", async () => {
  client = await TestClient.start({ parts });
  await client.open(SLOW, UNSAFE);
  await client.open(QUICK, UNSAFE);
  expect((await client.diagnostics(QUICK)).map(({ code }) => code)).toEqual(["timing-safe-compare"]);
  expect((await client.diagnostics(SLOW)).map(({ code }) => code)).toEqual(["timing-safe-compare"]);
  expect(client.published.map(({ uri }) => uri)).toEqual([QUICK, SLOW]);
});

test("of a slow file that is being typed in, the newest text is what counts", async () => {
  client = await TestClient.start({ parts });
  await client.open(SLOW, "");
  await client.diagnostics(SLOW);
  for (let version = 2; version <= 20; version++) await client.change(SLOW, version, "\n".repeat(version));
  await client.change(SLOW, 21, UNSAFE);
  expect(await client.diagnostics(SLOW, 21)).toHaveLength(1);
  expect(client.published.at(-1)!.version).toBe(21);
});

test("a slow file that is closed while it is linted has no findings", async () => {
  client = await TestClient.start({ parts });
  await client.open(SLOW, UNSAFE);
  await client.open(QUICK, "");
  await client.diagnostics(QUICK);
  await client.close(SLOW);
  await client.open("file:///shop/also-slow.ts", UNSAFE);
  await client.diagnostics("file:///shop/also-slow.ts");
  expect(client.published.filter(({ uri }) => uri === SLOW)).toEqual([{ uri: SLOW, diagnostics: [] }]);
});
