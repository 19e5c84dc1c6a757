import { describe, expect, it } from "vitest";
import { parseDotenv } from "../../src/parse/dotenv.ts";

const read = (text: string) => parseDotenv({ fileName: ".env", text });
const values = (text: string) => read(text).file.entries.map(({ path, value }) => [...path, value]);

describe("parseDotenv", () => {
  it.each<[string, string, string[][]]>([
    ["a plain value", "KEY=value", [["KEY", "value"]]],
    ["spaces around the sign", "KEY = value ", [["KEY", "value"]]],
    ["an export", "export KEY=value", [["KEY", "value"]]],
    ["an indented line", "  KEY=value", [["KEY", "value"]]],
    [
      "an empty value",
      "KEY=\nNEXT=1",
      [
        ["KEY", ""],
        ["NEXT", "1"],
      ],
    ],
    ["double quotes", 'KEY="a b"', [["KEY", "a b"]]],
    ["single quotes", "KEY='a\\nb'", [["KEY", "a\\nb"]]],
    ["backticks", "KEY=`a \"b\" 'c'`", [["KEY", "a \"b\" 'c'"]]],
    ["escapes in double quotes", 'KEY="a\\nb\\"c"', [["KEY", 'a\nb"c']]],
    [
      "a value over several lines",
      'KEY="one\ntwo"\nNEXT=1',
      [
        ["KEY", "one\ntwo"],
        ["NEXT", "1"],
      ],
    ],
    ["a comment line", "# KEY=value\nNEXT=1", [["NEXT", "1"]]],
    ["an inline comment", "KEY=value # why", [["KEY", "value"]]],
    ["a comment instead of a value", "KEY= # later", [["KEY", ""]]],
    ["a comment after quotes", 'KEY="a # b" # why', [["KEY", "a # b"]]],
    ["an equals sign in the value", "KEY=a=b==", [["KEY", "a=b=="]]],
    [
      "CRLF",
      "KEY=a\r\nNEXT=b\r\n",
      [
        ["KEY", "a"],
        ["NEXT", "b"],
      ],
    ],
    [
      "CR alone",
      "KEY=a\rNEXT=b",
      [
        ["KEY", "a"],
        ["NEXT", "b"],
      ],
    ],
    ["a byte order mark", "\uFEFFKEY=a", [["KEY", "a"]]],
    [
      "an opening quote without its fellow",
      'KEY="a\nNEXT="b"',
      [
        ["KEY", '"a'],
        ["NEXT", "b"],
      ],
    ],
    [
      "a key twice",
      "KEY=a\nKEY=b",
      [
        ["KEY", "a"],
        ["KEY", "b"],
      ],
    ],
    ["an empty file", "", []],
  ])("reads %s", (_, text, expected) => {
    expect(values(text)).toEqual(expected);
    expect(read(text).problems).toEqual([]);
  });

  it("gives the place of the text between the quotes", () => {
    const text = '\uFEFF# shop\r\nexport A = "one two" # why\r\nB=three # why\r\n';
    expect(read(text).file.entries.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      "one two",
      "three",
    ]);
  });

  it("skips lines that are no assignment and tells where they are", () => {
    const text = "A=1\nKEY: value\n  \nB=2";
    const { file, problems } = read(text);
    expect(file.entries.map((entry) => entry.value)).toEqual(["1", "2"]);
    expect(problems.map(({ range }) => text.slice(range.start, range.end))).toEqual(["KEY: value"]);
  });

  it("tells only the first few broken lines of a file that is no dotenv file", () => {
    expect(read("\0\x01 binary\n".repeat(5000)).problems).toHaveLength(5);
  });

  it("reads a long file with an unclosed quote on every line in time", () => {
    expect(values("KEY='a\n".repeat(20_001))).toHaveLength(20_001);
  });
});
