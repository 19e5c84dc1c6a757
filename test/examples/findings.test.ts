import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LineIndex, lintText, presetSettings, rules } from "@paylint/engine";
import { describe, expect, it } from "vitest";

/** The mistakes that the shop was built from. Of the other rules it shows what it happens to hold. */
const THE_SIX = [
  "no-hardcoded-secrets",
  "verify-before-parse",
  "timing-safe-compare",
  "no-float-amounts",
  "require-idempotency-key",
  "no-untrusted-recipient",
];

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

interface Place {
  readonly rule: string;
  readonly file: string;
  /** Counted from one. */
  readonly line: number;
}

/** A row of a table in the shop's README: a mistake on one line or on several. */
interface Mistake extends Place {
  readonly lastLine: number;
  readonly link: string;
  /** What stands on the first line. */
  readonly written: string;
}

/** The files of an example, by their path in it. */
function filesOf(example: string): string[] {
  return readdirSync(EXAMPLES + example, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(EXAMPLES.length + example.length + 1))
    .filter((file) => !file.startsWith("node_modules/"));
}

function read(example: string, file: string): string {
  return readFileSync(`${EXAMPLES}${example}/${file}`, "utf8");
}

function findingsOf(example: string): Place[] {
  const settings = presetSettings("recommended");
  return filesOf(example).flatMap((file) => {
    const text = read(example, file);
    const lines = new LineIndex(text);
    const { findings } = lintText({ fileName: `${example}/${file}`, text }, settings);
    return findings.map(({ ruleId, range }) => ({
      rule: ruleId,
      file,
      line: lines.positionAt(range.start).line + 1,
    }));
  });
}

const ROW =
  /^\| (?<rule>[a-z-]+) \| \[(?<file>[^\]:]+):(?<line>\d+)(?:-(?<last>\d+))?\]\((?<link>[^)]+)\) \| [^|]*\| `(?<written>[^`]+)` \| .+ \|$/gm;

function mistakesIn(section: string): Mistake[] {
  return [...section.matchAll(ROW)].map(({ groups }) => {
    const { rule = "", file = "", line = "", last = line, link = "", written = "" } = groups ?? {};
    const lines = { line: Number(line), lastLine: Number(last) };
    return { rule, file, ...lines, link, written: written.replaceAll("\\|", "|") };
  });
}

const [found = [], notFound = []] = read("shop", "README.md")
  .split("## What Paylint does not find yet")
  .map(mistakesIn);

function covers(mistake: Mistake, { rule, file, line }: Place): boolean {
  return mistake.rule === rule && mistake.file === file && mistake.line <= line && line <= mistake.lastLine;
}

describe("the shop's README", () => {
  it.each([...found, ...notFound])("names the lines of $rule in $file: $written", (mistake) => {
    const { file, line, lastLine, link, written } = mistake;
    expect(link).toBe(`${file}#L${line}${lastLine > line ? `-L${lastLine}` : ""}`);
    const lines = read("shop", file).split("\n");
    const actual = lines.flatMap((text, at) => (text.includes(written) ? [at + 1] : []));
    expect(actual, `lines of ${file} with ${written}`).toContain(line);
  });

  it.each(THE_SIX)("names at least two mistakes of %s that Paylint finds", (id) => {
    expect(found.filter(({ rule }) => rule === id).length).toBeGreaterThan(1);
  });

  it("names rules that exist", () => {
    const known = new Set(rules.map(({ id }) => id));
    expect([...found, ...notFound].filter(({ rule }) => !known.has(rule))).toEqual([]);
  });
});

describe("Paylint", () => {
  const findings = findingsOf("shop");

  it("finds in the shop what its README names", () => {
    expect(found.filter((mistake) => !findings.some((place) => covers(mistake, place)))).toEqual([]);
  });

  it("finds nothing else in the shop; what it has learned to find belongs into the README's first table", () => {
    expect(findings.filter((place) => !found.some((mistake) => covers(mistake, place)))).toEqual([]);
  });

  it("has nothing to say about the repaired shop", () => {
    expect(findingsOf("shop-repaired")).toEqual([]);
  });
});
