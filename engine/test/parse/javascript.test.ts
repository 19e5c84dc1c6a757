import { describe, expect, it } from "vitest";
import { parseJavaScript } from "../../src/parse/javascript.ts";

function parse(text: string, fileName = "src/pay.ts") {
  return parseJavaScript({ fileName, text });
}

describe("whole files", () => {
  it.each([
    ["TypeScript", "const a = b as string satisfies string; enum E { A }", "a.ts"],
    ["TSX", "const a = <T,>(x: T) => <b>{x}</b>;", "a.tsx"],
    ["angle brackets as an assertion", "const a = <string>b;", "a.mts"],
    ["JavaScript with JSX", "export const A = () => <b a={1} />;", "a.js"],
    ["a script", "#!/usr/bin/env node\nvar a = require('b'); return a;", "a.cjs"],
    ["decorators, on parameters as well", "class A { @Post() m(@Body() b: B) {} }", "a.ts"],
    ["a byte order mark and CRLF", "\uFEFFconst a = 1;\r\nconst b = 2;\r\n", "a.js"],
    ["nothing", "", "a.js"],
  ])("%s", (_, text, fileName) => {
    const { module, problems } = parse(text, fileName);
    expect(problems).toEqual([]);
    expect(module?.program.type).toBe("Program");
  });
});

describe("half-typed code", () => {
  it("is read around its broken line, and the error is told with its place", () => {
    const text = "const a = 1;\nconst b = (;\nconst c = 3;\n";
    const { module, problems } = parse(text);
    expect(module?.program.body.map(({ range }) => text.slice(...range))).toEqual([
      "const a = 1;",
      "const c = 3;",
    ]);
    expect(problems.map(({ range }) => range.start)).toEqual([text.indexOf(";", 13)]);
  });

  it.each(["if (", "const a =", "pay(", "import { a } from"])("blames the unfinished line: %s", (line) => {
    const text = `${line}\r\nconst key = 1;`;
    const { module } = parse(text);
    expect(module?.program.body.map(({ range }) => text.slice(...range))).toContain("const key = 1;");
  });

  it.each([
    ["unclosed string", 'const a = "x\nconst b = 1;'],
    ["unclosed template", "const a = `x\nconst b = 1;"],
    ["unclosed brace", "function f() {\n  const b = 1;"],
    ["garbage", "\u0000\u0001 }{ ]["],
  ])("never throws: %s", (_, text) => {
    expect(parse(text).problems).not.toEqual([]);
  });

  it("gives up after a few repairs and says each", () => {
    const { module, problems } = parse("}\n".repeat(50));
    expect(module).toBeUndefined();
    expect(problems.length).toBeLessThan(10);
  });
});

it("says that code is nested too deeply instead of failing", () => {
  const { module, problems } = parse(`const a = ${"(".repeat(20_000)}1${")".repeat(20_000)};`);
  expect(module).toBeUndefined();
  expect(problems.map(({ message }) => message)).toEqual(["The code is nested too deeply to be read"]);
});
