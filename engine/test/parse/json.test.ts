import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/parse/json.ts";

const read = (text: string) => parseJson({ fileName: "config.json", text });
const values = (text: string) => read(text).file.entries.map(({ path, value }) => [path.join("."), value]);

describe("parseJson", () => {
  it.each<[string, string, string[][]]>([
    [
      "nested keys and indices",
      '{"a":{"b":["x","y"]}}',
      [
        ["a.b.0", "x"],
        ["a.b.1", "y"],
      ],
    ],
    [
      "numbers and booleans",
      '{"a":12.5,"b":false,"c":null}',
      [
        ["a", "12.5"],
        ["b", "false"],
      ],
    ],
    ["escapes", '{"a":"x\\ny"}', [["a", "x\ny"]]],
    ["comments", '// one\n{"a":"x" /* two */}', [["a", "x"]]],
    ["trailing commas", '{"a":["x",],}', [["a.0", "x"]]],
    ["a byte order mark", '\uFEFF{"a":"x"}', [["a", "x"]]],
    ["CRLF", '{\r\n"a":\r\n"x"}\r\n', [["a", "x"]]],
    ["a lone value", '"x"', [["", "x"]]],
    ["an empty file", "", []],
  ])("reads %s", (_, text, expected) => {
    expect(values(text)).toEqual(expected);
    expect(read(text).problems).toEqual([]);
  });

  it("gives the place of the text between the quotes", () => {
    const text = '\uFEFF{ "a": "one", "b": 12 }';
    expect(read(text).file.entries.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      "one",
      "12",
    ]);
  });

  it.each<[string, string, string[][]]>([
    [
      "a missing comma",
      '{"a":"x" "b":"y"}',
      [
        ["a", "x"],
        ["b", "y"],
      ],
    ],
    [
      "an unclosed object",
      '{"a":"x","b":{"c":"y"',
      [
        ["a", "x"],
        ["b.c", "y"],
      ],
    ],
    [
      "an unclosed string",
      '{"a":"x","b":"y\n}',
      [
        ["a", "x"],
        ["b", "y"],
      ],
    ],
    ["a missing value", '{"a":,"b":"y"}', [["b", "y"]]],
  ])("reads on after %s and tells the place", (_, text, expected) => {
    const { problems } = read(text);
    expect(values(text)).toEqual(expected);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]!.message).toMatch(/^This JSON is broken here: [a-z ]+$/);
    for (const { range } of problems) expect(range.end).toBeLessThanOrEqual(text.length);
  });

  it("survives a nesting no reader could follow", () => {
    expect(read("[".repeat(200_000)).problems.length).toBeGreaterThan(0);
  });

  it("tells only the first few errors of a file that is no JSON", () => {
    expect(read("\0 not json at all ".repeat(2000)).problems).toHaveLength(5);
  });

  it("every prefix of a file can be read", () => {
    const text = '{\n  "a": "x", // c\n  "b": [1, {"c": "\\u0041"}],\n}\n';
    for (let end = 0; end <= text.length; end++) expect(() => read(text.slice(0, end))).not.toThrow();
  });
});
