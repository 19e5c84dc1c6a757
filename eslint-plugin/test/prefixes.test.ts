import { expect, test } from "vitest";
import { parsers } from "./hosts.ts";
import { exampleFiles, withoutTypes } from "./samples.ts";

/*
 * Half-typed code is what an editor shows most of the time. A rule that throws takes ESLint's whole run with it, so
 * every example file is cut after each of its lines, and what a parser takes of that is linted.
 */
const typed = exampleFiles();
const plain = typed.flatMap((file) => withoutTypes(file) ?? []);

test.each([
  ["espree", plain],
  ["@typescript-eslint/parser", typed],
  ["@babel/eslint-parser", typed],
])("no rule throws on the beginning of a file: %s", { timeout: 60_000 }, (name, files) => {
  const host = parsers.find((parser) => parser.name === name)!;
  let linted = 0;
  for (const { fileName, text, origin } of files) {
    for (const { index } of text.matchAll(/\n/g)) {
      if (host.lint({ fileName, text: text.slice(0, index), origin })) linted++;
    }
  }
  expect(linted).toBeGreaterThan(files.length);
});
