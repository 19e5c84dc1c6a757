import { execFile, execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { changeGoLive, GO_LIVE_FILE, GoLiveError, readGoLive } from "../../src/checklist/go-live-file.ts";
import { formatGoLive, type SignOff } from "../../src/checklist/go-live.ts";
import { emptyGoLive, sign } from "../../src/checklist/signing.ts";
import { bundle } from "../bundle.ts";
import { makeTree } from "../tree.ts";

const DONE: SignOff = { state: "done", who: "Ada Example <ada@example.com>", when: "2026-01-31T08:00:00Z" };

function addTo(id: string) {
  return (goLive = emptyGoLive([])) => ({
    ...goLive,
    items: { ...goLive.items, [id]: [...(goLive.items[id] ?? []), DONE] },
  });
}

describe("changes", () => {
  test("make the file when there is none", async () => {
    const file = path.join(makeTree({}), GO_LIVE_FILE);
    expect(readGoLive(file)).toBeUndefined();
    await changeGoLive(file, addTo("a/one"));
    expect(readGoLive(file)?.items).toEqual({ "a/one": [DONE] });
  });

  test("leave nothing beside the file", async () => {
    const root = makeTree({ [GO_LIVE_FILE]: formatGoLive({ items: {} }) });
    await changeGoLive(path.join(root, GO_LIVE_FILE), addTo("a/one"));
    expect(readdirSync(root)).toEqual([GO_LIVE_FILE]);
  });

  test("go through a link to the file itself", async () => {
    const root = makeTree({ [`real/${GO_LIVE_FILE}`]: formatGoLive({ items: {} }) });
    const link = path.join(root, GO_LIVE_FILE);
    symlinkSync(path.join("real", GO_LIVE_FILE), link);
    await changeGoLive(link, addTo("a/one"));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readGoLive(path.join(root, "real", GO_LIVE_FILE))?.items).toEqual({ "a/one": [DONE] });
  });

  test.each([
    ["broken", '{ "version": 1, "items": {'],
    ["edited by hand", '{ "version": 1, "items": { "a/one": [{ "state": "done" }] } }'],
    ["of another tool", '{ "sign-offs": [] }'],
    ["empty", ""],
  ])("never touch a file that is %s, and say what to repair", async (_, text) => {
    const root = makeTree({ [GO_LIVE_FILE]: text });
    const file = path.join(root, GO_LIVE_FILE);
    const failure = await changeGoLive(file, addTo("a/one")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GoLiveError);
    expect((failure as GoLiveError).message).toMatch(/go-live\.json:\d+:\d+: .*\n.*Repair the file/);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test("refuse a file of 100 MB before reading it", async () => {
    const file = path.join(makeTree({ [GO_LIVE_FILE]: "{}" }), GO_LIVE_FILE);
    truncateSync(file, 100 * 1024 * 1024);
    await expect(changeGoLive(file, addTo("a/one"))).rejects.toThrow(
      "go-live.json:1:1: could not be read: it is larger than 8 MB",
    );
  });

  test("tell that the folder is none to write in", async () => {
    const file = path.join(makeTree({}), "no", "such", GO_LIVE_FILE);
    await expect(changeGoLive(file, addTo("a/one"))).rejects.toThrow("could not be locked");
  });
});

test("two hundred sign-offs of twenty processes at once are all there", { timeout: 120_000 }, async () => {
  const signer = path.join(bundle(path.join(import.meta.dirname, "signer.ts")), "signer.mjs");
  const items = Array.from({ length: 10 }, (_, at) => `a/item-${at}`);
  const file = path.join(makeTree({ [GO_LIVE_FILE]: formatGoLive(emptyGoLive(items)) }), GO_LIVE_FILE);
  const names = Array.from({ length: 20 }, (_, at) => `Person${at}`);
  const ends = await Promise.allSettled(
    names.map((name) => promisify(execFile)(process.execPath, [signer, file, name, ...items])),
  );
  expect(ends.filter(({ status }) => status === "rejected")).toEqual([]);
  const { items: signed } = readGoLive(file)!;
  for (const id of items)
    expect([id, signed[id]!.map(({ note }) => note).sort()]).toEqual([
      id,
      names.map((name) => `by ${name}`).sort(),
    ]);
  expect(readdirSync(path.dirname(file))).toEqual([GO_LIVE_FILE]);
});

describe("a merge", () => {
  const IDS = ["a/one", "a/three", "a/two", "b/one"];

  /** A repository with a sign-off file on branch `main`; `git` runs in it, without anybody's own settings. */
  function repository(signed: Readonly<Record<string, readonly SignOff[]>> = {}) {
    const { items } = emptyGoLive(IDS);
    const root = makeTree({ [`repo/${GO_LIVE_FILE}`]: formatGoLive({ items: { ...items, ...signed } }) });
    const folder = path.join(root, "repo");
    const who = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.com"];
    const env = { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: "1" };
    const git = (...args: string[]): string =>
      execFileSync("git", [...who, ...args], { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
    git("init", "--quiet", "--initial-branch=main");
    git("add", ".");
    git("commit", "--quiet", "--message=Begin");
    return { file: path.join(folder, GO_LIVE_FILE), git };
  }

  async function signOn(branch: string, item: string, { file, git }: ReturnType<typeof repository>) {
    git("checkout", "--quiet", "-B", branch, "main");
    await sign(
      { item, state: "done", who: DONE.who, note: branch },
      { file, now: new Date(DONE.when), commit: undefined, code: undefined, items: IDS },
    );
    git("commit", "--quiet", "--all", `--message=Sign ${item}`);
  }

  test.each([
    ["neighbours", "a/one", "a/three", {}],
    ["the last two", "a/two", "b/one", {}],
    ["neighbours that were signed before", "a/three", "a/two", { "a/three": [DONE], "a/two": [DONE] }],
  ])("of two branches that signed different items is clean: %s", async (_, one, other, signed) => {
    const repo = repository(signed);
    await signOn("left", one, repo);
    await signOn("right", other, repo);
    repo.git("merge", "--quiet", "--no-edit", "left");
    const { items } = readGoLive(repo.file)!;
    expect(items[one]!.at(-1)!.note).toBe("left");
    expect(items[other]!.at(-1)!.note).toBe("right");
  });

  test("of two branches that signed the same item conflicts, and is told so", async () => {
    const repo = repository();
    await signOn("left", "a/one", repo);
    await signOn("right", "a/one", repo);
    expect(() => repo.git("merge", "--quiet", "--no-edit", "left")).toThrow();
    expect(repo.git("diff", "--name-only", "--diff-filter=U")).toBe(`${GO_LIVE_FILE}\n`);
    expect(() => readGoLive(repo.file)).toThrow(/:\d+:1: Both sides of a merge stand here/);
  });
});

test("the first sign-off makes a file with a list for every item", async () => {
  const file = path.join(makeTree({}), GO_LIVE_FILE);
  await sign(
    { item: "a/one", state: "done", who: DONE.who },
    { file, now: new Date(DONE.when), commit: undefined, code: undefined, items: ["a/one", "a/two"] },
  );
  expect(readGoLive(file)?.items).toMatchObject({ "a/one": [{ who: DONE.who }], "a/two": [] });
});
