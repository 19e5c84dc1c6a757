import { describe, expect, test } from "vitest";
import type { Answer, ObservationOf } from "../../src/observe/observation.ts";
import { noFulfillmentOnRedirect as rule } from "../../src/rules/no-fulfillment-on-redirect.ts";

function reported(answer: Answer): string | undefined {
  const range = { start: 0, end: 1 };
  const observation = { kind: "return-page", range, confirmed: { answer, range, steps: [] } };
  const report = rule.check(observation as unknown as ObservationOf<"return-page">, rule.defaultOptions);
  return report?.messageId;
}

describe("no-fulfillment-on-redirect", () => {
  test.each<Answer>(["yes", "unknown"])("is silent when the fact is %s", (answer) => {
    expect(reported(answer)).toBeUndefined();
  });

  test("reports when the fact is no", () => {
    expect(reported("no")).toBe("confirmed");
  });
});
