import { describe, expect, test } from "vitest";
import { resolveDirectives, type Comment, type Dialect } from "../src/directives.ts";
import type { Finding } from "../src/rules/rule.ts";
import { hashComments, jsonComments } from "../src/parse/comments.ts";
import { parseDotenv } from "../src/parse/dotenv.ts";
import { parseJavaScript } from "../src/parse/javascript.ts";
import { parseJson } from "../src/parse/json.ts";

const SECRETS = "no-hardcoded-secrets";
const FLOATS = "no-float-amounts";

/** A finding of a rule wherever the text says BAD (secrets) or FLOAT (amounts). */
function findingsIn(text: string): Finding[] {
  return [...text.matchAll(/BAD|FLOAT/g)].map((match) => ({
    ruleId: match[0] === "BAD" ? SECRETS : FLOATS,
    severity: "error",
    messageId: "any",
    message: "any",
    range: { start: match.index, end: match.index + match[0].length },
  }));
}

function resolve(text: string, comments: readonly Comment[], dialects?: readonly Dialect[]) {
  const { findings, suppressed, problems } = resolveDirectives(text, comments, findingsIn(text), dialects);
  const lineOf = (offset: number) => text.slice(0, offset).split(/\r\n|\n/).length;
  return {
    kept: findings.map(({ ruleId, range }) => `${lineOf(range.start)} ${ruleId}`),
    suppressed: suppressed.map(
      ({ range, suppression }) => `${lineOf(range.start)} ${suppression.reason ?? "-"}`,
    ),
    problems: problems.map(({ message, range }) => `${lineOf(range.start)} ${message}`),
  };
}

function resolveScript(text: string, dialects?: readonly Dialect[]) {
  return resolve(text, parseJavaScript({ fileName: "a.tsx", text }).comments, dialects);
}

describe("paylint-disable-next-line", () => {
  test("suppresses the named rule on the next line alone", () => {
    const text = `// paylint-disable-next-line ${SECRETS} -- a public demo key\nBAD + FLOAT;\nBAD;`;
    expect(resolveScript(text)).toEqual({
      kept: [`2 ${FLOATS}`, `3 ${SECRETS}`],
      suppressed: ["2 a public demo key"],
      problems: [],
    });
  });

  test.each([
    ["two rules", `// paylint-disable-next-line ${SECRETS}, ${FLOATS} -- why`],
    ["no rule: all of them", "// paylint-disable-next-line -- why"],
    [
      "rules with the plugin's prefix",
      `// paylint-disable-next-line paylint/${SECRETS},paylint/${FLOATS} -- why`,
    ],
    ["a block comment over two lines", `/* paylint-disable-next-line\n${SECRETS}, ${FLOATS} -- why */`],
    ["JSX", "<p>{/* paylint-disable-next-line -- why */\nBAD + FLOAT}</p>;"],
  ])("%s", (_, comment) => {
    const text = comment.includes("BAD") ? comment : `${comment}\nBAD + FLOAT;`;
    expect(resolveScript(text)).toMatchObject({
      kept: [],
      suppressed: [expect.stringMatching(/ why$/), expect.stringMatching(/ why$/)],
    });
  });

  test("CRLF counts as one line end", () => {
    expect(resolveScript("a;\r\n// paylint-disable-next-line -- why\r\nBAD;\r\nBAD;")).toMatchObject({
      kept: [`4 ${SECRETS}`],
      suppressed: ["3 why"],
    });
  });

  test("the words inside a string are no directive", () => {
    expect(resolveScript('"// paylint-disable-next-line -- why";\nBAD;').kept).toEqual([`2 ${SECRETS}`]);
  });

  test("the words in the middle of a comment are no directive", () => {
    expect(resolveScript("// see paylint-disable-next-line -- why\nBAD;").kept).toEqual([`2 ${SECRETS}`]);
  });
});

describe("paylint-disable-line", () => {
  test("suppresses on its own line", () => {
    expect(resolveScript("BAD; // paylint-disable-line -- why\nBAD;")).toMatchObject({
      kept: [`2 ${SECRETS}`],
      suppressed: ["1 why"],
    });
  });
});

describe("paylint-disable and paylint-enable", () => {
  test("suppress what stands between them", () => {
    const text = "BAD;\n/* paylint-disable -- why */\nBAD;\n/* paylint-enable */\nBAD;";
    expect(resolveScript(text)).toMatchObject({
      kept: [`1 ${SECRETS}`, `5 ${SECRETS}`],
      suppressed: ["3 why"],
    });
  });

  test("without an end reach to the end of the file", () => {
    expect(resolveScript("// paylint-disable -- why\nBAD;\nFLOAT;").kept).toEqual([]);
  });

  test("one rule may be enabled again while the others stay off", () => {
    const text = `/* paylint-disable -- why */\n/* paylint-enable ${FLOATS} */\nBAD;\nFLOAT;`;
    expect(resolveScript(text).kept).toEqual([`4 ${FLOATS}`]);
  });

  test("ESLint's end does not end Paylint's block", () => {
    expect(resolveScript("/* paylint-disable -- why */\n/* eslint-enable */\nBAD;").kept).toEqual([]);
  });
});

describe("a directive that does not count is told", () => {
  test.each([
    ["no reason", "// paylint-disable-next-line"],
    ["a rule and no reason", `// paylint-disable-next-line ${SECRETS}`],
    ["dashes and no reason", `// paylint-disable-next-line ${SECRETS} --`],
    ["a reason that is only blanks", `// paylint-disable-next-line ${SECRETS} --   `],
  ])("%s", (_, comment) => {
    const { kept, suppressed, problems } = resolveScript(`${comment}\nBAD;`);
    expect({ kept, suppressed }).toEqual({ kept: [`2 ${SECRETS}`], suppressed: [] });
    expect(problems).toEqual([
      expect.stringContaining("1 This comment gives no reason, so it suppresses nothing"),
    ]);
  });

  test("the message shows how to write it", () => {
    const [problem] = resolveScript(`// paylint-disable-line ${SECRETS}`).problems;
    expect(problem).toContain(`paylint-disable-line ${SECRETS} -- REASON`);
  });

  test("a rule that does not exist", () => {
    const { kept, problems } = resolveScript("// paylint-disable-next-line no-hardcoded-secret -- why\nBAD;");
    expect(kept).toEqual([`2 ${SECRETS}`]);
    expect(problems).toEqual([expect.stringContaining('1 Paylint has no rule "no-hardcoded-secret"')]);
  });

  test("paylint-enable needs no reason", () => {
    expect(resolveScript("/* paylint-enable */").problems).toEqual([]);
  });
});

describe("ESLint's own comments", () => {
  test.each([
    ["next line, rule named", `// eslint-disable-next-line paylint/${SECRETS}\nBAD;`],
    ["next line, among others' rules", `// eslint-disable-next-line no-console, paylint/${SECRETS}\nBAD;`],
    ["next line, all rules", "// eslint-disable-next-line\nBAD;"],
    ["same line", `BAD; // eslint-disable-line paylint/${SECRETS}`],
    ["block", `/* eslint-disable paylint/${SECRETS} */\nBAD;`],
    ["block, all rules", "/* eslint-disable */\nBAD;"],
  ])("need no reason: %s", (_, text) => {
    expect(resolveScript(text)).toMatchObject({
      kept: [],
      suppressed: [expect.stringMatching(/ -$/)],
      problems: [],
    });
  });

  test("keep the reason they give", () => {
    expect(resolveScript("// eslint-disable-next-line -- why\nBAD;").suppressed).toEqual(["2 why"]);
  });

  test.each([
    ["another plugin's rule", "// eslint-disable-next-line security/detect-x\nBAD;"],
    ["our rule's id without the prefix", `// eslint-disable-next-line ${SECRETS}\nBAD;`],
    ["a block directive in a line comment", "// eslint-disable\nBAD;"],
    ["after its end", "/* eslint-disable */ /* eslint-enable */\nBAD;"],
  ])("leave the finding: %s", (_, text) => {
    expect(resolveScript(text)).toMatchObject({ kept: [`2 ${SECRETS}`], suppressed: [], problems: [] });
  });

  test("are left to ESLint when only Paylint's are asked for", () => {
    const text = "// eslint-disable-next-line\nBAD;\n// paylint-disable-next-line -- why\nBAD;";
    expect(resolveScript(text, ["paylint"])).toMatchObject({ kept: [`2 ${SECRETS}`], suppressed: ["4 why"] });
  });
});

describe("comments of other languages", () => {
  const dotenv = (text: string) => resolve(text, hashComments(parseDotenv({ fileName: ".env", text }).file));
  const json = (text: string) => resolve(text, jsonComments(parseJson({ fileName: "a.json", text }).file));

  test("dotenv: a line of its own, or behind the value", () => {
    const text =
      "# paylint-disable-next-line -- why\nA=BAD\nB=BAD # paylint-disable-line -- as well\nC=BAD\n";
    expect(dotenv(text)).toMatchObject({ kept: [`4 ${SECRETS}`], suppressed: ["2 why", "3 as well"] });
  });

  test("dotenv: a # inside quotes is part of the value", () => {
    expect(dotenv('A="BAD # paylint-disable-line -- why"\n').kept).toEqual([`1 ${SECRETS}`]);
  });

  test("JSON: both kinds of comment, and strings are none", () => {
    const text = `{
      // paylint-disable-next-line -- why
      "a": "BAD",
      "b": "BAD", /* paylint-disable-line -- as well */
      "c": "// paylint-disable-line -- no", "d": "BAD"
    }`;
    expect(json(text)).toMatchObject({ kept: [`5 ${SECRETS}`], suppressed: ["3 why", "4 as well"] });
  });
});
