import * as crypto from "node:crypto";
import { describe, expect, it } from "vitest";
import { repaired } from "../../engine/test/observe/repairs/repairing.ts";
import { outcomeOf, RIGHT } from "./webhooks/deliveries.ts";
import { FRAMEWORKS, type Manner } from "./webhooks/frameworks.ts";

const RULE = "timing-safe-compare";

/** How often equally long buffers are compared in constant time while everything is delivered, and the answers. */
async function comparisons(sample: Parameters<typeof outcomeOf>[0], handler: string) {
  let compared = 0;
  const timingSafeEqual: typeof crypto.timingSafeEqual = (a, b) => {
    compared++;
    return crypto.timingSafeEqual(a, b);
  };
  const outcome = await outcomeOf(sample, handler, { "node:crypto": { ...crypto, timingSafeEqual } });
  return { compared, outcome };
}

/** All signatures that are as long as a genuine one. */
const AS_LONG = Object.keys(RIGHT).length - 2;

describe.each(FRAMEWORKS)("%s", (_, sampleOf) => {
  it.each([
    ["an operator", (received: string, expected: string) => `${received} !== ${expected}`],
    [
      "Buffer.compare()",
      (received: string, expected: string) =>
        `Buffer.compare(Buffer.from(String(${received})), Buffer.from(${expected})) !== 0`,
    ],
  ] satisfies [string, Manner["differs"]][])(
    "compares by %s, and once it is repaired, in constant time with the same answers",
    async (_, differs) => {
      const sample = sampleOf({ isRaw: true, differs, checksAge: true });
      const { [sample.handler]: handler, ...others } = sample.files;
      expect(await comparisons(sample, handler!)).toEqual({ compared: 0, outcome: RIGHT });
      const after = repaired(RULE, handler!, sample.handler, others);
      expect(await comparisons(sample, after)).toEqual({ compared: AS_LONG, outcome: RIGHT });
    },
  );
});
