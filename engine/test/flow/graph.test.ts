import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flowOf, type Flow } from "../../src/flow/flow.ts";
import { buildGraph, type Graph, type Point, type Root } from "../../src/flow/graph.ts";
import { runAutomaton } from "../../src/flow/order.ts";
import { isFunction, type Node } from "../../src/flow/tree.ts";
import { parseJavaScript } from "../../src/parse/javascript.ts";
import { callsOf, flowFor, graphFor } from "./paths.ts";

/** All points that can be reached, in an order in which they can be passed. */
function walk(graph: Graph): Point[] {
  const seen = new Set<Point>();
  const pending = [graph.entry];
  for (let point = pending.pop(); point; point = pending.pop()) {
    if (seen.has(point)) continue;
    seen.add(point);
    if (point.throwsTo) pending.push(point.throwsTo);
    for (const edge of point.next.toReversed()) pending.push(edge.to);
  }
  return [...seen];
}

/** What happens in straight code: `a` for an event on a node written so, `a :=` where it is given a value. */
function eventsOf(text: string): string[] {
  const flow = flowFor(text);
  return walk(graphFor(flow)).flatMap(({ role, node }) => {
    if (!node || (role !== "event" && role !== "write")) return [];
    const source = text.slice(...node.range);
    return role === "write" ? `${source} :=` : source;
  });
}

const rootsOf = (flow: Flow): Root[] => [
  flow.module.program,
  ...flow.tree.all("FunctionDeclaration"),
  ...flow.tree.all("FunctionExpression"),
  ...flow.tree.all("ArrowFunctionExpression"),
];

describe("order of evaluation", () => {
  it.each<[string, string, string[]]>([
    ["operands before operators", "a + b * c", ["a", "b", "c", "b * c", "a + b * c"]],
    ["a long sum from the left", "a + b - c", ["a", "b", "a + b", "c", "a + b - c"]],
    ["callee, arguments, call", "a.b(c, d)", ["a", "a.b", "c", "d", "a.b(c, d)"]],
    ["a computed member", "a[b]", ["a", "b", "a[b]"]],
    ["a declaration", "const a = b()", ["b", "b()", "a :=", "a = b()"]],
    ["an assignment", "a = b", ["b", "a :=", "a = b"]],
    ["a member assigned, not read", "a.b = c", ["a", "c", "a.b :=", "a.b = c"]],
    ["a member added to is read first", "a.b += c", ["a", "a.b", "c", "a.b :=", "a.b += c"]],
    ["an update", "a++", ["a", "a++", "a :="]],
    ["a pattern", "const [a, b] = c", ["c", "a :=", "b :=", "[a, b] = c"]],
    [
      "an object pattern with computed key and rest",
      "({ [k]: a.b, ...r } = c)",
      ["c", "k", "a", "a.b :=", "r :=", "{ [k]: a.b, ...r } = c"],
    ],
    ["an object", "({ a, [b]: c })", ["a", "a", "b", "c", "[b]: c", "{ a, [b]: c }"]],
    ["a nested function is one event", "f(() => a())", ["f", "() => a()", "f(() => a())"]],
    [
      "declared functions come first",
      "f(); function f() { a() }",
      ["function f() { a() }", "f :=", "f", "f()"],
    ],
    [
      "functions declared in a later case",
      "switch (a) { case f: case 2: function f() {} }",
      ["a", "function f() {}", "f :=", "f", "2"],
    ],
    ["imports come first", 'f(); import { f } from "m"', ["f :=", "f", "f()"]],
    ["parameters", "function handler(a, { b }) {}", ["a :=", "b :="]],
    [
      "a type says nothing",
      "const a = b as C<typeof d>",
      ["b", "b as C<typeof d>", "a :=", "a = b as C<typeof d>"],
    ],
    ["await and return", "return await a", ["a", "await a", "return await a"]],
    [
      "a class: keys first, then its name, then static fields",
      "class A { [a]() {} static b = c; d = e }",
      ["a", "() {}", "A :=", "c", "class A { [a]() {} static b = c; d = e }"],
    ],
    ["template", "`${a}${b}`", ["", "", "", "a", "b", "`${a}${b}`"]],
    ["nothing after a return", "return; a()", ["return;"]],
  ])("%s", (_, text, events) => {
    expect(eventsOf(text)).toEqual(events);
  });
});

describe("edges", () => {
  const labelsOf = (text: string) =>
    walk(graphFor(flowFor(text))).flatMap(({ next }) =>
      next.flatMap(({ given }) =>
        given ? [`${text.slice(...given.test.range)}: ${given.about} ${given.holds}`] : [],
      ),
    );

  it.each<[string, string, string[]]>([
    ["a test", "if (a) b", ["a: truth true", "a: truth false"]],
    ["a loop's test", "while (a) b", ["a: truth true", "a: truth false"]],
    ["a test that never changes", "while (true) b", []],
    ["not", "if (!a) b", ["a: truth true", "a: truth false"]],
    ["||", "if (a || b) c", ["a: truth true", "a: truth false", "b: truth true", "b: truth false"]],
    ["&& as a value", "a && b", ["a: truth true", "a: truth false"]],
    ["?? as a value", "a ?? b", ["a: presence true", "a: presence false"]],
    ["an optional call", "a?.()", ["a: presence false", "a: presence true"]],
    ["ternary", "a ? b : c", ["a: truth true", "a: truth false"]],
    ["a case", "switch (a) { case 1: }", ["case 1:: truth true", "case 1:: truth false"]],
    ["case true", "switch (a) { case true: }", ["a: truth true", "a: truth false"]],
    ["case false", "switch (a) { case false: }", ["a: truth false", "a: truth true"]],
    ["switch (true)", "switch (true) { case a: }", ["a: truth true", "a: truth false"]],
    ["a default", "const { a = b } = c", []],
  ])("%s", (_, text, labels) => {
    expect(labelsOf(text).sort()).toEqual(labels.sort());
  });
});

/** One of everything, several lines each, so that every cut leaves something half-written. */
const SAMPLE = `
import Stripe, { type Event as StripeEvent } from "stripe";
import * as crypto from "node:crypto";
export * from "./other";
export { crypto as default };
declare module "x" {
  export function f(): void;
}
enum Mode {
  Live = "live",
  Test = compute(),
}
namespace Inner {
  export const a = start();
}
abstract class Handler extends base(
  crypto,
) implements Other<string> {
  static #count = init();
  static {
    register(
      Handler,
    );
  }
  private client = new Stripe(
    process.env.KEY!,
  );
  abstract later(): void;
  constructor(
    private readonly log = console,
    @inject() other?: Other,
  ) {
    super();
  }
  get [name()]() {
    return this.client;
  }
  @post("/hook")
  async handle({ body, headers: { sig = "" } = {}, ...rest }: Request, ...more: unknown[]) {
    let event: StripeEvent | undefined;
    outer: for (const [key, value] of Object.entries(headers)) {
      for await (const part of value) {
        if (part === key) continue outer;
        else if (!part) break outer;
        else break;
      }
    }
    try {
      event = await this.client?.webhooks.constructEvent(
        body,
        sig ?? more[0]?.(rest),
        \`whsec_\${rest.id}\`,
      );
    } catch (error: unknown) {
      this.log.error((error as Error).message);
      return { status: 400 };
    } finally {
      Handler.#count++;
    }
    switch (event?.type) {
      case "a":
      case "b": {
        do {
          more.pop();
        } while (more.length > 0);
        break;
      }
      default:
        if (!event) throw new Error("none");
        for (let i = 0, n = more.length; i < n; i += 1) [rest.a, rest["b"]] = [i, n];
        for (const name in rest) delete rest[name];
    }
    const ok = event.livemode && (rest.live ||= true) ? (1, 2) : null;
    const view = function* () {
      const got = yield* other();
      yield;
      return got satisfies unknown;
    };
    while (ok) {
      debugger;
    }
    return import("./late").then(({ run }) => run?.(view, ok), fail);
  }
}
label: {
  if (import.meta.url) break label;
  new.target;
}
export default async () => {
  await tag\`a\${b}c\`;
};
`;

describe("completeness", () => {
  /** Calls that belong to no body: initialisers of instance fields and decorators of parameters. */
  const isOutside = (flow: Flow, node: Node): boolean => {
    for (let child = node, up = flow.tree.parentOf(node); up; child = up, up = flow.tree.parentOf(up)) {
      if (up.type === "Decorator" && isFunction(flow.tree.parentOf(flow.tree.parentOf(up)!)!)) return true;
      if (up.type === "PropertyDefinition") return !up.static && child === up.value;
      if (isFunction(up)) return false;
    }
    return false;
  };

  const missing = (flow: Flow): string[] =>
    [...flow.tree.all("CallExpression"), ...flow.tree.all("ReturnStatement")]
      .filter((node) => {
        const graph = flow.graphOf(flow.tree.functionOf(node) ?? flow.module.program);
        return graph.at(node).length === 0 && !isOutside(flow, node);
      })
      .map((node) => flow.module.text.slice(...node.range));

  it("has a place for every call and return of a sample of everything", () => {
    expect(missing(flowFor(SAMPLE))).toEqual([]);
  });

  it("has a place for every call and return of the engine itself", () => {
    const folder = new URL("../../src/flow/", import.meta.url);
    for (const name of readdirSync(folder)) {
      const text = readFileSync(new URL(name, folder), "utf8");
      expect(missing(flowFor(text, name)), name).toEqual([]);
    }
  });

  it("reads unknown kinds of nodes property by property", () => {
    const flow = flowFor("before(); strange(inside()); act()");
    const [strange] = callsOf(flow, "strange");
    Object.assign(strange!, { type: "PipelineExpression" });
    const graph = buildGraph(flow.module.program, { visitorKeys: flow.module.visitorKeys });
    const [inside] = callsOf(flow, "inside");
    expect(graph.at(inside!)).toHaveLength(1);
    expect(graph.at(strange!)).toHaveLength(1);
  });
});

describe("half-typed code", () => {
  const follow = (text: string, fileName: string) => {
    const { module } = parseJavaScript({ fileName, text });
    if (!module) return;
    const flow = flowOf(module);
    for (const root of rootsOf(flow)) {
      runAutomaton(flow.graphOf(root), { start: 0, step: (state) => state, assume: (state) => state });
    }
  };
  const lines = SAMPLE.split("\n");

  it.each(["cut.ts", "cut.js"])("is followed without an error, cut at any line (%s)", (fileName) => {
    for (let count = 0; count <= lines.length; count++) {
      expect(() => follow(lines.slice(0, count).join("\n"), fileName), `line ${count}`).not.toThrow();
    }
  });

  it("is followed without an error, cut anywhere", () => {
    const text =
      "if (a?.b(c) && !d) { for (const [x = 1] of y) { try { x.z ??= await f`${x}` } catch { break } } }";
    for (let end = 0; end <= text.length; end++) {
      expect(() => follow(text.slice(0, end), "cut.ts"), text.slice(0, end)).not.toThrow();
    }
  });

  it("ends the way at a break without a loop", () => {
    const flow = flowFor("act()");
    const [statement] = flow.module.program.body;
    flow.module.program.body.unshift({ ...statement, type: "BreakStatement", label: null } as never);
    const [act] = callsOf(flow, "act");
    const order = runAutomaton(graphFor(flow), { start: 0, step: (state) => state });
    expect(order.before(act!)).toEqual(new Set());
  });
});

describe("size", () => {
  it("grows with the code, not with the paths through it", () => {
    const sizeOf = (count: number) =>
      graphFor(flowFor("if (a && b) { c() } else { d?.e() }\n".repeat(count))).size;
    expect(sizeOf(400) / sizeOf(40)).toBeCloseTo(10, 0);
  });

  it("grows with finally blocks one after the other, and inside try blocks, in proportion", () => {
    const nested = (depth: number): string =>
      depth === 0 ? "act()" : `try { if (a) return; ${nested(depth - 1)} } finally { b() }`;
    const sizeOf = (depth: number) => graphFor(flowFor(nested(depth))).size;
    expect(sizeOf(40) / sizeOf(4)).toBeLessThan(11);
  });

  it("gives up where finally blocks inside finally blocks multiply", () => {
    const nested = (depth: number): string =>
      depth === 0 ? "act()" : `try { a() } finally { ${nested(depth - 1)} }`;
    const graph = graphFor(flowFor(nested(30)));
    expect(graph.complete).toBe(false);
  });

  it.each([
    ["a sum of 2,000 operands", Array(2000).fill("a").join(" + "), true],
    ["500 times else if", `if (a) {} ${"else if (a) {}".repeat(500)}`, true],
    ["100 nested ifs", "if (a) {".repeat(100) + "}".repeat(100), true],
    ["300 nested blocks and ifs", "if (a) {".repeat(250) + "}".repeat(250), false],
    ["1,000 operands of &&", Array(1000).fill("a").join(" && "), false],
    ["a chain of 500 calls", `a${".b()".repeat(500)}`, false],
  ])("%s", (_, text, complete) => {
    expect(graphFor(flowFor(text)).complete).toBe(complete);
  });

  it("does not overflow the stack where each function calls the next", () => {
    const text = Array.from({ length: 1000 }, (_, at) => `function f${at}() { f${at + 1}() }`).join("\n");
    const flow = flowFor(`act(); ${text}`);
    expect(flow.graphOf(flow.tree.all("FunctionDeclaration")[0]!).complete).toBe(true);
  });

  it("does not overflow the stack on deeper trees than our parser builds", () => {
    const { module } = flowFor("a");
    const [statement] = module.program.body;
    const deep = (depth: number, wrap: (inner: Node) => object): Node => {
      let inner = statement as Node;
      for (let at = 0; at < depth; at++) inner = { ...wrap(inner), range: [0, 0] } as unknown as Node;
      return inner;
    };
    const build = (body: Node) =>
      buildGraph({ ...module.program, body: [body] as never }, { visitorKeys: module.visitorKeys });
    const a = { type: "Identifier", name: "a", range: [0, 1] };
    const ifs = deep(2000, (inner) => ({ type: "IfStatement", test: a, consequent: inner, alternate: null }));
    const sum = deep(10_000, (inner) => ({ type: "BinaryExpression", operator: "+", left: inner, right: a }));
    const nots = deep(10_000, (inner) => ({ type: "UnaryExpression", operator: "!", argument: inner }));
    expect(build(ifs).complete).toBe(false);
    expect(build({ type: "ExpressionStatement", expression: sum } as never).complete).toBe(true);
    expect(build({ type: "ExpressionStatement", expression: nots } as never).complete).toBe(false);
  });
});
