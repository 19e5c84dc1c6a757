import { describe, expect, it } from "vitest";
import { repaired } from "../../engine/test/observe/repairs/repairing.ts";
import { outcomeOf, RIGHT } from "./webhooks/deliveries.ts";
import { FRAMEWORKS, type Manner } from "./webhooks/frameworks.ts";

const BY_HELPER: Manner["differs"] = (received, expected) => `!verifySignature(${received}, ${expected})`;
const BY_OPERATOR: Manner["differs"] = (received, expected) => `${received} !== ${expected}`;

describe.each(FRAMEWORKS)("%s", (_, sampleOf) => {
  it("accepts everything that is young, and once the check is waited for, what is genuine", async () => {
    const sample = sampleOf({ isRaw: true, differs: BY_HELPER, checksAge: true, isAsync: true });
    const { [sample.handler]: handler, ...others } = sample.files;
    const accepted = "200, fulfilled";
    expect(await outcomeOf(sample, handler!)).toEqual({
      ...RIGHT,
      "re-serialised on its way": accepted,
      forged: accepted,
      "with a signature that is cut": accepted,
      // There is no time whose age could be looked at.
      unsigned: "400",
    });
    const after = repaired("await-verification", handler!, sample.handler, others);
    expect(await outcomeOf(sample, after)).toEqual(RIGHT);
  });

  it.each([
    ["an operator", BY_OPERATOR],
    ["a helper", BY_HELPER],
  ])("accepts by %s what is replayed, and refuses it once its age is looked at", async (_, differs) => {
    const sample = sampleOf({ isRaw: true, differs, checksAge: false });
    const { [sample.handler]: handler, ...others } = sample.files;
    expect(await outcomeOf(sample, handler!)).toEqual({ ...RIGHT, replayed: "200, fulfilled" });
    const after = repaired("require-timestamp-tolerance", handler!, sample.handler, others);
    expect(await outcomeOf(sample, after)).toEqual({ ...RIGHT, replayed: "401" });
  });
});
