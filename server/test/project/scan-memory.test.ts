import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileReport, Outcome } from "../../src/project/results.ts";
import { ScanMemory } from "../../src/project/scan-memory.ts";
import { stampOf } from "../../src/project/stamp.ts";

let root: string;
let memoryFile: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "paylint-memory-"));
  memoryFile = path.join(root, "storage", "deep", "memory.json");
});

afterEach(() => rmSync(root, { recursive: true }));

/** As a tool leaves it that puts files back with their times. */
const THEN = new Date("2020-01-01T00:00:00Z");

function write(name: string, text: string, when = THEN): string {
  const file = path.join(root, name);
  writeFileSync(file, text);
  utimesSync(file, when, when);
  return file;
}

function reportOf(file: string, led: Partial<FileReport> = {}): Outcome {
  return {
    report: { path: file, findings: [], suppressed: [], problems: [], links: [], importersOf: [], ...led },
  };
}

function remember(outcomes: readonly Outcome[], key = "key"): void {
  const memory = new ScanMemory(memoryFile, key, root);
  for (const outcome of outcomes) {
    const file = "report" in outcome ? outcome.report.path : "";
    memory.keep(file, stampOf(file), outcome);
  }
  memory.save();
}

/** The names of the files whose outcomes still hold. */
async function recalled(
  names: readonly string[],
  { key = "key", imports = [] as readonly string[] } = {},
): Promise<string[]> {
  const memory = new ScanMemory(memoryFile, key, root);
  const outcomes = await memory.recall(
    names.map((name) => path.join(root, name)),
    () => imports.map((name) => path.join(root, name)),
  );
  return outcomes.map((outcome) => ("report" in outcome ? path.basename(outcome.report.path) : "?")).sort();
}

describe("of what was linted before", () => {
  test("what did not change is known", async () => {
    remember([reportOf(write("a.ts", "a")), reportOf(write("b.ts", "b"))]);
    expect(await recalled(["a.ts", "b.ts"])).toEqual(["a.ts", "b.ts"]);
  });

  test("a file with other content is not, whatever its time says, and one that is new is not", async () => {
    remember([reportOf(write("a.ts", "a")), reportOf(write("b.ts", "b"))]);
    write("a.ts", "x", new Date("2021-01-01T00:00:00Z"));
    write("c.ts", "c");
    expect(await recalled(["a.ts", "b.ts", "c.ts"])).toEqual(["b.ts"]);
  });

  test("a file that was only touched is", async () => {
    remember([reportOf(write("a.ts", "a"))]);
    write("a.ts", "a", new Date("2021-01-01T00:00:00Z"));
    expect(await recalled(["a.ts"])).toEqual(["a.ts"]);
  });

  test("a change that keeps size and time is told apart", async () => {
    remember([reportOf(write("a.ts", "a"))]);
    write("a.ts", "b");
    expect(await recalled(["a.ts"])).toEqual([]);
  });

  test("a file is forgotten with one that it leads to: changed, gone, or come", async () => {
    const outcomes = () => [
      reportOf(write("a.ts", "a"), { links: ["b.ts", "lib/missing"] }),
      reportOf(write("b.ts", "b")),
      reportOf(write("c.ts", "c")),
    ];
    remember(outcomes());
    write("b.ts", "x");
    expect(await recalled(["a.ts", "b.ts", "c.ts"])).toEqual(["c.ts"]);
    remember(outcomes());
    rmSync(path.join(root, "b.ts"));
    expect(await recalled(["a.ts", "c.ts"])).toEqual(["c.ts"]);
    remember(outcomes());
    expect(await recalled(["a.ts", "b.ts", "c.ts", "lib/missing.ts"])).toEqual(["b.ts", "c.ts"]);
  });

  test("and with one that is not linted itself", async () => {
    write("generated.ts", "1");
    remember([reportOf(write("a.ts", "a"), { links: ["generated.ts"] })]);
    expect(await recalled(["a.ts"])).toEqual(["a.ts"]);
    write("generated.ts", "2");
    expect(await recalled(["a.ts"])).toEqual([]);
  });

  test("and with a new importer, where its importers count", async () => {
    remember([reportOf(write("a.ts", "a"), { importersOf: ["a.ts"] }), reportOf(write("b.ts", "b"))]);
    write("b.ts", 'import "./a";');
    expect(await recalled(["a.ts", "b.ts"], { imports: ["a.ts"] })).toEqual([]);
  });

  test("and with what says how specifiers are understood", async () => {
    const settings = write("tsconfig.json", "{}");
    remember([reportOf(write("a.ts", "a"), { links: ["b.ts"] }), reportOf(settings)]);
    write("tsconfig.json", '{ "compilerOptions": {} }');
    expect(await recalled(["a.ts", "tsconfig.json"])).toEqual([]);
    remember([reportOf(write("a.ts", "a"), { links: ["b.ts"] })]);
    write("pnpm-workspace.yaml", "packages: []");
    expect(await recalled(["a.ts"])).toEqual([]);
  });
});

test("nothing is known under another key, or of a memory that is broken", async () => {
  remember([reportOf(write("a.ts", "a"))]);
  expect(await recalled(["a.ts"], { key: "other" })).toEqual([]);
  for (const text of ["", "{", "null", '{"key":"key"}']) {
    writeFileSync(memoryFile, text);
    expect(await recalled(["a.ts"])).toEqual([]);
  }
});

test("what failed is tried again, and what was forgotten is not written", async () => {
  const a = write("a.ts", "a");
  remember([{ failure: { path: a, reason: "too-slow", detail: "" } }]);
  expect(await recalled(["a.ts"])).toEqual([]);
  remember([reportOf(a)]);
  const memory = new ScanMemory(memoryFile, "key", root);
  await memory.recall([], () => []);
  memory.save();
  expect(readFileSync(memoryFile, "utf8")).not.toContain("a.ts");
});
