import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { historyOf } from "../../src/project/git-history.ts";
import { git as inRepository } from "../repository.ts";

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "paylint-history-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): void {
  inRepository(root, ...args);
}

function commit(text: string): void {
  writeFileSync(path.join(root, "go-live.json"), text);
  git("add", "go-live.json");
  git("commit", "-m", "Sign");
}

test("tells what a file held at each commit, the newest first", async () => {
  git("init");
  commit("one\n");
  commit("two ü\n\nthree");
  const history = await historyOf(path.join(root, "go-live.json"));
  expect(history.map(({ text }) => text)).toEqual(["two ü\n\nthree", "one\n"]);
  for (const { when } of history) expect(Date.parse(when)).toBeGreaterThan(0);
});

test("a commit that removed the file is left out", async () => {
  git("init");
  commit("one");
  git("rm", "go-live.json");
  git("commit", "-m", "Remove");
  commit("two");
  const history = await historyOf(path.join(root, "go-live.json"));
  expect(history.map(({ text }) => text)).toEqual(["two", "one"]);
});

test("there is none outside of a repository, before the first commit and in a broken repository", async () => {
  const file = path.join(root, "go-live.json");
  expect(await historyOf(file)).toEqual([]);
  git("init");
  expect(await historyOf(file)).toEqual([]);
  writeFileSync(path.join(root, ".git", "HEAD"), "nonsense");
  expect(await historyOf(file)).toEqual([]);
});

test("settings of the repository start no programs", async () => {
  git("init");
  commit("one");
  const trace = path.join(root, "ran");
  const script = path.join(root, "run.sh");
  writeFileSync(script, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
  for (const name of ["core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand", "diff.external"])
    git("config", name, script);
  git("config", "log.showSignature", "true");
  expect(await historyOf(path.join(root, "go-live.json"))).toHaveLength(1);
  expect(existsSync(trace)).toBe(false);
});
