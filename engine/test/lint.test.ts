import { describe, expect, it } from "vitest";
import { lintText } from "../src/lint.ts";
import { hostOf } from "./flow/linked.ts";

describe("linting with a host", () => {
  it("asks for no other file where nothing is to be observed", () => {
    const files = { "a.ts": `import { b } from "./b"; b()`, "b.ts": "export const b = 1" };
    const asked: string[] = [];
    const host = { find: (specifier: string) => void asked.push(specifier) };
    expect(lintText({ fileName: "a.ts", text: files["a.ts"] }, {}, host).links).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("says the same of a file whatever was linted before it", () => {
    const files = { "a.ts": `export const a = "sk_live"`, "b.ts": `import { a } from "./a"; pay(a)` };
    const lint = (fileName: keyof typeof files) =>
      lintText({ fileName, text: files[fileName] }, {}, hostOf(files));
    const alone = lint("a.ts");
    lint("b.ts");
    expect(lint("a.ts")).toEqual(alone);
  });
});
