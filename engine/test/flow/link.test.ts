import { describe, expect, it } from "vitest";
import { rangeOf } from "../../src/flow/tree.ts";
import { type Files, hostOf, linked, linkedFlow } from "./linked.ts";
import { probed } from "./probe.ts";

/** The file and the code that the probed value of the first file stands for; undefined when unknown. */
function placeIn(files: Files): string | undefined {
  const flow = linkedFlow(files);
  const place = flow.elsewhere(flow.resolve(probed(flow)));
  if (!place) return undefined;
  const { start, end } = rangeOf(place.node);
  return `${place.flow.module.fileName}: ${place.flow.module.text.slice(start, end)}`;
}

type Row = readonly [what: string, app: string, lib: string, place: string | undefined];

/** Each row's code stands in app.ts and lib.ts; the place is one of lib.ts. */
function table(rows: readonly Row[]) {
  it.each(rows)("%s", (_, app, lib, place) => {
    expect(placeIn({ "app.ts": app, "lib.ts": lib })).toBe(place && `lib.ts: ${place}`);
  });
}

/** Each row's files are told as they are; `app.ts` comes first. */
function files(rows: readonly (readonly [what: string, files: Files, place: string | undefined])[]) {
  it.each(rows)("%s", (_, given, place) => {
    expect(placeIn(given)).toBe(place);
  });
}

describe("imports", () => {
  table([
    ["named", `import { f } from "./lib"; probe(f)`, "export function f() {}", "function f() {}"],
    ["renamed", `import { f as g } from "./lib"; probe(g)`, "export const f = 1", "1"],
    ["default", `import f from "./lib"; probe(f)`, "export default () => 1", "() => 1"],
    ["default by name", `import { default as f } from "./lib"; probe(f)`, "export default 1", "1"],
    ["namespace", `import * as lib from "./lib"; probe(lib.f)`, "export const f = 1", "1"],
    ["default of a namespace", `import * as lib from "./lib"; probe(lib.default)`, "export default 1", "1"],
    ["require", `probe(require("./lib").f)`, "exports.f = () => 1", "() => 1"],
    ["whole require", `const f = require("./lib"); probe(f)`, "module.exports = () => 1", "() => 1"],
    ["destructured require", `const { f: g } = require("./lib"); probe(g)`, "exports.f = 1", "1"],
    ["required ES module", `const lib = require("./lib"); probe(lib.f)`, "export const f = 1", "1"],
    ["its default", `probe(require("./lib").default)`, "export default 1", "1"],
    ["import = require", `import f = require("./lib"); probe(f)`, "export = () => 1", "() => 1"],
    ["dynamic", `async () => { const { f } = await import("./lib"); probe(f) }`, "export const f = 1", "1"],
    [
      "of a type",
      `import type { S } from "./lib"; function g(s: S) { probe(s.f) }`,
      "export class S { f() {} }",
      "() {}",
    ],
    ["a name that is not exported", `import { f } from "./lib"; probe(f)`, "const f = 1", undefined],
    [
      "a parameter of the same name",
      `import { f } from "./lib"; (f) => probe(f)`,
      "export const f = 1",
      undefined,
    ],
    ["a computed name", `import * as lib from "./lib"; probe(lib[name])`, "export const f = 1", undefined],
    [
      "an interface",
      `import { S } from "./lib"; function g(s: S) { probe(s.f) }`,
      "export interface S { f(): void }",
      undefined,
    ],
    ["a file that does not parse", `import { f } from "./lib"; probe(f)`, "}".repeat(9), undefined],
  ]);

  files([
    ["a missing file", { "app.ts": `import { f } from "./lib"; probe(f)` }, undefined],
    [
      "a package",
      { "app.ts": `import { f } from "lib"; probe(f)`, "lib.ts": "export const f = 1" },
      undefined,
    ],
    [
      "an index of a folder",
      { "app.ts": `import { f } from "./lib"; probe(f)`, "lib/index.ts": "export const f = 1" },
      "lib/index.ts: 1",
    ],
  ]);
});

describe("exports", () => {
  const app = `import { f } from "./lib"; probe(f)`;
  table([
    ["a list", app, "const f = 1; export { f }", "1"],
    ["a list, renamed", app, "const g = 1; export { g as f }", "1"],
    ["a list, by a string", app, `const g = 1; export { g as "f" }`, "1"],
    ["a pattern", app, "export const { f } = { f: 1 }", "1"],
    ["a pattern of something unknown", app, "export const { f } = make()", undefined],
    [
      "an overloaded function",
      app,
      "export function f(a: 1): void; export function f(a: any) { a }",
      "function f(a: any) { a }",
    ],
    ["a class", app, "export class f {}", "class f {}"],
    ["an assertion", app, "export const f = { a: 1 } as const satisfies object", "{ a: 1 }"],
    ["a wrapped function", app, "export const f = ((() => 1) as Handler)!", "() => 1"],
    ["an alias of an alias", app, "const h = () => 1; const g = h; export const f = g", "() => 1"],
    ["a call of something unknown", app, "export const f = wrap(() => 1)", "wrap(() => 1)"],
    ["a variable that is set again", app, "export let f = 1; f = 2", undefined],
    ["a variable that is set later", app, "let f; f = () => 1; export { f }", "() => 1"],
    ["exports.f", app, "exports.f = 1", "1"],
    ["module.exports.f", app, "module.exports.f = 1", "1"],
    [`exports["f"]`, app, `exports["f"] = 1`, "1"],
    ["exports.f twice", app, "exports.f = 1; exports.f = 2", undefined],
    ["what a compiler writes", app, "exports.f = void 0; exports.f = 1", "1"],
    ["module.exports of an object", app, "module.exports = { f: 1 }", "1"],
    ["and of a variable", app, "const api = { f: 1 }; module.exports = api", "1"],
    ["that gets its members later", app, "const api = {}; api.f = () => 1; module.exports = api", "() => 1"],
    ["or twice", app, "const api = {}; api.f = 1; api.f = 2; module.exports = api", undefined],
    ["or again", app, "const api = { f: 1 }; api.f = 2; module.exports = api", undefined],
    ["or by computed names", app, "const api = { f: 1 }; api[name] = 2; module.exports = api", undefined],
    ["module.exports = exports = …", app, "module.exports = exports = { f: 1 }", "1"],
    ["module.exports twice", app, "module.exports = { f: 1 }; module.exports = { f: 2 }", undefined],
    ["a member of an exported function", app, "module.exports = () => 0; module.exports.f = 1", "1"],
    ["an own module variable", app, "const module = {}; module.exports = { f: 1 }", undefined],
    ["a later spread of an object", app, "const a = { f: 1 }; module.exports = { f: 2, ...a }", "1"],
    ["a later spread without it", app, "const a = { g: 1 }; module.exports = { f: 2, ...a }", "2"],
    ["a later spread of something unknown", app, "module.exports = { f: 2, ...make() }", undefined],
    ["a later computed name", app, "module.exports = { f: 2, [name]: 1 }", undefined],
    ["an accessor", app, "module.exports = { get f() { return 1 } }", undefined],
    ["a method", app, "module.exports = { f() {} }", "() {}"],
    ["a default export's member, too", app, "export const f = () => 1; export default { f }", "() => 1"],
    ["and another one under the same name", app, "export const f = 1; export default { f: 2 }", undefined],
    [
      "a member of the default export",
      `import lib from "./lib"; probe(lib.f)`,
      "export default { f: 1 }",
      "1",
    ],
    ["a name for itself", app, "const g = f; const f = g; export { f }", undefined],
  ]);
});

describe("exports of other files", () => {
  const app = `import { f } from "./lib"; probe(f)`;
  const f = "export const f = 1";
  files([
    ["handed on", { "app.ts": app, "lib.ts": `export { f } from "./a"`, "a.ts": f }, "a.ts: 1"],
    [
      "renamed",
      { "app.ts": app, "lib.ts": `export { g as f } from "./a"`, "a.ts": "export const g = 1" },
      "a.ts: 1",
    ],
    [
      "default",
      { "app.ts": app, "lib.ts": `export { default as f } from "./a"`, "a.ts": "export default 1" },
      "a.ts: 1",
    ],
    [
      "as default",
      {
        "app.ts": `import f from "./lib"; probe(f)`,
        "lib.ts": `export { f as default } from "./a"`,
        "a.ts": f,
      },
      "a.ts: 1",
    ],
    ["all", { "app.ts": app, "lib.ts": `export * from "./a"`, "a.ts": f }, "a.ts: 1"],
    [
      "all but the default",
      {
        "app.ts": `import f from "./lib"; probe(f)`,
        "lib.ts": `export * from "./a"`,
        "a.ts": "export default 1",
      },
      undefined,
    ],
    [
      "all under a name",
      {
        "app.ts": `import { ns } from "./lib"; probe(ns.f)`,
        "lib.ts": `export * as ns from "./a"`,
        "a.ts": f,
      },
      "a.ts: 1",
    ],
    ["an import", { "app.ts": app, "lib.ts": `import { f } from "./a"; export { f }`, "a.ts": f }, "a.ts: 1"],
    [
      "a namespace",
      {
        "app.ts": `import { ns } from "./lib"; probe(ns.f)`,
        "lib.ts": `import * as ns from "./a"; export { ns }`,
        "a.ts": f,
      },
      "a.ts: 1",
    ],
    [
      "an import under a new name",
      { "app.ts": app, "lib.ts": `import * as a from "./a"; export const f = a.f`, "a.ts": f },
      "a.ts: 1",
    ],
    [
      "a require",
      { "app.ts": app, "lib.ts": `module.exports = require("./a")`, "a.ts": "exports.f = 1" },
      "a.ts: 1",
    ],
    [
      "a member of a require",
      { "app.ts": app, "lib.ts": `exports.f = require("./a").f`, "a.ts": "exports.f = 1" },
      "a.ts: 1",
    ],
    [
      "spreads of requires",
      {
        "app.ts": app,
        "lib.ts": `module.exports = { ...require("./a"), ...require("./b") }`,
        "a.ts": "exports.f = 1",
        "b.ts": "exports.g = 1",
      },
      "a.ts: 1",
    ],
    [
      "through many files",
      {
        "app.ts": app,
        "lib.ts": `export * from "./a"`,
        "a.ts": `export { g as f } from "./b"`,
        "b.ts": `import c from "./c"; export const g = c.f`,
        "c.ts": `module.exports = { f: require("./d") }`,
        "d.ts": "module.exports = function () {}",
      },
      "d.ts: function () {}",
    ],
    [
      "through a folder's index and back up",
      {
        "src/app.ts": `import { f } from "../lib"; probe(f)`,
        "lib/index.ts": `export * from "./a"`,
        "lib/a.ts": `export * from "../b"`,
        "b.ts": f,
      },
      "b.ts: 1",
    ],
    [
      "two of one name",
      { "app.ts": app, "lib.ts": `export * from "./a"; export * from "./b"`, "a.ts": f, "b.ts": f },
      undefined,
    ],
    [
      "one by two ways",
      {
        "app.ts": app,
        "lib.ts": `export * from "./a"; export * from "./b"`,
        "a.ts": f,
        "b.ts": `export * from "./a"`,
      },
      "a.ts: 1",
    ],
    [
      "an own one before all",
      { "app.ts": app, "lib.ts": `export * from "./a"; ${f}`, "a.ts": "export const f = 2" },
      "lib.ts: 1",
    ],
    [
      "a missing file among them",
      { "app.ts": app, "lib.ts": `export * from "./b"; export * from "./a"`, "a.ts": f },
      "a.ts: 1",
    ],
    ["of a missing file", { "app.ts": app, "lib.ts": `export { f } from "./a"` }, undefined],
    ["of a package", { "app.ts": app, "lib.ts": `export { f } from "a"` }, undefined],
    [
      "round in a circle",
      { "app.ts": app, "lib.ts": `export { f } from "./a"`, "a.ts": `export { f } from "./lib"` },
      undefined,
    ],
    [
      "all, round in a circle",
      { "app.ts": app, "lib.ts": `export * from "./a"`, "a.ts": `export * from "./lib"` },
      undefined,
    ],
    [
      "found in a circle",
      { "app.ts": app, "lib.ts": `export * from "./a"`, "a.ts": `export * from "./lib"; ${f}` },
      "a.ts: 1",
    ],
    [
      "back to where it began",
      {
        "app.ts": `import { f } from "./lib"; probe(f); export const g = 1`,
        "lib.ts": `export { g as f } from "./app"`,
      },
      undefined,
    ],
  ]);

  it("ends for modules that all hand on each other's exports", () => {
    const names = Array.from({ length: 40 }, (_, at) => `m${at}`);
    const all = names.map((name) => `export * from "./${name}";`).join("");
    const many = Object.fromEntries(names.map((name) => [`${name}.ts`, all]));
    expect(placeIn({ "app.ts": `import { f } from "./m0"; probe(f)`, ...many })).toBeUndefined();
  });

  it("gives up a chain that is longer than anybody writes", () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, at): [string, string] => [
          `m${at}.ts`,
          `export * from "./m${at + 1}"`,
        ]).concat([[`m${length}.ts`, f]]),
      );
    const start = { "app.ts": `import { f } from "./m0"; probe(f)` };
    expect(placeIn({ ...start, ...chain(10) })).toBe("m10.ts: 1");
    expect(placeIn({ ...start, ...chain(55) })).toBeUndefined();
  });
});

describe("objects of classes", () => {
  const use = `import { S } from "./lib"; probe(new S().f)`;
  table([
    ["a method", use, "export class S { f() {} }", "() {}"],
    ["an overloaded method", use, "export class S { f(a: 1): void; f(a: any) { a } }", "(a: any) { a }"],
    ["a field", use, "export class S { f = () => 1 }", "() => 1"],
    [
      "a field set in the constructor",
      use,
      "export class S { constructor() { this.f = () => 1 } }",
      "() => 1",
    ],
    ["a field set twice", use, "export class S { f = 1; g() { this.f = 2 } }", undefined],
    ["an accessor", use, "export class S { get f() { return 1 } }", "1"],
    ["a static method is none", use, "export class S { static f() {} }", undefined],
    ["a static method", `import { S } from "./lib"; probe(S.f)`, "export class S { static f() {} }", "() {}"],
    ["an expression", use, "export const S = class { f() {} }", "() {}"],
    [
      "the default export",
      `import S from "./lib"; probe(new S().f)`,
      "export default class { f() {} }",
      "() {}",
    ],
    [
      "CommonJS",
      `const S = require("./lib"); probe(new S().f)`,
      "module.exports = class { f() {} }",
      "() {}",
    ],
    ["inherited", use, "class B { f() {} } export class S extends B {}", "() {}"],
    [
      "inherited, static",
      `import { S } from "./lib"; probe(S.f)`,
      "class B { static f() {} } export class S extends B {}",
      "() {}",
    ],
    [
      "of a base class that is not known",
      use,
      `import { B } from "b"; export class S extends B {}`,
      undefined,
    ],
    ["overridden", use, "class B { f() {} } export class S extends B { f() { 1 } }", "() { 1 }"],
    ["no method of that name", use, "export class S {}", undefined],
    ["an abstract method", use, "export abstract class S { abstract f(): void }", undefined],
    ["a base class that is the class", use, "export class S extends S {}", undefined],
    ["a class made by a function", use, "export const S = make()", undefined],
  ]);

  table([
    [
      "an exported object",
      `import { s } from "./lib"; probe(s.f)`,
      "class S { f() {} } export const s = new S()",
      "() {}",
    ],
    [
      "a default one",
      `import s from "./lib"; probe(s.f)`,
      "class S { f() {} } export default new S()",
      "() {}",
    ],
    [
      "a CommonJS one",
      `const s = require("./lib"); probe(s.f)`,
      "class S { f() {} } module.exports = new S()",
      "() {}",
    ],
    [
      "one with a new method",
      `import { s } from "./lib"; probe(s.f)`,
      "class S { f() {} } export const s = new S(); s.f = () => 1",
      undefined,
    ],
    [
      "itself",
      `import { s } from "./lib"; probe(s)`,
      `import S from "x"; export const s = new S(1)`,
      "new S(1)",
    ],
    [
      "what a maker makes",
      `import { make } from "./lib"; probe(make().f)`,
      "class S { f() {} } export const make = () => new S()",
      "() {}",
    ],
    [
      "one that is kept",
      `import { get } from "./lib"; probe(get().f)`,
      "class S { f() {} } let kept: S; export function get() { if (!kept) kept = new S(); return kept }",
      "() {}",
    ],
    [
      "what is kept in the class",
      `import { S } from "./lib"; probe(S.get().f)`,
      "export class S { static s = new S(); static get() { return S.s } f() {} }",
      "() {}",
    ],
    [
      "one of two",
      `import { make } from "./lib"; probe(make().f)`,
      "export const make = (a) => { if (a) return { f: 1 }; return { f: 2 } }",
      undefined,
    ],
    [
      "a function that a function makes",
      `import { make } from "./lib"; probe(make("x"))`,
      "export const make = (x) => () => x",
      "() => x",
    ],
    [
      "a parameter that a function hands back",
      `import { same } from "./lib"; probe(same(f))`,
      "export const same = (x) => x",
      undefined,
    ],
  ]);
});

describe("members of classes of this file", () => {
  const lib = "export class S { f() {} }";
  const imports = `import { S } from "./lib";`;
  const inClass = (body: string): string => `${imports} class C { ${body} }`;
  table([
    ["an initialised field", inClass("s = new S(); g() { probe(this.s.f) }"), lib, "() {}"],
    ["a field set once", inClass("constructor() { this.s = new S() } g() { probe(this.s.f) }"), lib, "() {}"],
    ["a private field", inClass("#s = new S(); g() { probe(this.#s.f) }"), lib, "() {}"],
    [
      "a parameter property",
      inClass("constructor(private readonly s: S) {} g() { probe(this.s.f) }"),
      lib,
      "() {}",
    ],
    [
      "one with a decorator",
      inClass("constructor(@Inject(T) private s: S) {} g() { probe(this.s.f) }"),
      lib,
      "() {}",
    ],
    [
      "a field set to a typed parameter",
      inClass("constructor(s: S) { this.s = s } g() { probe(this.s.f) }"),
      lib,
      "() {}",
    ],
    ["a typed field", inClass("@Inject() s: S; g() { probe(this.s.f) }"), lib, "() {}"],
    ["a typed parameter", `${imports} function g(s: S) { probe(s.f) }`, lib, "() {}"],
    [
      "a type of a namespace",
      `import * as lib from "./lib"; function g(s: lib.S) { probe(s.f) }`,
      lib,
      "() {}",
    ],
    ["an arrow in a method", inClass("s = new S(); g() { return () => probe(this.s.f) }"), lib, "() {}"],
    [
      "a function in a method has another this",
      inClass("s = new S(); g() { return function () { probe(this.s.f) } }"),
      lib,
      undefined,
    ],
    ["a field set twice", inClass("s = new S(); g() { this.s = other; probe(this.s.f) }"), lib, undefined],
    ["inherited", `${imports} class C extends S { g() { probe(this.f) } }`, lib, "() {}"],
    ["inherited, asked of super", `${imports} class C extends S { f() { probe(super.f) } }`, lib, "() {}"],
    [
      "inherited field",
      `${imports} class C extends S { g() { probe(this.t.f) } }`,
      "class T { f() {} } export class S { t = new T() }",
      "() {}",
    ],
    [
      "injected into the base class",
      `${imports} class C extends S { g() { probe(this.t.f) } }`,
      "class T { f() {} } export class S { constructor(protected t: T) {} }",
      "() {}",
    ],
    ["overridden here", `${imports} class C extends S { f() {} g() { probe(this.f) } }`, lib, undefined],
    ["an object's member", `${imports} const api = { s: new S() }; probe(api.s.f)`, lib, "() {}"],
    ["destructured", `${imports} const { f } = new S(); probe(f)`, lib, "() {}"],
    ["bound", `${imports} const s = new S(); probe(s.f.bind(s))`, lib, "() {}"],
  ]);

  files([
    [
      "injected through several files",
      {
        "app.ts": `import { A } from "./a"; class C { constructor(private a: A) {} g() { probe(this.a.b.f) } }`,
        "a.ts": `import { B } from "./b"; export class A { constructor(readonly b: B) {} }`,
        "b.ts": `import { Base } from "./base"; export class B extends Base {}`,
        "base.ts": "export abstract class Base { f() {} }",
      },
      "base.ts: () {}",
    ],
  ]);
});

describe("values", () => {
  table([
    [
      "a member of an object",
      `import { o } from "./lib"; probe(o.a.b)`,
      "export const o = { a: { b: 1 } }",
      "1",
    ],
    [
      "a frozen object",
      `import { o } from "./lib"; probe(o.a)`,
      "export const o = Object.freeze({ a: 1 })",
      "1",
    ],
    ["an enum's member", `import { E } from "./lib"; probe(E.a)`, `export enum E { a = "x" }`, `"x"`],
    [
      "of the environment",
      `import { key } from "./lib"; probe(key)`,
      "export const key = process.env.KEY",
      "process.env.KEY",
    ],
    [
      "a member of it",
      `import { config } from "./lib"; probe(config.key)`,
      "export const config = { key: process.env.KEY }",
      "process.env.KEY",
    ],
    [
      "a fallback",
      `import { key } from "./lib"; probe(key)`,
      "export const key = process.env.KEY || 1",
      "process.env.KEY || 1",
    ],
    ["a calculation", `import { a } from "./lib"; probe(a)`, "export const a = 60 * 5", "60 * 5"],
  ]);
});

describe("names beyond the project", () => {
  function nameIn(given: Files): string | undefined {
    const flow = linkedFlow(given);
    return flow.nameBeyond(flow.resolve(probed(flow)));
  }

  it.each([
    [
      "a client",
      `import { c } from "./lib"; probe(c.pay.create)`,
      `import C from "c"; export const c = new C("k")`,
      "c:new().pay.create",
    ],
    [
      "a client made by a function",
      `import { get } from "./lib"; probe(get().pay)`,
      `import C from "c"; export const get = () => new C("k")`,
      "c:new().pay",
    ],
    [
      "an injected client",
      `import { S } from "./lib"; class A { constructor(private s: S) {} g() { probe(this.s.c.pay) } }`,
      `import C from "c"; export class S { c = new C("k") }`,
      "c:new().pay",
    ],
    ["a package's export", `import { f } from "./lib"; probe(f)`, `export { f } from "c"`, "c:f"],
    ["a global", `import { f } from "./lib"; probe(f)`, "export const f = JSON.parse", "JSON.parse"],
    [
      "the environment",
      `import { config } from "./lib"; probe(config.key)`,
      "export const config = { key: process.env.KEY }",
      "process.env.KEY",
    ],
    ["a package of this file", `import c from "c"; probe(c.a)`, "", "c:a"],
    ["a function of the project", `import { f } from "./lib"; probe(f)`, "export function f() {}", undefined],
    ["a missing file", `import { f } from "./missing"; probe(f)`, "", undefined],
  ])("%s", (_, app, lib, name) => {
    expect(nameIn({ "app.ts": app, "lib.ts": lib })).toBe(name);
  });
});

describe("the linker", () => {
  const star = (names: readonly string[]) => names.map((name) => `export * from "./${name}";`).join("");

  it("tells which files were asked for, missing ones by their specifier", () => {
    const { flow, linker } = linked(
      {
        "src/app.ts": `import { f } from "./lib"; import { h } from "./unasked"; probe(f)`,
        "src/lib.ts": `export { f } from "../other/g"; export * from "./a.js"`,
        "src/unasked.ts": "",
      },
      "src/app.ts",
    );
    flow.elsewhere(flow.resolve(probed(flow)));
    expect(linker.links).toEqual(["other/g", "src/lib.ts"]);
  });

  it("opens no more files than its budget allows, and counts what it left out", () => {
    const names = ["a", "b", "c", "d"];
    const given = {
      "app.ts": `import { f } from "./lib"; probe(f)`,
      "lib.ts": star(names),
      ...Object.fromEntries(
        names.map((name) => [`${name}.ts`, name === "d" ? "export const f = 1" : "const f = 1"]),
      ),
    };
    const ask = (budget: number) => {
      const { flow, linker } = linked(given, "app.ts", hostOf(given), budget);
      return [flow.elsewhere(flow.resolve(probed(flow))) !== undefined, linker.gaveUp];
    };
    expect(ask(5)).toEqual([true, 0]);
    expect(ask(4)).toEqual([false, 1]);
  });

  it("asks the host once for a specifier, and parses a file once", () => {
    const given = {
      "app.ts": `import { f, g } from "./lib"; probe(f); probe(g)`,
      "lib.ts": "export const f = 1, g = 2",
    };
    const asked: string[] = [];
    const host = hostOf(given);
    const { flow } = linked(given, "app.ts", {
      find: (specifier, from) => (asked.push(specifier), host.find(specifier, from)),
    });
    expect(flow.opened("./lib")).toBe(flow.opened("./lib"));
    expect(asked).toEqual(["./lib"]);
  });

  it("finds the linted file itself where others lead back to it", () => {
    const flow = linkedFlow({
      "app.ts": `import { b } from "./b"; probe(b); export const a = 1`,
      "b.ts": `export { a as b } from "./app"`,
    });
    expect(flow.opened("./b")?.opened("./app")).toBe(flow);
    expect(flow.place(flow.resolve(probed(flow)))?.flow).toBe(flow);
  });

  it("opens the files that import this one, and they lead to it", () => {
    const flow = linkedFlow({
      "routes.ts": "export const router = make()",
      "app.ts": `import { router } from "./routes"; probe(router)`,
      "other.ts": `import { other } from "./others"`,
    });
    const [app, ...others] = flow.importers() ?? [];
    expect([app?.module.fileName, others]).toEqual(["app.ts", []]);
    expect(app!.place(app!.resolve(probed(app!)))?.flow).toBe(flow);
  });

  it("does not know importers without a host that does, nor some of them beyond its budget", () => {
    const given = { "a.ts": "", "b.ts": `import "./a"`, "c.ts": `import "./a"` };
    const { find } = hostOf(given);
    expect(linked(given, "a.ts", { find }).flow.importers()).toBeUndefined();
    expect(linked(given, "a.ts", hostOf(given), 1).flow.importers()).toBeUndefined();
    expect(linked(given, "a.ts", hostOf(given), 2).flow.importers()).toHaveLength(2);
  });
});
