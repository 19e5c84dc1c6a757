import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { key, live } from "../../../engine/test/observe/secrets/fake.ts";
import { commitAll, git, GIT_ENV, makeRepository } from "../repository.ts";
import { makeTree } from "../tree.ts";
import { paylint, paylintWith } from "./run.ts";

Object.assign(process.env, GIT_ENV);

const code = (value: string) => `// The shop's key.\nexport const stripeKey = "${value}";\n`;
const READ = "export const stripeKey = process.env.STRIPE_SECRET_KEY;\n";

interface Told {
  readonly summary: { files: number; errors: number; warnings: number };
  readonly history: { commits: number; contents: number; shallow: boolean };
  readonly files: readonly {
    path: string;
    findings: readonly {
      message: string;
      line: number;
      severity: string;
      fingerprint: string;
      commit: { hash: string; when: string; inHead: boolean };
    }[];
  }[];
}

async function search(root: string, ...args: readonly string[]): Promise<Told> {
  const { stdout, stderr, code } = await paylint(root, "check", "--history", "--format", "json", ...args);
  expect(stderr).toBe("");
  const told = JSON.parse(stdout) as Told;
  expect(code).toBe(told.files.length > 0 ? 1 : 0);
  return told;
}

/** Findings as `file:line commit gone` or `… kept`. */
async function found(root: string, ...args: readonly string[]): Promise<string[]> {
  const { files } = await search(root, ...args);
  return files.flatMap(({ path: file, findings }) =>
    findings.map(({ line, commit }) => {
      const subject = git(root, "log", "-1", "--format=%s", commit.hash).trim();
      return `${file}:${line} ${subject} ${commit.inHead ? "kept" : "gone"}`;
    }),
  );
}

function write(root: string, files: Readonly<Record<string, string>>, message: string): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  commitAll(root, message);
}

test("a key is told with its oldest commit, and whether the files still have it", async () => {
  const root = makeRepository({});
  write(root, { "pay.ts": READ }, "Begin");
  write(root, { "pay.ts": code(live) }, "Leak");
  write(root, { "pay.ts": `${code(live)}export const other = 1;\n` }, "Go on");
  expect(await found(root)).toEqual(["pay.ts:2 Leak kept"]);
  write(root, { "pay.ts": READ }, "Repair");
  expect(await found(root)).toEqual(["pay.ts:2 Leak gone"]);
  write(root, { ".env": `STRIPE_SECRET_KEY=${live}\n` }, "Move");
  expect(await found(root)).toEqual([".env:1 Move kept", "pay.ts:2 Leak kept"]);
});

test("a changed key is another one; renamed and removed files count", async () => {
  const root = makeRepository({});
  write(root, { "a.ts": code(live) }, "One");
  git(root, "mv", "a.ts", "b.ts");
  write(root, { "b.ts": code(key("sk_live", 24, 7)) }, "Two");
  git(root, "rm", "--quiet", "b.ts");
  git(root, "commit", "--quiet", "--message", "Three");
  expect(await found(root)).toEqual(["a.ts:2 One gone", "b.ts:2 Two gone"]);
});

test("branches, tags, stashes and what a merge adds count; what nothing leads to does not", async () => {
  const root = makeRepository({});
  const variant = (seed: number) => code(key("sk_live", 24, seed));
  write(root, { "a.ts": READ, "b.ts": READ, "c.ts": READ }, "Begin");
  git(root, "checkout", "--quiet", "-b", "side");
  write(root, { "a.ts": variant(2) }, "Branch");
  git(root, "checkout", "--quiet", "main");
  write(root, { "b.ts": variant(3) }, "Tagged");
  git(root, "tag", "v1");
  git(root, "reset", "--quiet", "--hard", "HEAD~1");
  write(root, { "b.ts": variant(4) }, "Lost");
  git(root, "reset", "--quiet", "--hard", "HEAD~1");
  writeFileSync(path.join(root, "c.ts"), variant(5));
  git(root, "stash");
  write(root, { "b.ts": `${READ}// main\n` }, "Main");
  git(root, "merge", "--quiet", "--no-commit", "side");
  writeFileSync(path.join(root, "c.ts"), variant(6));
  commitAll(root, "Merge");
  const lines = await found(root);
  expect(lines.map((line) => line.replace(/WIP on main.*? (?=gone|kept)/, "WIP "))).toEqual([
    "a.ts:2 Branch kept",
    "b.ts:2 Tagged gone",
    "c.ts:2 WIP gone",
    "c.ts:2 Merge kept",
  ]);
});

test("paths and the settings narrow it, and give test keys their severity", async () => {
  const root = makeRepository({});
  const files = ["src/a.ts", "lib/b.ts", "legacy/c.ts", "node_modules/d/d.js"];
  const texts = files.map((name) => [name, `${code(key("sk_test"))}// ${name}\n`]);
  write(root, Object.fromEntries(texts) as Record<string, string>, "All");
  write(root, { "paylint.json": '{ "ignores": ["legacy/"] }' }, "Settings");
  const told = await search(root);
  expect(told.files.map((file) => file.path)).toEqual(["lib/b.ts", "src/a.ts"]);
  expect(told.summary).toMatchObject({ errors: 0, warnings: 2 });
  expect(await found(root, "src")).toEqual(["src/a.ts:2 All kept"]);
  expect(await found(path.join(root, "lib"))).toEqual(["b.ts:2 All kept"]);
  const off = await paylint(root, "check", "--history", "--rule", "no-hardcoded-secrets:off");
  expect(off).toMatchObject({ code: 2, stderr: expect.stringContaining("looks for nothing else") as string });
});

test("each content is read once, in however many commits and files it stands", async () => {
  const root = makeRepository({});
  write(root, { "a.ts": code(live), "copy.ts": code(live) }, "One");
  for (const count of [2, 3, 4]) write(root, { "other.ts": `export const n = ${count};\n` }, String(count));
  write(root, { "a.ts": READ }, "Five");
  write(root, { "a.ts": code(live) }, "Six");
  expect((await search(root)).history).toEqual({ commits: 6, contents: 5, shallow: false });
});

test("a shallow clone is told as such", async () => {
  const root = makeRepository({});
  write(root, { "a.ts": code(live) }, "One");
  write(root, { "a.ts": READ }, "Two");
  const clone = path.join(makeTree({}), "clone");
  git(root, "clone", "--quiet", "--depth", "1", pathToFileURL(root).href, clone);
  expect((await search(clone)).history.shallow).toBe(true);
  const { stdout } = await paylint(clone, "check", "--history");
  expect(stdout).toBe("No findings in 1 version of files from 1 commit; this clone lacks older ones\n");
});

test("the text and SARIF name commit, place and kind, say what to do first, and hold no value", async () => {
  const root = makeRepository({});
  write(root, { "pay.ts": code(live) }, "Leak");
  const hash = git(root, "rev-parse", "HEAD").trim();
  const text = await paylint(root, "check", "--history");
  expect(text.stdout).toContain("pay.ts\n  2:27  error  Live secret key in commit");
  expect(text.stdout).toMatch(
    new RegExp(`in commit ${hash.slice(0, 10)} of \\d{4}-\\d\\d-\\d\\d, and still in the files`),
  );
  expect(text.stdout).toContain("Replace it at the provider first");
  const sarif = await paylint(root, "check", "--history", "--format", "sarif");
  const [result] = (JSON.parse(sarif.stdout) as { runs: { results: { properties: unknown }[] }[] }).runs[0]!
    .results;
  expect(result!.properties).toEqual({ commit: { hash, when: expect.any(String) as string, inHead: true } });
  for (const { stdout, stderr } of [text, sarif]) expect(stdout + stderr).not.toContain(live.slice(8));
});

test("large contents are told as skipped; an empty repository, and none, are no crash", async () => {
  const root = makeRepository({});
  expect((await search(root)).history).toEqual({ commits: 0, contents: 0, shallow: false });
  write(root, { "large.json": `{ "a": "${"x".repeat(1024 * 1024)}" }` }, "Large");
  rmSync(path.join(root, "large.json"));
  commitAll(root, "Gone");
  const { stdout } = await paylint(root, "check", "--history", "--verbose");
  expect(stdout).toContain("large.json had more than 1 MB in a commit");
  const nowhere = makeTree({});
  expect((await paylint(nowhere, "check", "--history")).stderr).toBe(`${nowhere} is in no git repository.\n`);
  expect((await paylintWith({ PATH: "" }, root, "check", "--history")).stderr).toBe(
    "There is no git on the PATH.\n",
  );
  expect((await paylint(root, "check", "--history", "--staged")).code).toBe(2);
});
