import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { headOf } from "../../src/project/git-head.ts";
import { gitIdentity } from "../../src/project/git-identity.ts";
import { makeTree } from "../tree.ts";

/** What git itself says, without anything of this machine's. */
function git(cwd: string, env: Readonly<Record<string, string>>, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
    stdio: "pipe",
  });
}

const ADA = "[user]\n  name = Ada Example\n  email = ada@example.com\n";
const BEN = '[user]\n\tname = "Ben Sample" # at work\n\temail = ben@example.com\n';

test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, string | undefined]>([
  ["the settings of the person", { "home/.gitconfig": ADA }, {}, "Ada Example <ada@example.com>"],
  ["the newer place for them", { "home/.config/git/config": ADA }, {}, "Ada Example <ada@example.com>"],
  [
    "the repository's before the person's",
    { "home/.gitconfig": ADA, "repo/.git/config": `[core]\n  bare = false\n${BEN}` },
    {},
    "Ben Sample <ben@example.com>",
  ],
  [
    "the environment before both",
    { "home/.gitconfig": ADA },
    { GIT_AUTHOR_NAME: "Cy", GIT_AUTHOR_EMAIL: "cy@example.com" },
    "Cy <cy@example.com>",
  ],
  [
    "an author beside a user",
    { "home/.gitconfig": `${ADA}[author]\n name = A E\n` },
    {},
    "A E <ada@example.com>",
  ],
  [
    "a file that is included",
    { "home/.gitconfig": `${ADA}[include]\n  path = work\n`, "home/work": BEN },
    {},
    "Ben Sample <ben@example.com>",
  ],
  [
    "a file that is included for this place",
    { "home/.gitconfig": `${ADA}[includeIf "gitdir:repo/"]\n  path = ~/work\n`, "home/work": BEN },
    {},
    "Ben Sample <ben@example.com>",
  ],
  [
    "no file that is included for another place",
    { "home/.gitconfig": `${ADA}[includeIf "gitdir:~/other/"]\n  path = work\n`, "home/work": BEN },
    {},
    "Ada Example <ada@example.com>",
  ],
  [
    "files that include each other",
    { "home/.gitconfig": `${ADA}[include]\n  path = .gitconfig\n` },
    {},
    "Ada Example <ada@example.com>",
  ],
  [
    "escapes",
    { "home/.gitconfig": '[user] name = "A \\"B\\" C" D\nemail=a@example.com ; mine\n' },
    {},
    'A "B" C D <a@example.com>',
  ],
  ["no name", { "home/.gitconfig": "[user]\n  email = ada@example.com\n" }, {}, undefined],
  ["no settings", {}, {}, undefined],
])("who commits, by %s", (name, files, own, expected) => {
  const root = makeTree({ "home/.keep": "", "repo/.git/HEAD": "ref: refs/heads/main\n", ...files });
  const repo = path.join(root, "repo");
  for (const folder of ["objects", "refs"]) mkdirSync(path.join(repo, ".git", folder), { recursive: true });
  const env = { HOME: path.join(root, "home"), GIT_CONFIG_NOSYSTEM: "1", ...own };
  expect(gitIdentity(repo, env)).toBe(expected);
  if (name === "files that include each other") return; // git refuses these
  const said = () =>
    git(
      repo,
      { ...env, GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "user.useConfigOnly", GIT_CONFIG_VALUE_0: "true" },
      "var",
      "GIT_AUTHOR_IDENT",
    );
  if (expected === undefined) expect(said).toThrow();
  else expect(said().replace(/ \d+ [+-]\d+\n$/, "")).toBe(expected);
});

test("the commit that is checked out: on a branch, packed, detached, in another work tree", () => {
  const root = makeTree({ "repo/a/b.txt": "" });
  const repo = path.join(root, "repo");
  const env = { HOME: root, GIT_CONFIG_NOSYSTEM: "1" };
  const run = (...args: string[]): string =>
    git(repo, env, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args).trim();
  expect(headOf(repo)).toBeUndefined();
  run("init", "--quiet", "--initial-branch=main");
  expect(headOf(repo)).toBeUndefined();
  run("add", ".");
  run("commit", "--quiet", "--message=One");
  const head = run("rev-parse", "HEAD");
  expect(headOf(path.join(repo, "a"))).toBe(head);
  run("pack-refs", "--all");
  expect(headOf(repo)).toBe(head);
  run("worktree", "add", "--quiet", "-b", "other", "../other");
  expect(headOf(path.join(root, "other"))).toBe(head);
  run("checkout", "--quiet", "--detach");
  expect(headOf(repo)).toBe(head);
});
