import path from "node:path";
import { describe, expect, test } from "vitest";
import { readTarget } from "../../src/project/read.ts";
import { makeTree, UNSAFE } from "../tree.ts";

function read(content: string | Uint8Array, name = "a.js"): string {
  const root = makeTree({ [name]: content });
  const result = readTarget({ path: path.join(root, name), explicit: false });
  if ("text" in result) return result.remark ?? "read";
  return "skipped" in result ? result.skipped.reason : result.failure.reason;
}

describe("minified scripts", () => {
  const code = "a=b(c,{d:e});";
  test.each([
    ["one long line of code", code.repeat(300), "minified"],
    ["long lines behind a licence", `/*! licence */\n${`${code.repeat(300)}\n`.repeat(3)}`, "minified"],
    ["a short script on one line", code.repeat(20), "read"],
    ["a long line of inlined data", `const image = "${"iVBORw0KGgo".repeat(2000)}";\n`, "read"],
    ["one long line among ordinary code", `${UNSAFE.repeat(50)}${code.repeat(100)}\n`, "read"],
  ])("%s", (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test("JSON on one line is as it should be", () => {
    expect(read(`[${'{"a":[1,2]},'.repeat(500)}0]`, "a.json")).toBe("read");
  });
});

describe("encodings", () => {
  test.each([
    ["UTF-8", Buffer.from("caf\u00E9"), "read"],
    ["UTF-16 with a byte order mark", Buffer.from("\uFEFFcaf\u00E9", "utf16le"), "read"],
    ["UTF-16 without one", Buffer.from("caf\u00E9", "utf16le"), "binary"],
    ["Latin-1", Buffer.from("caf\u00E9", "latin1"), "This file is not UTF-8 and was read as Latin-1"],
    ["an empty file", Buffer.alloc(0), "read"],
  ])("%s", (_, bytes, expected) => {
    expect(read(bytes)).toBe(expected);
  });
});

test("1 MB is read, a byte more is not", () => {
  const line = "// 0123456789abc\n";
  const megabyte = line.repeat(2 ** 20 / line.length + 1).slice(0, 2 ** 20);
  expect(read(megabyte)).toBe("read");
  expect(read(`${megabyte}x`)).toBe("too-large");
});

test("a file that is gone", () => {
  expect(readTarget({ path: path.join(makeTree({}), "a.ts"), explicit: true })).toMatchObject({
    failure: { reason: "unreadable" },
  });
});
