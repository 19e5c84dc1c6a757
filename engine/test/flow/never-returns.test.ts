import { describe, expect, it } from "vitest";
import type { Flow } from "../../src/flow/flow.ts";
import { flowFor } from "./paths.ts";

function neverReturns(flow: Flow): boolean {
  return flow.neverReturns(flow.tree.all("FunctionDeclaration").find(({ id }) => id?.name === "f")!);
}

describe("never returns", () => {
  it.each([
    ["throws", "throw new Error()", true],
    ["throws on every path", "if (a) throw new Error(); else process.exit(1)", true],
    ["calls what never returns", "die()", true],
    ["loops for ever", "while (true) {}", true],
    ["throws on one path", "if (a) throw new Error()", false],
    ["catches what it throws", "try { throw new Error() } catch {}", false],
    ["returns in finally", "try { throw new Error() } finally { return }", false],
    ["calls itself on one path", "if (a) f()", false],
  ])("%s", (_, body, expected) => {
    const code = `function die() { throw new Error() } export function f(a) { ${body} }`;
    expect(neverReturns(flowFor(code))).toBe(expected);
  });
});
