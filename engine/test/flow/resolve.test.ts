import { describe, expect, it } from "vitest";
import { flowFor } from "./paths.ts";
import { probed, withParsers } from "./probe.ts";

function table(rows: readonly (readonly [what: string, code: string, name: string | undefined])[]): void {
  it.each(withParsers(rows.map(([what, code, name]) => ({ what, code, name }))))(
    "$what ($parser)",
    ({ code, name, parser }) => {
      const flow = flowFor(code, "handler.ts", parser);
      expect(flow.name(probed(flow))).toBe(name);
    },
  );
}

describe("modules", () => {
  table([
    ["named import", `import { createHmac } from "crypto"; probe(createHmac)`, "crypto:createHmac"],
    ["renamed import", `import { createHmac as h } from "crypto"; probe(h)`, "crypto:createHmac"],
    ["default import", `import crypto from "crypto"; probe(crypto.createHmac)`, "crypto:createHmac"],
    ["namespace import", `import * as c from "crypto"; probe(c.createHmac)`, "crypto:createHmac"],
    [
      "default of a namespace",
      `import * as c from "crypto"; probe(c.default.createHmac)`,
      "crypto:createHmac",
    ],
    ["node: prefix", `import crypto from "node:crypto"; probe(crypto.createHmac)`, "crypto:createHmac"],
    ["require", `const crypto = require("crypto"); probe(crypto.createHmac)`, "crypto:createHmac"],
    ["destructured require", `const { createHmac: h } = require("crypto"); probe(h)`, "crypto:createHmac"],
    ["require in place", `probe(require("stripe")(key).refunds.create)`, "stripe:call().refunds.create"],
    ["import = require", `import stripe = require("stripe"); probe(stripe)`, "stripe"],
    ["dynamic import", `async () => { const s = await import("stripe"); probe(s.default) }`, "stripe"],
    ["a shadowed require means nothing", `function f(require) { probe(require("crypto")) }`, "#0()"],
    [
      "a file of the project",
      `import { stripe } from "../lib/stripe"; probe(stripe.refunds)`,
      "../lib/stripe:stripe.refunds",
    ],
  ]);
});

describe("aliases", () => {
  table([
    ["const", `import x from "m"; const y = x; probe(y.z)`, "m:z"],
    ["destructuring, renamed", `import x from "m"; const { a: { b } } = x; probe(b)`, "m:a.b"],
    ["assertions and optional chains", `import x from "m"; probe((x as any)!?.a?.b)`, "m:a.b"],
    ["a literal key", `import x from "m"; probe(x["a"])`, "m:a"],
    ["a computed key", `import x from "m"; probe(x[k])`, "m:*"],
    [
      "await in between",
      `import x from "m"; async () => { const y = await x.load(); probe(y.z) }`,
      "m:load().z",
    ],
    ["written twice: only itself", `import x from "m"; let y = x; y = other; probe(y)`, undefined],
    ["a parameter shadows an import", `import verify from "m"; function f(verify) { probe(verify) }`, "#0"],
    ["a name that leads back to itself", "var a = b, b = a; probe(a)", undefined],
    [
      "a lazily kept client",
      `import S from "s"; const c = globalThis.c ?? new S(); probe(c.pay)`,
      "s:new().pay",
    ],
    [
      "a client that is none at first",
      `import S from "s"; let c = null; function get() { if (!c) c = new S(); return c } probe(c.pay)`,
      "s:new().pay",
    ],
    ["an object's member", `import x from "m"; const o = { a: x.y }; probe(o.a.z)`, "m:y.z"],
    [
      "an object's member, assigned again",
      `import x from "m"; const o = { a: x.y }; o.a = 1; probe(o.a)`,
      undefined,
    ],
    [
      "a maker of one result",
      `import S from "s"; const get = () => new S("k"); probe(get().pay)`,
      "s:new().pay",
    ],
    ["a cycle of makers", "const a = () => b(); const b = () => a(); probe(a().c)", undefined],
    ["an element of a list", `import x from "m"; for (const y of x.list) probe(y.z)`, "m:list.*.z"],
  ]);
});

describe("classes", () => {
  table([
    [
      "a field's initialiser",
      `import S from "s"; class A { s = new S(); f() { probe(this.s.pay) } }`,
      "s:new().pay",
    ],
    [
      "assigned in the constructor",
      `import S from "s"; class A { constructor() { this.s = new S() } f() { probe(this.s.pay) } }`,
      "s:new().pay",
    ],
    [
      "a parameter property",
      `import { S } from "s"; class A { constructor(private readonly s: S) {} f() { probe(this.s.pay) } }`,
      "s:S.new().pay",
    ],
    [
      "a typed field",
      `import { S } from "s"; class A { private s: S; f() { probe(this.s.pay) } }`,
      "s:S.new().pay",
    ],
    [
      "a qualified type",
      `import * as s from "s"; class A { private s: s.S; f() { probe(this.s.pay) } }`,
      "s:S.new().pay",
    ],
    ["a static field", `import S from "s"; class A { static s = new S() } probe(A.s.pay)`, "s:new().pay"],
    [
      "in a callback of a method",
      `import S from "s"; class A { s = new S(); f() { go(() => probe(this.s.pay)) } }`,
      "s:new().pay",
    ],
    [
      "a function of its own has its own this",
      `import S from "s"; class A { s = new S(); f() { go(function () { probe(this.s) }) } }`,
      "this.s",
    ],
    [
      "assigned after nothing",
      `import S from "s"; class A { constructor() { this.s = null; this.init() } init() { this.s = new S() } f() { probe(this.s.pay) } }`,
      "s:new().pay",
    ],
    [
      "assigned twice",
      `import S from "s"; class A { a() { this.s = new S() } b() { this.s = x } f() { probe(this.s) } }`,
      "this.s",
    ],
  ]);
});

describe("hosts and parameters", () => {
  table([
    ["a global", "probe(process.env.KEY)", "process.env.KEY"],
    ["import.meta", "probe(import.meta.env.KEY)", "import.meta.env.KEY"],
    ["a parameter", "function f(a, req) { probe(req.headers['x-sig']) }", "#1.headers.x-sig"],
    ["a destructured parameter", "function f({ body: { id } }) { probe(id) }", "#0.body.id"],
    ["a parameter with a default", "function f(x = 1) { probe(x) }", "#0"],
    ["undefined is a value", "probe(undefined)", undefined],
  ]);
});
