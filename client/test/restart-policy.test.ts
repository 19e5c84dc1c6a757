import { expect, test } from "vitest";
import { RestartPolicy } from "../src/restart-policy.ts";

const MINUTE = 60_000;

test("the first start after a death is immediate, the next ones wait longer, and then it ends", () => {
  const policy = new RestartPolicy();
  const waits = [0, 1, 2, 3, 4].map((second) => policy.died(second * 1000));
  expect(waits).toEqual([0, 1_000, 5_000, 15_000, undefined]);
});

test("a server that lived for minutes is started at once again", () => {
  const policy = new RestartPolicy();
  expect(policy.died(0)).toBe(0);
  expect(policy.died(4 * MINUTE)).toBe(0);
  expect(policy.died(5 * MINUTE)).toBe(1_000);
});

test("a start by a person forgets the deaths before", () => {
  const policy = new RestartPolicy();
  for (let death = 0; death < 5; death++) policy.died(death);
  policy.forget();
  expect(policy.died(10)).toBe(0);
});
