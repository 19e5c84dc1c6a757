import { describe, expect, it } from "vitest";
import type { Flow } from "../../src/flow/flow.ts";
import type { Write } from "../../src/flow/scopes.ts";
import { callsOf, flowFor } from "./paths.ts";

/**
 * The values that x can have in use(x): those written in the same function, then in parentheses those written
 * elsewhere, then "?" where it may be read before any write.
 */
function reaching(text: string): string {
  const flow = flowFor(text);
  const [use] = callsOf(flow, "use");
  const found = flow.reachingWrites(use!.arguments[0]!);
  if (!found) return "unknown";
  const parts = [
    ...found.writes.map((write) => describeWrite(flow, write)),
    ...found.escapes.map((write) => `(${describeWrite(flow, write)})`),
    ...(found.mayBeUninitialised ? ["?"] : []),
  ];
  return parts.join(" ");
}

function describeWrite(flow: Flow, { value, how }: Write): string {
  return value && how !== "updated" ? flow.module.text.slice(...value.range) : how;
}

type Row = readonly [name: string, code: string, values: string];

function table(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, code, values) => {
    expect(reaching(code)).toBe(values);
  });
}

describe("writes of the same function", () => {
  table([
    ["a constant", "const x = 1; use(x)", "1"],
    ["written again", "let x = 1; x = 2; use(x)", "2"],
    ["written after the read", "let x = 1; use(x); x = 2", "1"],
    ["written after a check", "let x = 1; if (!ok(x)) throw 0; x = 2; use(x)", "2"],
    ["written in one branch", "let x = 1; if (a) x = 2; use(x)", "1 2"],
    ["written in both branches", "let x = 1; if (a) x = 2; else x = 3; use(x)", "2 3"],
    ["written in a branch that returns", "let x = 1; if (a) { x = 2; return } use(x)", "1"],
    ["written by a right operand", "let x = 1; a && (x = 2); use(x)", "1 2"],
    ["written by a test", "let x = 1; if ((x = 2)) use(x)", "2"],
    ["written while read", "let x = 1; x = use(x)", "1"],
    ["written in a loop, read before", "let x = 1; while (a) { use(x); x = 2 }", "1 2"],
    ["written in a loop that may not run", "let x = 1; for (const a of b) x = 2; use(x)", "1 2"],
    ["written in a loop that runs", "let x = 1; do x = 2; while (a); use(x)", "2"],
    ["written in try, read in catch", "let x = 1; try { x = 2; go() } catch { use(x) }", "2"],
    ["the call behind a write fails", "let x = 1; try { x = go() } catch { use(x) }", "1"],
    ["written in try, read after catch", "let x = 1; try { x = go() } catch { log() } use(x)", "1 go()"],
    ["written in finally", "let x = 1; try { go() } finally { x = 2 } use(x)", "2"],
    [
      "written in a case that falls through",
      "let x = 1; switch (a) { case 1: x = 2; case 2: use(x) }",
      "1 2",
    ],
    ["updated", "let x = 1; x++; use(x)", "updated"],
    ["updated while read", "let x = 1; use(x++)", "unknown"],
    ["compound assignment", "let x = 1; x += 2; use(x)", "updated"],
    ["logical assignment", "let x = a; x ??= 2; use(x)", "a updated"],
    ["a parameter", "function f(x) { use(x) }", "parameter"],
    ["a parameter written again", "function f(x) { x = 1; use(x) }", "1"],
    ["a destructured parameter", "function f({ x }) { use(x) }", "parameter"],
    ["a parameter read by the default of the next", "function f(x, y = use(x)) { x = 1 }", "parameter"],
    ["a caught error", "try { go() } catch (x) { use(x) }", "caught"],
    ["destructured", "const { x } = a; use(x)", "a"],
    ["a pattern assigned", "let x = 1; [x] = a; use(x)", "a"],
    ["a pattern's default reads what came before", "const { x, y = use(x) } = a", "a"],
    ["iterated", "for (const x of a) use(x)", "a"],
    ["iterated into a variable from before", "let x = 1; for (x of a) use(x)", "a"],
    ["iterated into a variable, perhaps never", "let x = 1; for (x of a); use(x)", "1 a"],
    ["a shadowed name", "let x = 1; { let x = 2; log(x) } use(x)", "1"],
  ]);
});

describe("reads before a write", () => {
  table([
    ["never written", "let x; use(x)", "?"],
    ["declared, then written", "let x; x = 1; use(x)", "1"],
    ["written in one branch", "let x; if (a) x = 1; use(x)", "1 ?"],
    ["written in try", "let x; try { x = go() } catch { log() } use(x)", "go() ?"],
    ["declared anew in each round", "while (a) { let x; if (b) x = 1; else use(x) }", "?"],
    ["var keeps its value from round to round", "while (a) { var x; if (b) x = 1; else use(x) }", "1 ?"],
    ["var read before its declaration", "use(x); var x = 1", "?"],
    ["a declared function written over", "function x() {} if (a) x = 1; use(x)", "1 ?"],
  ]);
});

describe("writes of other functions", () => {
  table([
    ["a constant from outside", "const x = 1; function f() { use(x) }", "(1)"],
    ["a variable from outside", "let x = 1; x = 2; function f() { use(x) }", "(1) (2)"],
    ["a variable from outside, written here first", "let x = 1; function f() { x = 2; use(x) }", "2"],
    [
      "a variable from outside, perhaps written here",
      "let x = 1; function f() { if (a) x = 2; use(x) }",
      "2 (1)",
    ],
    ["a variable from outside without a value", "let x; function f() { use(x) } x = 1", "(1) ?"],
    ["a parameter of the function around", "function f(x) { return () => use(x) }", "(parameter)"],
    ["an item of the loop around", "for (const x of a) run(() => use(x))", "(a)"],
    ["written by a closure", "let x = 1; run(() => { x = 2 }); use(x)", "1 (2)"],
    [
      "written by a closure elsewhere",
      "let x = 1; function g() { x = 3 } function f() { x = 2; use(x) }",
      "2 (3)",
    ],
  ]);
});

describe("unknown", () => {
  it("is a read that is no part of the graph", () => {
    expect(reaching("class A { a = use(x) } let x = 1;")).toBe("unknown");
  });

  it("is a read of what is no variable of the file", () => {
    expect(reaching("use(x)")).toBe("unknown");
  });

  it("is a read in code that is nested too deeply", () => {
    expect(reaching(`let x = 1; ${"{".repeat(500)} x = 2 ${"}".repeat(500)} use(x)`)).toBe("unknown");
  });
});
