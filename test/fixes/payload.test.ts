import { describe, expect, it } from "vitest";
import { repaired } from "../../engine/test/observe/repairs/repairing.ts";
import { outcomeOf, RIGHT } from "./webhooks/deliveries.ts";
import { FRAMEWORKS, type Manner } from "./webhooks/frameworks.ts";

const RULE = "verify-before-parse";
const REPARSED: Manner = {
  isRaw: false,
  differs: (received, expected) => `!verifySignature(${received}, ${expected})`,
  checksAge: true,
};

describe.each(FRAMEWORKS)("%s", (_, sampleOf) => {
  const sample = sampleOf(REPARSED);
  const { [sample.handler]: handler, ...others } = sample.files;

  it("refuses genuine bytes and accepts changed ones, and once it is repaired, the other way round", async () => {
    expect(await outcomeOf(sample, handler!)).toEqual({
      ...RIGHT,
      "genuine, with spaces": "401",
      "re-serialised on its way": "200, fulfilled",
    });
    expect(await outcomeOf(sample, repaired(RULE, handler!, sample.handler, others))).toEqual(RIGHT);
  });
});

describe.each(FRAMEWORKS.filter(([name]) => name.startsWith("Express")))(
  "%s with a raw route behind a JSON parser",
  (_, sampleOf) => {
    const sample = sampleOf({ ...REPARSED, isRaw: true });
    const handler = sample.files[sample.handler]!.replace(/express\.json\(.*?\}\s*\)/, "express.json()")
      .replace(`"/webhooks/pay", `, `"/webhooks/pay", express.raw({ type: "application/json" }), `)
      .replace("req.rawBody", "req.body")
      .replaceAll(/req\.body\.(type|id)/g, "JSON.parse(req.body).$1");

    it("accepts nothing, and once it is repaired, what is genuine", async () => {
      const refused = {
        genuine: "401",
        "genuine, with spaces": "401",
        replayed: "401",
        "of an unknown type": "401",
      };
      expect(await outcomeOf(sample, handler)).toEqual({ ...RIGHT, ...refused });
      expect(await outcomeOf(sample, repaired(RULE, handler, sample.handler))).toEqual(RIGHT);
    });
  },
);
