import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { live } from "../../../engine/test/observe/secrets/fake.ts";
import { commitAll, git, GIT_ENV, makeRepository } from "../repository.ts";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { commandLine, paylint, paylintWith } from "./run.ts";

Object.assign(process.env, GIT_ENV);

const KEY = `export const stripeKey = "${live}";\n`;

/** The findings of a check of what is staged, as `file rule line`, and its exit code. */
async function staged(root: string, ...args: readonly string[]): Promise<{ code: number; found: string[] }> {
  const { code, stdout, stderr } = await paylint(root, "check", "--staged", "--format", "json", ...args);
  expect(stderr).toBe("");
  const { files } = JSON.parse(stdout) as {
    files: { path: string; findings: { ruleId: string; line: number }[] }[];
  };
  return {
    code,
    found: files.flatMap(({ path: file, findings }) =>
      findings.map(({ ruleId, line }) => `${file} ${ruleId} ${line}`),
    ),
  };
}

test("only staged files are looked at, before the first commit and after it", async () => {
  const root = makeRepository({ "a.ts": UNSAFE, "b.ts": UNSAFE });
  git(root, "add", "a.ts");
  expect(await staged(root)).toEqual({ code: 1, found: ["a.ts timing-safe-compare 4"] });
  git(root, "commit", "--quiet", "--message", "One");
  expect(await staged(root)).toEqual({ code: 0, found: [] });
  git(root, "add", "b.ts");
  expect(await staged(root)).toEqual({ code: 1, found: ["b.ts timing-safe-compare 4"] });
});

test("what is staged counts, not what the work tree holds", async () => {
  const root = makeRepository({ "a.ts": SAFE, "b.ts": UNSAFE, "c.ts": UNSAFE });
  git(root, "add", ".");
  appendFileSync(path.join(root, "a.ts"), KEY);
  writeFileSync(path.join(root, "b.ts"), SAFE);
  rmSync(path.join(root, "c.ts"));
  expect(await staged(root)).toEqual({
    code: 1,
    found: ["b.ts timing-safe-compare 4", "c.ts timing-safe-compare 4"],
  });
});

test("staged files lead to each other as they are staged", async () => {
  const client = (url: string) =>
    `import axios from "axios";\nexport const api = axios.create({ baseURL: "${url}", headers: { authorization } });\n`;
  const root = makeRepository({
    "client.ts": client("https://api.paymongo.com"),
    "refund.ts":
      'import { api } from "./client";\nexport const refund = () => api.post("/v1/refunds", {});\n',
  });
  git(root, "add", ".");
  const found = { code: 1, found: ["refund.ts require-idempotency-key 2"] };
  expect(await staged(root)).toEqual(found);
  writeFileSync(path.join(root, "client.ts"), client("https://coffee.example.com"));
  expect(await staged(root)).toEqual(found);
});

test("removed files, links, submodules and what is in conflict are left out", async () => {
  const root = makeRepository({ "a.ts": UNSAFE, "b.ts": SAFE });
  commitAll(root);
  git(root, "rm", "--quiet", "a.ts");
  symlinkSync("b.ts", path.join(root, "link.ts"));
  git(root, "add", "link.ts");
  expect(await staged(root)).toEqual({ code: 0, found: [] });
});

test("paths, patterns and the settings narrow it; a path that names nothing staged is no fault", async () => {
  const files = ["a.ts", "lib/b.ts", "lib/c.js", "legacy/d.ts", "node_modules/e/e.js"];
  const root = makeRepository({
    ...Object.fromEntries(files.map((name) => [name, UNSAFE])),
    "paylint.json": '{ "ignores": ["legacy/"] }',
    'caf\u00E9 "x".ts': UNSAFE,
  });
  git(root, "add", "--all", "--force");
  const names = async (...args: string[]) =>
    (await staged(root, ...args)).found.map((each) => each.replace(/ timing.*/, ""));
  expect(await names()).toEqual(["a.ts", 'caf\u00E9 "x".ts', "lib/b.ts", "lib/c.js"]);
  expect(await names("lib")).toEqual(["lib/b.ts", "lib/c.js"]);
  expect(await names("**/*.js", "a.ts")).toEqual(["a.ts", "lib/c.js"]);
  expect(await names("nowhere")).toEqual([]);
  const { found } = await staged(path.join(root, "lib"));
  expect(found).toHaveLength(2);
});

test("large, binary and minified contents are told as skipped", async () => {
  const root = makeRepository({
    "large.json": `{ "a": "${"x".repeat(1024 * 1024)}" }`,
    "binary.ts": "\0",
    "small.min.js": `${"f(a,b,c);".repeat(400)}\n`,
  });
  git(root, "add", ".");
  const { code, stdout } = await paylint(root, "check", "--staged", "--verbose");
  expect(code).toBe(0);
  expect(stdout).toContain("large.json is staged with more than 1 MB");
  expect(stdout).toContain("binary.ts is binary");
  expect(stdout).toContain("small.min.js is minified");
});

test("as a hook it keeps a key out, of a part of a file that is committed and of all that is changed", async () => {
  const root = makeRepository({ "a.ts": SAFE, "b.ts": SAFE });
  commitAll(root);
  const hook = path.join(root, ".git", "hooks", "pre-commit");
  mkdirSync(path.dirname(hook), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${commandLine()}" check --staged\n`);
  chmodSync(hook, 0o755);
  appendFileSync(path.join(root, "a.ts"), KEY);
  writeFileSync(path.join(root, "b.ts"), `${SAFE}// more\n`);
  git(root, "commit", "--quiet", "--message", "One file", "b.ts");
  expect(() => git(root, "commit", "--all", "--message", "All")).toThrow("no-hardcoded-secrets");
  expect(git(root, "status", "--short")).toBe(" M a.ts\n");
});

test("without a repository, and without git, it says so", async () => {
  const root = makeTree({ "a.ts": SAFE });
  const { code, stderr } = await paylint(root, "check", "--staged");
  expect({ code, stderr }).toEqual({ code: 2, stderr: `${root} is in no git repository.\n` });
  const repository = makeRepository({ "a.ts": SAFE });
  const without = await paylintWith({ PATH: "" }, repository, "check", "--staged");
  expect(without).toEqual({ code: 2, stdout: "", stderr: "There is no git on the PATH.\n" });
  writeFileSync(path.join(repository, ".git", "index"), "nonsense, and long enough to be read");
  const broken = await paylint(repository, "check", "--staged");
  expect(broken.code).toBe(2);
  expect(broken.stderr).toMatch(/^git failed: .+\n$/);
});
