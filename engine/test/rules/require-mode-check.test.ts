import { describe, expect, test } from "vitest";
import type { Answer, ObservationOf } from "../../src/observe/observation.ts";
import { requireModeCheck as rule } from "../../src/rules/require-mode-check.ts";

function reported(answer: Answer): string | undefined {
  const range = { start: 0, end: 1 };
  const observation = { kind: "webhook-handler", range, modeChecked: { answer, range, steps: [] } };
  const report = rule.check(observation as unknown as ObservationOf<"webhook-handler">, rule.defaultOptions);
  return report?.messageId;
}

describe("require-mode-check", () => {
  test.each<Answer>(["yes", "unknown"])("is silent when the fact is %s", (answer) => {
    expect(reported(answer)).toBeUndefined();
  });

  test("reports when the fact is no", () => {
    expect(reported("no")).toBe("modeChecked");
  });
});
