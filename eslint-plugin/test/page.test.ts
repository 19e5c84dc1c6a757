import { expect, test } from "vitest";
import { parsePage } from "./page.ts";

test("headings, samples and sections without content are found", () => {
  const page = parsePage(
    [
      "# no-a",
      "## Wrong",
      "```js wrong",
      "# not a heading",
      "```",
      '```ts wrong file=app/route.ts options={"a": [1]}',
      "x;",
      "y;",
      "```",
      "## Right",
      "<!-- a comment is no content -->",
      "## Options",
      "Text.",
    ].join("\n"),
  );
  expect(page.headings).toEqual(["# no-a", "## Wrong", "## Right", "## Options"]);
  expect(page.emptySections).toEqual(["## Right"]);
  expect(page.samples).toEqual([
    {
      section: "## Wrong",
      mark: "wrong",
      fileName: "sample.js",
      options: undefined,
      text: "# not a heading\n",
      line: 3,
    },
    {
      section: "## Wrong",
      mark: "wrong",
      fileName: "app/route.ts",
      options: { a: [1] },
      text: "x;\ny;\n",
      line: 6,
    },
  ]);
});

test.each([
  ["a fence that is not closed", "```js wrong\nx;", /line 1 is not closed/],
  ["a mark that is misspelt", "text\n```js wrnog\nx;\n```", /line 2/],
  ["a language without a file name", "```cobol wrong\nx;\n```", /line 1/],
])("%s is an error that names its line", (_, markdown, message) => {
  expect(() => parsePage(markdown)).toThrow(message);
});
