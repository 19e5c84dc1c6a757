import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Supervisor } from "../src/supervisor.ts";

/** Servers that were launched, oldest first, each at the hands of the test. */
let servers: { ready(): void; die(): void; stopped: boolean }[];
let states: string[];
let supervisor: Supervisor;

beforeEach(() => {
  vi.useFakeTimers();
  servers = [];
  states = [];
  supervisor = new Supervisor(
    (ready) => {
      let die = (): void => {};
      const gone = new Promise<void>((resolve) => (die = resolve));
      const server = { ready, die, stopped: false };
      servers.push(server);
      return { gone, stop: async () => void (server.stopped = true) };
    },
    (state) => states.push(state),
  );
  supervisor.start();
});

afterEach(async () => {
  await supervisor.stop();
  vi.useRealTimers();
});

async function die(): Promise<void> {
  servers.at(-1)!.die();
  await vi.advanceTimersByTimeAsync(0);
}

test("a server that dies is started again at once", async () => {
  servers[0]!.ready();
  await die();
  servers[1]!.ready();
  expect(states).toEqual(["starting", "ready", "restarting", "ready"]);
});

test("one that keeps dying is started ever later, and then no more", async () => {
  for (const wait of [0, 1_000, 5_000, 15_000]) {
    const before = servers.length;
    await die();
    if (wait > 0) {
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(servers).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(servers).toHaveLength(before + 1);
  }
  await die();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(servers).toHaveLength(5);
  expect(states.at(-1)).toBe("crashed");
});

test("after it was given up, a person can start it again", async () => {
  for (let death = 0; death < 5; death++) {
    await die();
    await vi.advanceTimersByTimeAsync(15_000);
  }
  expect(states.at(-1)).toBe("crashed");
  supervisor.restart();
  servers.at(-1)!.ready();
  expect(servers).toHaveLength(6);
  expect(states.slice(-2)).toEqual(["starting", "ready"]);
});

test("a restart stops the server that runs and starts another", async () => {
  servers[0]!.ready();
  supervisor.restart();
  await vi.advanceTimersByTimeAsync(0);
  expect(servers[0]!.stopped).toBe(true);
  expect(servers).toHaveLength(2);
});

test("a restart does not wait for the next try", async () => {
  await die();
  await die();
  expect(servers).toHaveLength(2);
  supervisor.restart();
  await vi.advanceTimersByTimeAsync(0);
  expect(servers).toHaveLength(3);
});

test("once stopped, it starts nothing", async () => {
  await supervisor.stop();
  expect(servers[0]!.stopped).toBe(true);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(servers).toHaveLength(1);
});
