import { describe, expect, it } from "vitest";
import { impliedBy } from "../../src/flow/graph-assumptions.ts";
import { callsOf, constantBehind, flowFor } from "./paths.ts";

/** What follows when an expression came out so: `a` and `not a` for truth, `a!` and `a?` for there or nullish. */
function known(test: string, holds: boolean, about?: "presence", declarations = ""): string[] {
  const text = `${declarations}; test(${test})`;
  const flow = flowFor(text);
  const node = callsOf(flow, "test")[0]!.arguments[0]!;
  const [, ...facts] = impliedBy(node, holds, (alias) => constantBehind(flow, alias), about);
  return facts.map((fact) => {
    const source = text.slice(...fact.test.range);
    if (fact.about === "presence") return source + (fact.holds ? "!" : "?");
    return (fact.holds ? "" : "not ") + source;
  });
}

describe("impliedBy", () => {
  it.each<[string, string[], string[]]>([
    ["a", [], []],
    ["!a", ["not a"], ["a"]],
    ["!!a", ["not !a", "a"], ["!a", "not a"]],
    ["a && b", ["a", "b"], []],
    ["a || b", [], ["not a", "not b"]],
    ["a ?? b", [], ["not a"]],
    ["a && true", ["a", "true"], ["not a"]],
    ["a || false", ["a"], ["not a", "not false"]],
    ["a ?? null", ["a"], ["not a"]],
    ["a ? b : false", ["a", "b"], []],
    ["a ? false : b", ["not a", "b"], []],
    ["a ? b : true", [], ["a", "not b"]],
    ["(a, b)", ["b"], ["not b"]],
    ["a = b", ["b", "a"], ["not b", "not a"]],
    ["a += b", [], []],
    ["a === true", ["a"], ["not a"]],
    ["a !== true", ["not a"], ["a"]],
    ["false == a", ["not a"], ["a"]],
    ["a === 0", ["not a"], ["a"]],
    ['a !== ""', ["a"], ["not a"]],
    ['a === "live"', ["a"], []],
    ['a !== "live"', [], ["a"]],
    ["a === b", [], []],
    ["a < 1", [], []],
    ["a == null", ["a?"], ["a!"]],
    ["a !== undefined", ["a!"], ["a?"]],
    ["a === void 0", ["a?"], ["a!"]],
    ['typeof a === "undefined"', ["a?"], ["a!"]],
    ['typeof a === "string"', ["a!"], []],
    ['typeof a === "object"', [], []],
    ["a?.b", ["a?.b", "a!"], ["not a?.b"]],
    ["a?.b?.()", ["a?.b?.()", "a?.b!", "a!"], ["not a?.b?.()"]],
    ["a as T", ["a"], ["not a"]],
  ])("%s", (text, whenTrue, whenFalse) => {
    expect({ whenTrue: known(text, true), whenFalse: known(text, false) }).toEqual({ whenTrue, whenFalse });
  });

  it("looks behind aliases", () => {
    expect(known("!a", false, undefined, "const a = b && c, c = !d")).toEqual([
      "a",
      "b && c",
      "b",
      "c",
      "!d",
      "not d",
    ]);
  });

  it("comes to an end where aliases go in a circle", () => {
    expect(known("a", true, undefined, "const a = b, b = a")).toEqual(["b", "a"]);
  });

  it("says of presence only what follows from presence", () => {
    expect(known("a && b", true, "presence")).toEqual([]);
    expect(known("a?.b", true, "presence")).toEqual(["a?.b!", "a!"]);
    expect(known("a as T", false, "presence")).toEqual(["a?"]);
  });
});
