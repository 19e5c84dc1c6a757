import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { languageOf, lintText, presetSettings } from "@paylint/engine";
import { describe, expect, test } from "vitest";

const EXAMPLES = path.resolve(import.meta.dirname, "../../examples");
const SETTINGS = presetSettings("strict");

/** The names of the files that Paylint reads, relative to the examples. */
function exampleFiles(): string[] {
  return readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|[\\/]\.next/.test(entry.parentPath))
    .map((entry) => path.relative(EXAMPLES, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((name) => languageOf(name) !== undefined)
    .sort();
}

describe("half-typed files", () => {
  const files = exampleFiles();

  test("there are some", () => {
    expect(files.length).toBeGreaterThan(20);
  });

  test.each(files)("%s, cut at any line, is linted without an error", (fileName) => {
    const lines = readFileSync(path.join(EXAMPLES, fileName), "utf8").split("\n");
    for (let end = 0; end <= lines.length; end++) {
      const text = lines.slice(0, end).join("\n");
      const { findings } = lintText({ fileName, text }, SETTINGS);
      for (const { range } of findings) expect(range.end).toBeLessThanOrEqual(text.length);
    }
  });
});
