import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Log } from "sarif";
import { describe, expect, it, test } from "vitest";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { paylint } from "./run.ts";

const FILES = Object.fromEntries(
  Array.from({ length: 9 }, (_, at) => [`${at % 2 ? "lib" : "app"}/${at}.ts`, at % 3 ? SAFE : UNSAFE]),
);

interface Told {
  readonly files: readonly { readonly path: string }[];
  readonly summary: { readonly files: number };
}

async function part(folder: string, shard: string): Promise<Told> {
  return JSON.parse((await paylint(folder, "check", "--shard", shard, "-f", "json")).stdout) as Told;
}

/** A folder with the logs of some parts. */
async function logged(...shards: readonly string[]): Promise<{ folder: string; logs: string[] }> {
  const folder = makeTree(FILES);
  const logs = shards.map((shard) => `${shard.replace("/", "-")}.sarif`);
  for (const [at, shard] of shards.entries())
    await paylint(folder, "check", "--shard", shard, "-f", `sarif=${logs[at]!}`);
  return { folder, logs };
}

/** Rule, file and fingerprint of each result, in the order of the files. */
function resultsIn(text: string): string[] {
  const [run] = (JSON.parse(text) as Log).runs;
  expect(
    run!.results!.every(({ ruleId, ruleIndex }) => run!.tool.driver.rules![ruleIndex!]!.id === ruleId),
  ).toBe(true);
  return run!
    .results!.map(
      ({ ruleId, locations }) => `${ruleId} ${locations![0]!.physicalLocation!.artifactLocation!.uri}`,
    )
    .sort();
}

describe("parts", () => {
  it("together check every file once, and about as many each", async () => {
    const folder = makeTree(FILES);
    const parts = await Promise.all(["1/3", "2/3", "3/3"].map((shard) => part(folder, shard)));
    expect(parts.map(({ summary }) => summary.files)).toEqual([3, 3, 3]);
    const found = parts.flatMap(({ files }) => files.map((file) => file.path));
    expect(found.sort()).toEqual(["app/0.ts", "app/6.ts", "lib/3.ts"]);
  });

  it("are the same each time", async () => {
    const folder = makeTree(FILES);
    expect(await part(folder, "2/3")).toEqual(await part(folder, "2/3"));
  });

  test("without a file are clean", async () => {
    expect((await paylint(makeTree({ "a.ts": SAFE }), "check", "--shard", "2/2")).code).toBe(0);
  });

  test.each(["0/2", "3/2", "2", "a/b", "1/0"])("%s is refused", async (shard) => {
    const { code, stderr } = await paylint(makeTree({ "a.ts": SAFE }), "check", "--shard", shard);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("as in 2/5") as string,
    });
  });
});

describe("merged", () => {
  it("they are what one run tells, with its exit code", async () => {
    const { folder, logs } = await logged("2/3", "1/3", "3/3");
    const { code, stdout } = await paylint(folder, "merge", ...logs);
    for (const log of logs) rmSync(path.join(folder, log));
    const whole = await paylint(folder, "check", "-f", "sarif");
    expect(code).toBe(whole.code);
    expect(resultsIn(stdout)).toEqual(resultsIn(whole.stdout));
  });

  it("one given twice adds nothing, and nothing found is clean", async () => {
    const { folder, logs } = await logged("1/1");
    const twice = await paylint(folder, "merge", logs[0]!, logs[0]!, "-o", "all.sarif");
    expect(twice.code).toBe(1);
    expect(resultsIn(readFileSync(path.join(folder, "all.sarif"), "utf8"))).toHaveLength(3);
    const clean = makeTree({ "a.ts": SAFE });
    await paylint(clean, "check", "--shard", "1/1", "-f", "sarif=a.sarif");
    expect((await paylint(clean, "merge", "a.sarif")).code).toBe(0);
  });

  it.each([
    ["a part that is missing", ["1/3", "3/3"], /Part 2 of 3 is missing/],
    ["parts of other runs", ["1/2", "2/2", "3/3"], /one of 3 parts, not of 2/],
  ])("%s is noticed", async (_, shards, message) => {
    const { folder, logs } = await logged(...shards);
    const { code, stderr } = await paylint(folder, "merge", ...logs);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
  });

  it.each([
    ["is missing", "none.sarif", /none\.sarif could not be read/],
    ["is no JSON", "a.txt", /a\.txt could not be read: it is no JSON/],
    ["is no SARIF", "b.json", /b\.json is no SARIF log/],
    ["is of a whole run", "whole.sarif", /whole\.sarif is not of a run with --shard/],
  ])("a log that %s is named", async (_, name, message) => {
    const folder = makeTree({ "a.ts": SAFE, "a.txt": "text", "b.json": "{}" });
    await paylint(folder, "check", "-f", "sarif=whole.sarif");
    const { code, stderr } = await paylint(folder, "merge", name);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
  });
});
