import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { describe, expect, it, test } from "vitest";
import { live } from "../../../engine/test/observe/secrets/fake.ts";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { paylint, paylintWith } from "./run.ts";

const other = live.replace(/.$/, (last) => (last === "a" ? "b" : "a"));
const keyed = (key: string): string => `export const client = connect("${key}", { retries: 3 });\n`;

interface Told {
  readonly summary: { readonly errors: number; readonly warnings: number; readonly suppressed: number };
  readonly files: readonly {
    readonly path: string;
    readonly suppressed: readonly { readonly by: string; readonly reason: string }[];
    readonly problems: readonly { readonly message: string; readonly line: number }[];
  }[];
}

async function told(folder: string, ...args: string[]): Promise<Told & { readonly code: number }> {
  const { stdout, code } = await paylint(folder, "check", "-f", "json", ...args);
  return { ...(JSON.parse(stdout) as Told), code };
}

/** A folder whose findings are all known. */
async function known(files: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const folder = makeTree(files);
  const { code, stderr } = await paylint(folder, "baseline", "create", ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return folder;
}

function file(folder: string, name = "paylint-baseline.json"): string {
  return path.join(folder, name);
}

describe("a known finding", () => {
  it("is suppressed, with the reason", async () => {
    const folder = await known({ "pay.ts": UNSAFE }, "--reason", "an old one");
    const { code, summary, files } = await told(folder);
    expect({ code, ...summary }).toMatchObject({ code: 0, errors: 0, warnings: 0, suppressed: 1 });
    expect(files[0]!.suppressed).toMatchObject([{ by: "baseline", reason: "an old one" }]);
    expect((await told(folder, "--no-baseline")).code).toBe(1);
  });

  it("stays known when its file is moved, renamed and set otherwise", async () => {
    const folder = await known({ "pay.ts": UNSAFE, "keys.ts": keyed(live) });
    rmSync(file(folder, "keys.ts"));
    writeFileSync(
      file(folder, "secrets.js"),
      `let a = 1;\n${await format(keyed(live), { parser: "babel", semi: false, printWidth: 30, singleQuote: true })}`,
    );
    renameSync(file(folder, "pay.ts"), file(folder, "genuine.ts"));
    expect((await told(folder)).code).toBe(0);
  });

  it("stays known in a folder below", async () => {
    const folder = await known({ "lib/pay.ts": UNSAFE });
    expect((await told(path.join(folder, "lib"))).code).toBe(0);
  });
});

describe("another finding is told", () => {
  it("of a secret that was exchanged", async () => {
    const folder = await known({ "keys.ts": keyed(live), ".env": `SECRET_KEY=${live}\n` });
    writeFileSync(file(folder, "keys.ts"), keyed(other));
    expect((await told(folder)).summary).toMatchObject({ errors: 1, suppressed: 1 });
    writeFileSync(file(folder, ".env"), `SECRET_KEY=${other}\n`);
    expect((await told(folder)).summary).toMatchObject({ errors: 2, suppressed: 0 });
  });

  it("of the same content once more", async () => {
    const folder = await known({ "pay.ts": UNSAFE });
    writeFileSync(file(folder, "copy.ts"), UNSAFE);
    expect((await told(folder)).summary).toMatchObject({ errors: 1, suppressed: 1 });
  });

  it("and not one of two that are both known", async () => {
    const folder = await known({ "pay.ts": UNSAFE, "copy.ts": UNSAFE });
    expect((await told(folder)).summary).toMatchObject({ errors: 0, suppressed: 2 });
    rmSync(file(folder, "copy.ts"));
    const { files } = await told(folder);
    expect(files.at(-1)!.problems).toMatchObject([
      { message: expect.stringMatching(/^Only 1 of 2 findings/) as string },
    ]);
  });

  it("when the day is over until which it was to hold", async () => {
    const folder = await known({ "pay.ts": UNSAFE }, "--until", "2030-06-30");
    const on = (day: string) => paylintWith({ PAYLINT_NOW: `${day}T12:00:00Z` }, folder, "check");
    expect((await on("2030-06-30")).code).toBe(0);
    const late = await on("2030-07-01");
    expect(late.code).toBe(1);
    expect(late.stdout).toMatch(/was to hold until 2030-06-30/);
  });
});

describe("an entry that nothing fits", () => {
  it("is told with its line, and pruned", async () => {
    const folder = await known({ "pay.ts": UNSAFE, "keys.ts": keyed(live) });
    writeFileSync(file(folder, "pay.ts"), SAFE);
    const { code, files } = await told(folder);
    expect(code).toBe(0);
    const [problem] = files.find(({ path }) => path === "paylint-baseline.json")!.problems;
    expect(problem!.message).toMatch(/^Nothing fits this entry any more \(timing-safe-compare in pay\.ts\)/);
    expect(readFileSync(file(folder), "utf8").split("\n")[problem!.line - 1]).toContain(
      "timing-safe-compare",
    );
    expect((await paylint(folder, "baseline", "prune")).stdout).toMatch(
      /^1 finding taken out, 1 finding left/,
    );
    expect((await told(folder)).files.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("is not told of files that were not looked at", async () => {
    const folder = await known({ "a/pay.ts": UNSAFE, "b/keys.ts": keyed(live) });
    writeFileSync(file(folder, "b/keys.ts"), "");
    expect((await told(folder, "a")).files.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe("the file", () => {
  it("holds no value, is sorted, and has a line for each entry", async () => {
    const folder = await known({ "z.ts": UNSAFE, "a.ts": keyed(live) }, "--owner", "@payments");
    const text = readFileSync(file(folder), "utf8");
    expect(text).not.toContain(live);
    const lines = text.split("\n").filter((line) => line.includes('"rule"'));
    expect(lines.map((line) => /"file":"([^"]+)"/.exec(line)![1])).toEqual(["a.ts", "z.ts"]);
    expect((await paylint(folder, "baseline", "list")).stdout).toMatch(
      /a\.ts {2}no-hardcoded-secrets .*owner: @payments/,
    );
  });

  it("of another salt fits nothing", async () => {
    const folder = await known({ "pay.ts": UNSAFE });
    const text = readFileSync(file(folder), "utf8");
    writeFileSync(file(folder), text.replace(/"salt": ".{4}/, '"salt": "AAAA'));
    expect((await told(folder)).code).toBe(1);
  });

  it("is not replaced unless asked", async () => {
    const folder = await known({ "pay.ts": UNSAFE });
    const again = await paylint(folder, "baseline", "create");
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") as string });
    expect((await paylint(folder, "baseline", "create", "--force")).code).toBe(0);
  });

  test.each([
    ["broken", "{", /:1:\d+: This is no JSON/],
    [
      "of another form",
      '{ "version": 1, "salt": "0123456789abcdef", "findings": [\n{ "rule": "x" }\n] }',
      /:2:1: .*the member "file" is missing/,
    ],
    ["in the middle of a merge", "<<<<<<< ours\n=======\n>>>>>>> theirs\n", /Both sides of a merge/],
    ["empty", "", /:1:1: This is no JSON/],
  ])("that is %s is named with its place and a remedy", async (_, text, message) => {
    const folder = makeTree({ "pay.ts": UNSAFE, "paylint-baseline.json": text });
    const { code, stderr } = await paylint(folder, "check");
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toContain("--no-baseline");
    expect((await paylint(folder, "check", "--no-baseline")).code).toBe(1);
  });

  it("that is missing is named, with the command that begins one", async () => {
    const { code, stderr } = await paylint(makeTree({ "pay.ts": UNSAFE }), "baseline", "prune");
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("paylint baseline create") as string,
    });
  });
});

test("a wrong day is refused", async () => {
  const { code, stderr } = await paylint(makeTree({ "a.ts": "" }), "baseline", "create", "--until", "soon");
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("YYYY-MM-DD") as string,
  });
});
