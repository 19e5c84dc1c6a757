import { describe, expect, it } from "vitest";
import { Glance, specifiersIn } from "../../src/flow/glance.ts";
import { Linker } from "../../src/flow/link.ts";
import { parseJavaScript } from "../../src/parse/javascript.ts";
import { type Files, hostOf, linked, linkedFlow } from "./linked.ts";
import { probed } from "./probe.ts";

const CLIENT = /\baxios\b/;

describe("what a meaning may lead to", () => {
  const leads = (files: Files): boolean => {
    const flow = linkedFlow(files);
    return flow.mayLeadTo(CLIENT, flow.resolve(probed(flow)));
  };
  const app = `import { pay } from "./lib"; probe(pay)`;
  const rows: readonly (readonly [what: string, expected: boolean, files: Files])[] = [
    ["nothing of the kind", false, { "app.ts": app, "lib.ts": "export const pay = () => 1" }],
    ["a match in the file", true, { "app.ts": app, "lib.ts": `import axios from "axios"` }],
    [
      "a match in a file that it imports",
      true,
      { "app.ts": app, "lib.ts": `import "./http"`, "http.ts": "axios" },
    ],
    [
      "a match in a file that it requires",
      true,
      { "app.ts": app, "lib.ts": `require("./http")`, "http.ts": "axios" },
    ],
    [
      "a match too many imports away",
      false,
      {
        "app.ts": app,
        "lib.ts": `import "./a"`,
        "a.ts": `import "./b"`,
        "b.ts": `import "./c"`,
        "c.ts": "axios",
      },
    ],
    [
      "files that import one another",
      false,
      { "app.ts": app, "lib.ts": `import "./b"`, "b.ts": `import "./lib"` },
    ],
    ["a missing file", true, { "app.ts": app }],
    ["a package", true, { "app.ts": `import { pay } from "payments"; probe(pay)` }],
    ["a value of the file itself", true, { "app.ts": "function pay() {} probe(pay)" }],
    [
      "a field of a class",
      false,
      {
        "app.ts": `import { Service } from "./lib"; class C { service = new Service(); m() { probe(this.service.pay) } }`,
        "lib.ts": "export class Service {}",
      },
    ],
    [
      "a parameter that a class is handed",
      false,
      {
        "app.ts": `import { Service } from "./lib"; class C { constructor(private s: Service) {} m() { probe(this.s.pay) } }`,
        "lib.ts": "export class Service {}",
      },
    ],
    ["a method of the class itself", true, { "app.ts": "class C { pay() {} m() { probe(this.pay) } }" }],
  ];
  it.each(rows)("%s", (_, expected, files) => {
    expect(leads(files)).toBe(expected);
  });

  it("looks at so many files and no more", () => {
    const many = Array.from({ length: 80 }, (_, at) => `./m${at}`);
    const files = Object.fromEntries(many.map((name) => [`${name.slice(2)}.ts`, ""]));
    const lib = many.map((name) => `import "${name}"`).join("\n");
    expect(leads({ "app.ts": app, "lib.ts": lib, ...files })).toBe(true);
  });

  it("counts as led to whatever was looked at, since the answer hangs on it", () => {
    const files = { "app.ts": app, "lib.ts": `import "./http"`, "http.ts": "" };
    const { flow, linker } = linked(files, "app.ts");
    flow.mayLeadTo(CLIENT, flow.resolve(probed(flow)));
    expect(linker.links).toEqual(["http.ts", "lib.ts"]);
  });

  it("parses none of them", () => {
    const parsed: string[] = [];
    const files = { "app.ts": app, "lib.ts": "export function pay() {}" };
    const linker = new Linker(hostOf(files), (source) => {
      parsed.push(source.fileName);
      return parseJavaScript(source).module;
    });
    const flow = linker.flowOf(parseJavaScript({ fileName: "app.ts", text: app }).module!);
    const meaning = flow.resolve(probed(flow));
    expect(flow.mayLeadTo(CLIENT, meaning)).toBe(false);
    expect(flow.functionAtGlance(meaning)).toContain("pay");
    expect([/pay/, CLIENT].map((pattern) => flow.beginsIn(pattern, meaning))).toEqual([true, false]);
    expect(parsed).toEqual([]);
    expect(flow.place(meaning)).toBeDefined();
    expect(parsed).toEqual(["lib.ts"]);
  });
});

describe("functions in plain sight", () => {
  it.each([
    ["a declaration", "export function pay(a: number) {}", true],
    ["an async one", "export async function pay() {}", true],
    ["a generator", "export function* pay() {}", true],
    ["an arrow function", "export const pay = (a, b) => a", true],
    ["one with a type", "export const pay: Pay = async (a) => a", true],
    ["one with a result's type", "const pay = (a: number): Promise<void> => f(a)", true],
    ["a function expression", "exports.x = 1; const pay = function () {}", true],
    ["a longer name", "export function payOut() {}", false],
    ["a name that ends so", "export function repay() {}", false],
    ["a member", "lib.function pay", false],
    ["a client", "export const pay = axios.create()", false],
    ["a client in parentheses", "export const pay = (axios as any).create()", false],
    ["a name alone", "export { pay }", false],
  ])("%s", (_, text, expected) => {
    expect(new Glance(text).declaration("pay") !== undefined).toBe(expected);
  });

  it("takes a name with a dollar sign as it is", () => {
    expect(new Glance("function $pay() {}").declaration("$pay")).toBeDefined();
    expect(new Glance("function pay() {}").declaration("$pay")).toBeUndefined();
  });

  it.each([
    ["ends where its line began", "export async function pay() {\n  one();\n}\nother();", true],
    ["of an arrow", "const pay = () => {\n  one();\n};\nother();", true],
    ["may end anywhere where it is not set at the margin", "{ function pay() { one(); }\n}\nother();", false],
    ["that nothing closes", "const pay = () => one();\nother();", false],
  ])("its text %s", (_, text, ends) => {
    const declaration = new Glance(text).declaration("pay");
    expect(declaration).toContain("one");
    expect(declaration?.includes("other")).toBe(!ends);
  });
});

describe("what a module may export", () => {
  it.each([
    ["its name", "export const pay = 1", true],
    ["everything of another", `export * from "./other"`, true],
    ["a whole object", `module.exports = require("./other")`, true],
    ["other names", "export const refund = 1", false],
  ])("%s", (_, text, expected) => {
    expect(new Glance(text).mayExport("pay")).toBe(expected);
  });

  it("leaves the modules closed that an index hands on, where they lack the name", () => {
    const { flow, linker } = linked(
      {
        "app.ts": `import { pay } from "./index"; probe(pay)`,
        "index.ts": `export * from "./a"; export * from "./b"`,
        "a.ts": "export const refund = 1",
        "b.ts": "export const pay = 2",
      },
      "app.ts",
      undefined,
      2,
    );
    expect(flow.place(flow.resolve(probed(flow)))?.flow.module.fileName).toBe("b.ts");
    expect(linker.gaveUp).toBe(0);
  });
});

describe("specifiers", () => {
  it("are found in all forms, each once", () => {
    const text = `import a from "./a"; import "./b"; export * from './c'; require("./d"); import("./e"); import x = require("./a");`;
    expect(specifiersIn(text)).toEqual(["./a", "./b", "./c", "./d", "./e"]);
  });
});
