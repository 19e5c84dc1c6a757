import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { live } from "../../../engine/test/observe/secrets/fake.ts";
import { commitAll, git, GIT_ENV, makeRepository } from "../repository.ts";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { paylint } from "./run.ts";

Object.assign(process.env, GIT_ENV);

const KEY = `export const stripeKey = "${live}";\n`;

/** The findings of a check of what was changed since `main`, as `file line`, and its exit code. */
async function changed(root: string, ...args: readonly string[]): Promise<{ code: number; found: string[] }> {
  const run = await paylint(root, "check", "--changed", "main", "-f", "json", ...args);
  expect(run.stderr).toBe("");
  const { files } = JSON.parse(run.stdout) as { files: { path: string; findings: { line: number }[] }[] };
  const found = files.flatMap(({ path: file, findings }) => findings.map(({ line }) => `${file} ${line}`));
  return { code: run.code, found };
}

/** A repository whose branch `work` has left `main`. */
function branched(files: Readonly<Record<string, string>>): string {
  const root = makeRepository(files);
  commitAll(root, "One");
  git(root, "branch", "-M", "main");
  git(root, "switch", "--quiet", "--create", "work");
  return root;
}

test("findings on lines that were changed are told, old ones are not", async () => {
  const root = branched({ "a.ts": UNSAFE, "b.ts": UNSAFE });
  expect(await changed(root)).toEqual({ code: 0, found: [] });
  appendFileSync(path.join(root, "a.ts"), KEY);
  expect(await changed(root)).toEqual({ code: 1, found: ["a.ts 6"] });
  commitAll(root, "Two");
  expect(await changed(root)).toEqual({ code: 1, found: ["a.ts 6"] });
});

test("new files count, added to git or not, and what git ignores does not", async () => {
  const root = branched({ ".gitignore": "ignored.ts\n" });
  for (const name of ["new.ts", "a file.ts", "ignored.ts", "über.ts"])
    writeFileSync(path.join(root, name), UNSAFE);
  git(root, "add", "new.ts");
  expect((await changed(root)).found).toEqual(["a file.ts 4", "new.ts 4", "über.ts 4"]);
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message", "Two");
  expect((await changed(root)).found).toEqual(["a file.ts 4", "new.ts 4", "über.ts 4"]);
});

test("a file that was only renamed is not changed", async () => {
  const root = branched({ "a.ts": UNSAFE });
  git(root, "mv", "a.ts", "b.ts");
  expect((await changed(root)).found).toEqual([]);
  appendFileSync(path.join(root, "b.ts"), KEY);
  expect((await changed(root)).found).toEqual(["b.ts 6"]);
});

test("what the base has got since does not count", async () => {
  const root = branched({ "a.ts": SAFE });
  git(root, "switch", "--quiet", "main");
  writeFileSync(path.join(root, "b.ts"), UNSAFE);
  commitAll(root, "Another's");
  git(root, "switch", "--quiet", "work");
  writeFileSync(path.join(root, "c.ts"), UNSAFE);
  expect((await changed(root)).found).toEqual(["c.ts 4"]);
});

test("in a folder below, its own files are looked at", async () => {
  const root = branched({ "lib/a.ts": SAFE, "b.ts": SAFE });
  for (const name of ["lib/a.ts", "b.ts"]) writeFileSync(path.join(root, name), UNSAFE);
  expect((await changed(path.join(root, "lib"))).found).toEqual(["a.ts 4"]);
});

test("with all that may be concerned, files that import a changed one are looked at, and their old findings told", async () => {
  const importing = `import { b } from "./b";\n${UNSAFE}export const used = b;\n`;
  const root = branched({ "a.ts": importing, "b.ts": "export const b = 1;\n", "c.ts": UNSAFE });
  writeFileSync(path.join(root, "b.ts"), "export const b = 2;\n");
  expect((await changed(root)).found).toEqual([]);
  expect((await changed(root, "--changed-scope", "files")).found).toEqual(["a.ts 5"]);
});

test.each([
  [
    "a base that there is none of",
    "nowhere",
    /git knows no commit that nowhere and HEAD have in common.*fetch-depth: 0/,
  ],
  ["an option as a base", "--output=x", /is no commit or branch|argument missing/],
])("%s is named, with a remedy", async (_, base, message) => {
  const root = branched({ "a.ts": SAFE });
  const { code, stderr } = await paylint(root, "check", `--changed=${base}`);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
  expect(() => readFileSync(path.join(root, "x"))).toThrow();
});

test("without a repository it says so", async () => {
  const { code, stderr } = await paylint(makeTree({ "a.ts": SAFE }), "check", "--changed", "main");
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no git repository") as string,
  });
});
