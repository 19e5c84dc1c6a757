import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { FileChangeType } from "vscode-languageserver-protocol/node";
import { check } from "../../src/project/check.ts";
import { loadSettings } from "../../src/project/settings.ts";
import { key, live } from "../../../engine/test/observe/secrets/fake.ts";
import { TestClient } from "../language-server/client.ts";
import { git, GIT_ENV, makeRepository } from "../repository.ts";
import { makeTree } from "../tree.ts";

Object.assign(process.env, GIT_ENV);

const ENV = `STRIPE_SECRET_KEY=${live}\n`;

/** The rules that report something of a file that was named, on the command line and in the editor. */
async function told(root: string, file: string, gitignore = true): Promise<Record<string, string[]>> {
  const { files } = await check([file], {
    cwd: root,
    gitignore,
    ignores: () => false,
    rules: loadSettings(root, "recommended").rules,
    link: false,
    worker: new URL("file:///unused"),
    threads: 1,
  });
  const client = await TestClient.start({ folder: pathToFileURL(root).href });
  const uri = pathToFileURL(path.join(root, file)).href;
  await client.open(uri, readFileSync(path.join(root, file), "utf8"), "dotenv");
  const diagnostics = await client.diagnostics(uri);
  await client.stop();
  return {
    commandLine: files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)),
    editor: diagnostics.map(({ code }) => String(code)),
  };
}

const FOUND = { commandLine: ["no-hardcoded-secrets"], editor: ["no-hardcoded-secrets"] };
const FINE = { commandLine: [], editor: [] };

test("a key in a file that git ignores is fine, until it is staged", async () => {
  const root = makeRepository({ ".gitignore": ".env\n", ".env": ENV });
  expect(await told(root, ".env")).toEqual(FINE);
  git(root, "add", "--force", ".env");
  expect(await told(root, ".env")).toEqual(FOUND);
  git(root, "commit", "--quiet", "--message", "Leak");
  expect(await told(root, ".env")).toEqual(FOUND);
  git(root, "rm", "--quiet", "--cached", ".env");
  expect(await told(root, ".env")).toEqual(FINE);
});

test("a key in a new file that git does not ignore is a finding", async () => {
  expect(await told(makeRepository({ ".env": ENV }), ".env")).toEqual(FOUND);
});

test("a key in an ignored folder is fine", async () => {
  const root = makeRepository({ ".gitignore": "deploy/\n", "deploy/live/.env": ENV });
  expect(await told(root, "deploy/live/.env")).toEqual(FINE);
});

test("patterns of the repository's own, and those of a person, count", async () => {
  const root = makeRepository({ ".env": ENV, "app/.env.local": ENV, mine: ".env.local\n" });
  appendFileSync(path.join(root, ".git", "info", "exclude"), ".env\n");
  expect(await told(root, ".env")).toEqual(FINE);
  expect(await told(root, "app/.env.local")).toEqual(FOUND);
  git(root, "config", "core.excludesFile", path.join(root, "mine"));
  expect(await told(root, "app/.env.local")).toEqual(FINE);
});

test("in a further work tree, the patterns and the index of its own repository count", async () => {
  const root = makeRepository({ "README.md": "" });
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message", "Begin");
  appendFileSync(path.join(root, ".git", "info", "exclude"), "*.env\n");
  const other = path.join(makeTree({}), "other");
  git(root, "worktree", "add", "--quiet", other);
  for (const name of ["a.env", "b.env"]) writeFileSync(path.join(other, name), ENV);
  git(other, "add", "--force", "b.env");
  expect(await told(other, "a.env")).toEqual(FINE);
  expect(await told(other, "b.env")).toEqual(FOUND);
});

test("without a repository a .gitignore counts all the same, and no git at all is no fault", async () => {
  expect(await told(makeTree({ ".gitignore": ".env\n", ".env": ENV }), ".env")).toEqual(FINE);
  expect(await told(makeTree({ ".env": ENV }), ".env")).toEqual(FOUND);
  const broken = makeRepository({ ".env": ENV });
  rmSync(path.join(broken, ".git"), { recursive: true });
  writeFileSync(path.join(broken, ".git"), "nonsense");
  expect(await told(broken, ".env")).toEqual(FOUND);
});

test("--no-gitignore asks nothing of git", async () => {
  const root = makeRepository({ ".gitignore": ".env\n", ".env": ENV });
  expect((await told(root, ".env", false)).commandLine).toEqual(FOUND.commandLine);
});

test("other rules look at an ignored file as at any", async () => {
  const text = `${ENV}NEXT_PUBLIC_STRIPE_SECRET_KEY=${key("sk_live", 24, 5)}\n`;
  const root = makeRepository({ ".gitignore": ".env\n", ".env": text });
  expect((await told(root, ".env")).commandLine).toEqual(["no-client-secrets"]);
});

test.each([
  ["a real value", ENV, ["no-hardcoded-secrets"]],
  ["placeholders", "STRIPE_SECRET_KEY=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx\nPAYMONGO_SECRET_KEY=\n", []],
])(".env.example with %s", async (_, text, expected) => {
  const root = makeRepository({ ".env.example": text });
  expect((await told(root, ".env.example")).commandLine).toEqual(expected);
});

test("the editor looks again when .gitignore changes", async () => {
  const root = makeRepository({ ".env": ENV });
  const client = await TestClient.start({ folder: pathToFileURL(root).href });
  const uri = pathToFileURL(path.join(root, ".env")).href;
  await client.open(uri, ENV, "dotenv");
  expect(await client.diagnostics(uri)).toHaveLength(1);
  const ignoreFile = path.join(root, ".gitignore");
  writeFileSync(ignoreFile, ".env\n");
  const changes = [{ uri: pathToFileURL(ignoreFile).href, type: FileChangeType.Created }];
  await client.notify("workspace/didChangeWatchedFiles", { changes });
  await client.until(() => client.published.at(-1)!.diagnostics.length === 0);
  expect(client.watched).toContain("**/.gitignore");
  await client.stop();
});
