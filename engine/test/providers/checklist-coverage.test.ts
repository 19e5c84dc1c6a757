import { describe, expect, test } from "vitest";
import { differences, hashOf, quotations, sentencesOf } from "../../../tools/check-seeds.ts";
import { coverageTexts } from "../../../tools/generate-coverage.ts";
import { formatted, staleFiles } from "../../../tools/generate.ts";
import { seedDocuments } from "../../../tools/seed-lines.ts";
import { itemsOf } from "../../src/providers/index.ts";

describe.each([...seedDocuments])("%s", (id, { lines, other }) => {
  test("has an item for every requirement of its document", () => {
    const covered = new Set(itemsOf(id).flatMap(({ source }) => source.lines ?? []));
    expect(lines.filter(({ line }) => !covered.has(line))).toEqual([]);
  });

  test("has a requirement behind every item", () => {
    const strays = itemsOf(id).filter(({ source }) => source.document !== id || !source.lines?.length);
    expect(strays.map(({ fullId }) => fullId)).toEqual([]);
  });

  test("numbers the requirements in reading order", () => {
    expect(lines.map(({ line }) => line)).toEqual(lines.map((_, at) => at + 1));
  });

  test("knows each sentence once, by its hash alone", () => {
    const hashes = [...lines, ...other].flatMap(({ sha256 }) => sha256);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([]);
  });
});

test("the coverage table is up to date", async () => {
  expect(staleFiles(await formatted(coverageTexts()))).toEqual([]);
});

describe("the comparison with a document", () => {
  test.each([
    [
      "bullets",
      "* Keys are safe.\n• Keys are new.\n- Keys are few.",
      "keys are safe|keys are new|keys are few",
    ],
    ["numbered steps and headings", "## Steps\n1. Pay\n10. Refund", "steps|pay|refund"],
    [
      "several sentences on a line",
      "Keep it. Never log it! Why? `x` leaks.",
      "keep it|never log it|why|x leaks",
    ],
    [
      "bullets that were joined",
      "Verify it. - Reject old ones (window). - Reply.",
      "verify it|reject old ones window|reply",
    ],
    ["hints and emphasis", '{% hint style="x" %}\n**Note:** do *not* pay.\n{% endhint %}', "note do not pay"],
    ["abbreviations that end no sentence", "Use a key, e.g. a UUID.", "use a key e g a uuid"],
  ])("splits %s", (_, text, sentences) => {
    expect(sentencesOf(text).join("|")).toBe(sentences);
  });

  const document = {
    title: "T",
    lines: [{ line: 1, topic: "Keys", sha256: [hashOf("keep keys")] }],
    other: [{ why: "heading", sha256: [hashOf("title")] }],
  };

  test("finds nothing where both agree", () => {
    expect(differences(["title", "keep keys"], document)).toEqual([]);
  });

  test("names a sentence that the index lacks, and a line that the document lacks", () => {
    const found = differences(["title", "drop keys"], document);
    expect(found).toHaveLength(2);
    expect(found[0]).toContain("drop keys");
    expect(found[1]).toContain("line 1 (Keys)");
  });

  test("tells a quotation of eight words from a likeness of seven", () => {
    const theirs = "Never ever put a live secret key into a public file.";
    expect(quotations("Do not put a live secret key into a safe.", theirs)).toEqual([]);
    expect(quotations("Never put a live secret key into a public place", theirs)).toEqual([
      "put a live secret key into a public",
    ]);
  });
});
