import { describe, expect, it } from "vitest";
import { summarise } from "../../src/flow/summary.ts";
import { flowFor } from "./paths.ts";

function summaryOf(code: string, name: string) {
  return summarise(flowFor(code)).get(name);
}

describe("what is exported", () => {
  it.each([
    ["a function", "export function f() {}", ["f"]],
    ["an arrow in a constant", "export const f = () => {}", ["f"]],
    ["by a list, renamed", "function f() {} export { f as g }", ["g"]],
    ["by default", "export default function () {}", ["default"]],
    ["CommonJS, one", "module.exports = function () {}", ["default"]],
    [
      "CommonJS, several",
      "const f = () => {}; module.exports = { f, g() {} }; exports.h = () => {}",
      ["f", "g", "h"],
    ],
    ["not what is no function", "export const a = 1; export class B {}", []],
    ["not what another file exports", `export { f } from "./f"`, []],
  ])("%s", (_, code, names) => {
    expect([...summarise(flowFor(code)).keys()]).toEqual(names);
  });
});

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
    expect(summaryOf(code, "f")?.neverReturns).toBe(expected);
  });
});

it("says where results come from and where parameters go", () => {
  const code = `
    import { createHmac } from "node:crypto";
    export function sign({ body }, secret = process.env.SECRET) {
      return createHmac("sha256", secret).update(body).digest("hex");
    }`;
  expect(summaryOf(code, "sign")).toEqual({
    neverReturns: false,
    returns: [{ kind: "named", name: "crypto:createHmac().update().digest()" }],
    passes: [
      { index: 0, path: ["body"], callee: "crypto:createHmac().update", argument: 0 },
      { index: 1, path: [], callee: "crypto:createHmac", argument: 1 },
    ],
  });
});

it("is plain data", () => {
  const summary = summaryOf("export const f = (a) => a.b ?? process.env.X ?? 1", "f");
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  expect(summary?.returns).toEqual([
    { kind: "parameter", index: 0, path: ["b"] },
    { kind: "environment", name: "X" },
    { kind: "literal" },
  ]);
});
