import { describe, expect, it } from "vitest";
import { callsOf, flowFor } from "./paths.ts";
import { originsOf, probed, stepsOf, withParsers } from "./probe.ts";

function table(rows: readonly (readonly [what: string, code: string, origins: readonly string[]])[]): void {
  it.each(withParsers(rows.map(([what, code, origins]) => ({ what, code, origins }))))(
    "$what ($parser)",
    ({ code, origins, parser }) => {
      expect(originsOf(code, parser)).toEqual([...origins].sort());
    },
  );
}

describe("values of one file", () => {
  table([
    ["a literal", `probe("x")`, ["literal x"]],
    ["the environment", "probe(process.env.KEY)", ["env KEY"]],
    ["the environment, destructured", "const { KEY } = process.env; probe(KEY)", ["env KEY"]],
    ["Deno's environment", `probe(Deno.env.get("KEY"))`, ["env KEY"]],
    ["a fallback has two origins", `probe(process.env.KEY || "x")`, ["env KEY", "literal x"]],
    ["?? and ?: likewise", `probe(a ? process.env.A : process.env.B ?? 1)`, ["env A", "env B", "literal 1"]],
    ["a default parameter", "function f(x = 3) { probe(x) }", ["#0", "literal 3"]],
    ["a default in a pattern", "function f({ x = 3 }) { probe(x) }", ["#0.x", "literal 3"]],
    ["a template", "function f(t) { probe(`a${t}`) }", ["#0", "literal a"]],
    ["arithmetic", "function f(a) { probe(a * 100) }", ["#0", "literal 100"]],
    ["a comparison makes a value", "function f(a) { probe(a > 1) }", ["made"]],
    ["an object literal's parts", "function f(a) { probe({ a, b: { c: 1 } }) }", ["#0", "literal 1"]],
    ["one member of it", "function f(a) { const o = { a, b: 1 }; probe(o.b) }", ["literal 1"]],
    ["through a spread", "function f(a) { const o = { ...a, b: 1 }; probe(o.c) }", ["#0.c"]],
    [
      "a member assigned later",
      "function f(a) { const o = { b: 1 }; o.b = a; probe(o.b) }",
      ["#0", "literal 1"],
    ],
    [
      "another member assigned later",
      "function f(a) { const o = { b: 1 }; o.c = a; probe(o.b) }",
      ["literal 1"],
    ],
    ["an element of a list", "function f(a) { const [x] = [1, a]; probe(x) }", ["literal 1"]],
    ["a declared-only variable", "function f(a) { let x; if (a) x = 1; probe(x) }", ["literal 1"]],
    ["a function that the project does not show", `import f from "./f"; probe(f(1).a)`, ["./f:call().a"]],
  ]);
});

describe("assignments that count", () => {
  table([
    ["the last one in a row", "let x = 1; x = 2; probe(x)", ["literal 2"]],
    ["both branches", "let x; if (a) { x = 1 } else { x = 2 } probe(x)", ["literal 1", "literal 2"]],
    ["not those after the read", "let x = 1; probe(x); x = 2", ["literal 1"]],
    ["a loop carries them round", "let x = 1; while (a) { probe(x); x = 2 }", ["literal 1", "literal 2"]],
    ["an update keeps what was there", "function f(a) { let x = 1; x += a; probe(x) }", ["#0", "literal 1"]],
    ["a variable that refers to itself", "let x = x; probe(x)", ["unknown"]],
  ]);
});

describe("calls", () => {
  table([
    ["a helper's result", "function id(x) { return x } function f(a) { probe(id(a.b)) }", ["#0.b"]],
    ["each caller its own argument", "const id = (x) => x; function f(a) { id(1); probe(id(a)) }", ["#0"]],
    [
      "a member of a helper's object",
      "const make = (a) => ({ id: a, n: 1 }); probe(make(2).id)",
      ["literal 2"],
    ],
    [
      "a parameter of a private function: its callers",
      "function g(x) { probe(x) } g(1); g(process.env.A)",
      ["literal 1", "env A"],
    ],
    [
      "a parameter of an exported function: anyone",
      "export function g(x) { probe(x) } g(1)",
      ["#0", "literal 1"],
    ],
    ["a function handed on: anyone", "function g(x) { probe(x) } on(g); g(1)", ["#0", "literal 1"]],
    ["a missing argument", "function g(x) { probe(x) } g()", ["literal undefined"]],
    ["spread arguments hide it", "function g(x) { probe(x) } g(...all)", ["unknown"]],
    ["recursion", "function g(x) { probe(x); g(x) } g(1)", ["literal 1"]],
    [
      "elements in a callback",
      "function f(a) { a.items.map(({ price }) => probe(price)) }",
      ["#0.items.*.price"],
    ],
    ["a promise's value", "function f(a) { a.text().then((t) => probe(t)) }", ["#0.text()"]],
    ["what map makes", "function f(a) { probe(a.map((x) => x.id)) }", ["#0.*.id"]],
    ["a private method", "class A { run(a) { this.help(a.b) } private help(x) { probe(x) } }", ["#0.b"]],
    [
      "strings and numbers pass",
      `function f(a) { probe(Number(String(a.b).trim().toLowerCase())) }`,
      ["#0.b"],
    ],
    ["JSON passes", "function f(a) { probe(JSON.parse(JSON.stringify(a)).b) }", ["#0"]],
    [
      "a schema hands on what it checks",
      `import s from "./s"; function f(a) { probe(s.parse(a).b) }`,
      ["#0"],
    ],
    [
      "a library function named like a method",
      `import _ from "lodash"; function f(a) { probe(_.replace(a, "x")) }`,
      ["lodash:replace()"],
    ],
    [
      "an overridden JSON means nothing",
      "function f(JSON, a) { probe(JSON.stringify(a)) }",
      ["#0.stringify()"],
    ],
  ]);
});

it("tells the way from the value back to its origin", () => {
  const flow = flowFor("function f(req) { const text = JSON.stringify(req.body); probe(`v1.${text}`) }");
  const [body] = flow.traces(probed(flow));
  expect(stepsOf(body!)).toEqual(["template", "alias", "call:stringify", "member:body"]);
});

it("gives up on a value made of too many parts, and says so", () => {
  const sum = Array.from({ length: 1000 }, (_, at) => `a.b${at}`).join(" + ");
  const flow = flowFor(`function f(a) { probe([${sum.replaceAll(" + ", ", ")}]) }`);
  const traces = flow.traces(probed(flow));
  expect(traces.some(({ origin }) => origin.kind === "unknown")).toBe(true);
  expect(flow.gaveUp).toBeGreaterThan(0);
});

it("says unknown of a variable written more often than code is read", () => {
  const flow = flowFor(`let x; ${"x = 1; ".repeat(100)} probe(x)`);
  expect(flow.traces(probed(flow)).map(({ origin }) => origin.kind)).toEqual(["unknown"]);
});

it("stops looking in a file that has taken enough work, and says so", () => {
  const parts = Array.from({ length: 500 }, (_, at) => `a.b${at}`).join(", ");
  const flow = flowFor(`function f(a) { const all = [${parts}]; ${"probe(all); ".repeat(2_500)} }`);
  const kinds = callsOf(flow, "probe").map((call) => flow.traces(call.arguments[0]!)[0]!.origin.kind);
  expect([kinds[0], kinds.at(-1)]).toEqual(["named", "unknown"]);
  expect(flow.gaveUp).toBeGreaterThan(0);
});
