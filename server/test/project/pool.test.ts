import { describe, expect, test } from "vitest";
import { lintInWorkers, WorkerStartError } from "../../src/project/pool.ts";

const CONTEXT = { root: "/", rules: {}, link: false };

function worker(name: string): URL {
  return new URL(`./fixtures/${name}.ts`, import.meta.url);
}

async function run(names: readonly string[], threads: number): Promise<{ done: string[]; lost: string[] }> {
  const targets = names.map((path) => ({ path, explicit: false }));
  const outcomes = await lintInWorkers(targets, CONTEXT, {
    worker: worker("dying-worker"),
    threads,
    memory: 64,
  });
  return {
    done: outcomes.flatMap((each) => ("report" in each ? [each.report.path] : [])).sort(),
    lost: outcomes
      .flatMap((each) => ("failure" in each ? [`${each.failure.path} ${each.failure.detail}`] : []))
      .sort(),
  };
}

describe("a worker's death costs the file that killed it and no other", () => {
  const others = Array.from({ length: 100 }, (_, at) => `file-${String(at).padStart(3, "0")}`);

  test.each([
    ["leaves", "exits", /^exits ended a worker thread: exit code 3$/],
    ["throws", "throws", /^throws ended a worker thread: Error at (?!.*thrown in the worker)/],
    ["runs out of memory", "fills", /^fills ended a worker thread: .*memory/],
  ])("when it %s", async (_, name, told) => {
    const { done, lost } = await run([...others.slice(0, 50), name, ...others.slice(50)], 2);
    expect(done).toEqual(others);
    expect(lost).toEqual([expect.stringMatching(told)]);
  });

  test("several in one task", async () => {
    const { done, lost } = await run(["a", "exits-1", "b", "throws-1", "exits-2"], 1);
    expect(done).toEqual(["a", "b"]);
    expect(lost).toHaveLength(3);
  });
});

test("more threads than files", async () => {
  expect(await run(["a"], 8)).toEqual({ done: ["a"], lost: [] });
});

test("no files", async () => {
  expect(await run([], 2)).toEqual({ done: [], lost: [] });
});

test("a worker that cannot start is an error, not a hang", async () => {
  const targets = [{ path: "a", explicit: false }];
  await expect(
    lintInWorkers(targets, CONTEXT, { worker: worker("stillborn-worker"), threads: 2 }),
  ).rejects.toThrow(WorkerStartError);
});
