import json from "@eslint/json";
import { Linter } from "eslint";
import { Linter as Linter9 } from "eslint-9";
import { beforeEach, describe, expect, test, vi } from "vitest";
import paylint from "../src/index.ts";
import { plantedObserver } from "./planted.ts";

vi.mock("../../engine/src/observe/index.ts", async () => {
  const { plantedObserver } = await import("./planted.ts");
  return { observers: [plantedObserver] };
});
vi.mock("../../engine/src/rules/index.ts", async () => {
  const { plantedRule, strictRule } = await import("./planted.ts");
  return { rules: [plantedRule, strictRule] };
});

const linter = new Linter();

function lint(
  text: string,
  rules: Linter.RulesRecord = { "paylint/no-planted": "error" },
): Linter.LintMessage[] {
  return linter.verify(text, { plugins: { paylint }, rules }, { filename: "src/pay.js" });
}

function places(messages: readonly Linter.LintMessage[]): string[] {
  return messages.map(({ line, column, endLine, endColumn }) => `${line}:${column}-${endLine}:${endColumn}`);
}

beforeEach(() => void plantedObserver.javascript.mockClear());

describe("a finding", () => {
  test("has the rule's id, message, place and suggestions", () => {
    const [message, ...others] = lint('pay();\nconst key = "planted";');
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      ruleId: "paylint/no-planted",
      messageId: "planted",
      message: "planted was planted.",
      severity: 2,
      line: 2,
      column: 13,
      endLine: 2,
      endColumn: 22,
      suggestions: [
        { desc: "Read it from the environment", fix: { range: [19, 28], text: "process.env.PLANTED" } },
        { desc: "Empty it", fix: { range: [20, 27], text: "" } },
      ],
    });
  });

  test.each([
    ["LF", "a;\nb('planted');", "2:3-2:12"],
    ["CRLF", "a;\r\nb('planted');", "2:3-2:12"],
    ["the line separator", "a;\u2028b('planted');", "2:3-2:12"],
    ["a byte order mark", "\uFEFFb('planted');", "1:3-1:12"],
    ["characters beyond the basic plane", "b('😀', 'planted');", "1:9-1:18"],
    ["a string over two lines", "b('planted\\\n');", "1:3-2:2"],
    ["a hashbang", "#!/usr/bin/env node\nb('planted');", "2:3-2:12"],
  ])("stands at its place with %s", (_, text, place) => {
    expect(places(lint(text))).toEqual([place]);
  });
});

describe("options", () => {
  test("default to the rule's own", () => {
    expect(lint("a('planted-allowed', 'planted-other')")).toHaveLength(1);
  });

  test("replace the default", () => {
    const messages = lint("a('planted-allowed', 'planted-other')", {
      "paylint/no-planted": ["error", { allow: ["planted-other"] }],
    });
    expect(messages.map(({ message }) => message)).toEqual(["planted-allowed was planted."]);
  });

  test.each([
    ["an unknown name", "no-planted", { alow: [] }, /alow/],
    ["a wrong type", "no-planted", { allow: "all" }, /should be array/],
    ["a rule without options", "no-planted-at-all", {}, /should NOT have more than 0 items/],
  ])("are refused for %s", (_, id, options, error) => {
    expect(() => lint("a()", { [`paylint/${id}`]: ["error", options] })).toThrow(error);
  });
});

describe("one pass", () => {
  const all: Linter.RulesRecord = { "paylint/no-planted": "error", "paylint/no-planted-at-all": "error" };

  test("serves all rules of a file", () => {
    expect(lint("a('planted')", all)).toHaveLength(2);
    expect(plantedObserver.javascript).toHaveBeenCalledTimes(1);
  });

  test("is made anew for the next file", () => {
    lint("a('planted')", all);
    expect(lint("a('planted', 'planted')", all)).toHaveLength(4);
    expect(plantedObserver.javascript).toHaveBeenCalledTimes(2);
  });

  test("is not made when no keyword stands in the text", () => {
    expect(lint("a('harmless')", all)).toEqual([]);
    expect(plantedObserver.javascript).not.toHaveBeenCalled();
  });

  test("is not made, nor the tree asked for, by a rule without a keyword in the text", () => {
    const sourceCode = {
      isESTree: true,
      text: "harmless",
      get ast() {
        throw new Error("asked for the tree");
      },
    };
    const context = { sourceCode, filename: "/project/a.js", cwd: "/project" } as never;
    expect(paylint.rules["no-planted"]!.create(context)).toEqual({});
  });
});

describe("a file's name", () => {
  const observedName = (cwd: string, filename: string): string | undefined => {
    const config = { plugins: { paylint }, rules: { "paylint/no-planted": "error" } } as const;
    new Linter({ cwd }).verify('const key = "planted";', config, { filename });
    return plantedObserver.javascript.mock.lastCall?.[0].module.fileName;
  };

  test("is relative to the working directory, whatever the folders above are called", () => {
    expect(observedName("/home/tests/shop", "/home/tests/shop/src/pay.js")).toBe("src/pay.js");
    expect(observedName("/home/tests/shop", "src/pay.js")).toBe("src/pay.js");
  });
});

describe("comments", () => {
  test.each([
    ["paylint-disable-next-line", "// paylint-disable-next-line no-planted -- a fixture\na('planted');", 0],
    ["paylint-disable-line", "a('planted'); // paylint-disable-line no-planted -- a fixture", 0],
    ["paylint-disable", "/* paylint-disable -- fixtures */\na('planted');\nb('planted');", 0],
    ["paylint-enable", "/* paylint-disable -- x */\na('planted');\n/* paylint-enable */\nb('planted');", 1],
    ["another rule's", "// paylint-disable-next-line no-planted-at-all -- a fixture\na('planted');", 1],
    ["one without a reason", "// paylint-disable-next-line no-planted\na('planted');", 1],
    ["eslint-disable-next-line", "// eslint-disable-next-line paylint/no-planted\na('planted');", 0],
    ["eslint-disable", "/* eslint-disable paylint/no-planted */\na('planted');", 0],
  ])("count: %s", (_, text, findings) => {
    expect(lint(text)).toHaveLength(findings);
  });
});

describe("JSON", () => {
  const config: Linter.Config = {
    files: ["**/*.json"],
    plugins: { paylint, json },
    language: "json/json",
    rules: { "paylint/no-planted": "error" },
  };

  test("is left alone by ESLint 9, which lets a rule run on any language", () => {
    const nine = new Linter9() as unknown as Linter;
    expect(nine.verify('{ "a": "planted" }', [config], { filename: "a.json" })).toEqual([]);
  });

  test("is refused by ESLint 10, which knows the rule's languages", () => {
    expect(() => linter.verify('{ "a": "planted" }', [config], { filename: "a.json" })).toThrow(/json\/json/);
  });
});
