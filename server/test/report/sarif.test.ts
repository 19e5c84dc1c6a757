import { readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import type { Log, Run } from "sarif";
import { beforeAll, describe, expect, test } from "vitest";
import { sarifReport } from "../../src/report/sarif.ts";
import { makeTree, UNSAFE } from "../tree.ts";
import { paylint } from "../cli/run.ts";

const RULE = "timing-safe-compare";
const schemaFile = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@microsoft/jest-sarif/package.json")),
  "lib/schemas/sarif-2.1.0-rtm.5.json",
);
const FORMATS = {
  uri: /^[a-z][a-z\d+.-]*:[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/i,
  "uri-reference": /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/,
  "date-time": true,
} as const;

const validate = compileSchema();

function compileSchema(): ValidateFunction {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, formats: FORMATS });
  // Ajv knows no draft 4; what the schema uses of it reads the same in draft 7.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8")) as Record<string, unknown>;
  expect([$schema, id]).toEqual([expect.stringContaining("draft-04"), expect.any(String)]);
  return ajv.compile(schema);
}

function errorsIn(log: unknown): string[] {
  return validate(log)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

async function runOf(root: string, ...args: readonly string[]): Promise<Run> {
  const { stdout } = await paylint(root, "check", "--format", "sarif", ...args);
  const log = JSON.parse(stdout) as Log;
  expect(errorsIn(log)).toEqual([]);
  return log.runs[0]!;
}

test("the check of the schema finds what is wrong", () => {
  expect(errorsIn({ version: "2.1.0", runs: [{}] })).not.toEqual([]);
});

describe("a log of findings, suppressions, problems and files left out", () => {
  const suppressed = UNSAFE.replace("  return", "  // paylint-disable-next-line -- a test double\n  return");
  const name = "app/[id]/caf\u00E9 \u{1F4B3}.ts";
  let run: Run;
  let root: string;

  beforeAll(async () => {
    let cleanUp = (): void => {};
    root = makeTree(
      {
        [name]: `const s = "\u{1F4B3}";\n${UNSAFE.replace("return", 'return "\u{1F4B3}" &&')}`,
        "b.ts": suppressed,
        "broken.ts": `${UNSAFE}const = ;\n`,
        ".gitignore": ".env\n",
        ".env": "",
      },
      (remove) => (cleanUp = remove),
    );
    symlinkSync("nowhere.ts", path.join(root, "dangling.ts"));
    run = await runOf(root);
    return cleanUp;
  });

  test("names places relative to the root, encoded, in UTF-16 columns", () => {
    const result = run.results!.find(
      (each) => each.locations![0]!.physicalLocation!.artifactLocation!.uri !== "b.ts",
    )!;
    const { artifactLocation, region } = result.locations![0]!.physicalLocation!;
    expect(run.originalUriBaseIds).toEqual({ "%SRCROOT%": { uri: `${pathToFileURL(root).href}/` } });
    expect(artifactLocation).toEqual({
      uri: "app/%5Bid%5D/caf%C3%A9%20%F0%9F%92%B3.ts",
      uriBaseId: "%SRCROOT%",
    });
    expect(decodeURIComponent(artifactLocation!.uri!)).toBe(name);
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(region).toEqual({ startLine: 5, startColumn: 18, endLine: 5, endColumn: 40 });
  });

  test("describes each rule that was on, and refers to it", () => {
    const { rules } = run.tool.driver;
    const rule = rules!.find(({ id }) => id === RULE)!;
    expect(rule).toMatchObject({
      defaultConfiguration: { level: "error" },
      helpUri: expect.stringMatching(/^https:/),
    });
    expect(rule.help!.markdown).toContain(rule.helpUri);
    expect(rule.properties).toMatchObject({
      tags: expect.arrayContaining(["security", "external/cwe/cwe-208"]),
    });
    expect(Number((rule.properties as Record<string, unknown>)["security-severity"])).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex } of run.results!) expect(rules![ruleIndex!]!.id).toBe(ruleId);
  });

  test("shows the steps that lead to a finding", () => {
    const [related] = run.results![0]!.relatedLocations!;
    expect(related).toMatchObject({ id: 0, message: { text: expect.any(String) } });
    expect(related!.physicalLocation!.region!.startLine).toBe(4);
  });

  test("marks what a comment suppresses, and says of all others that nothing does", () => {
    const told = run.results!.map(({ locations, suppressions }) => [
      locations![0]!.physicalLocation!.artifactLocation!.uri,
      suppressions,
    ]);
    expect(told).toEqual([
      ["app/%5Bid%5D/caf%C3%A9%20%F0%9F%92%B3.ts", []],
      ["broken.ts", []],
      ["b.ts", [{ kind: "inSource", justification: "a test double" }]],
    ]);
  });

  test("tells what was not read, and why", () => {
    const told = run.invocations![0]!.toolExecutionNotifications!.map(
      ({ descriptor, level, message, locations }) => [
        descriptor!.id,
        level,
        message.text,
        locations![0]!.physicalLocation!.artifactLocation!.uri,
      ],
    );
    expect(told).toEqual([
      ["not-linted", "error", expect.stringMatching(/^dangling\.ts could not be read: /), "dangling.ts"],
      ["problem", "warning", expect.any(String), "broken.ts"],
      ["skipped", "note", ".env is ignored by git", ".env"],
    ]);
  });
});

test("a finding keeps its fingerprint while lines above it move, and equal lines have their own", async () => {
  const twice = `${UNSAFE}${UNSAFE.split("\n").slice(1).join("\n").replace("isGenuine", "isReal")}`;
  const prints = async (text: string) =>
    (await runOf(makeTree({ "a.ts": text }))).results!.map(
      ({ partialFingerprints }) => partialFingerprints!["paylint/v2"],
    );
  const before = await prints(twice);
  expect(new Set(before).size).toBe(2);
  expect(await prints(`// moved\n\n${twice}`)).toEqual(before);
});

test("files outside of the current folder have whole URIs", async () => {
  const root = makeTree({ "here/x.ts": "", "there/a.ts": UNSAFE });
  const run = await runOf(path.join(root, "here"), "../there");
  expect(run.results![0]!.locations![0]!.physicalLocation!.artifactLocation).toEqual({
    uri: pathToFileURL(path.join(root, "there/a.ts")).href,
  });
});

test("a finding tells the way that leads to it, and how it is repaired", async () => {
  const [result] = (await runOf(makeTree({ "a.ts": UNSAFE }))).results!;
  const steps = result!.codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => location!);
  expect(steps.length).toBe(result!.relatedLocations!.length + 1);
  expect(steps.at(-1)!.physicalLocation).toEqual(result!.locations![0]!.physicalLocation);
  const [fix] = result!.fixes!;
  expect(fix!.description!.text).toBe("Compare in constant time");
  const edits = fix!.artifactChanges[0]!.replacements.map(({ deletedRegion, insertedContent }) => ({
    at: offsetOf(UNSAFE, deletedRegion.startLine!, deletedRegion.startColumn!),
    end: offsetOf(UNSAFE, deletedRegion.endLine!, deletedRegion.endColumn!),
    text: insertedContent!.text!,
  }));
  const repaired = edits
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, end, text: put }) => text.slice(0, at) + put + text.slice(end), UNSAFE);
  expect((await runOf(makeTree({ "a.ts": repaired }))).results).toEqual([]);
});

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

test("of more results than GitHub takes, errors are kept, and it is said how many are left out", () => {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const finding = { ...place, ruleId: RULE, message: "m", related: [], fingerprint: "f" };
  const findings = Array.from({ length: 25_010 }, (_, at) => ({
    ...finding,
    severity: at >= 25_000 ? ("error" as const) : ("warning" as const),
  }));
  const file = { path: "/p/a.ts", findings, suppressed: [], problems: [], links: [], importersOf: [] };
  const result = { root: "/p", files: [file], skipped: [], failures: [] };
  const text = sarifReport({
    result,
    rules: [],
    version: "1",
    now: new Date(0),
    verbose: false,
    colour: false,
  });
  const [run] = (JSON.parse(text) as Log).runs;
  expect(run!.results).toHaveLength(25_000);
  expect(run!.results!.filter(({ level }) => level === "error")).toHaveLength(10);
  const [told] = run!.invocations![0]!.toolExecutionNotifications!;
  expect(told).toMatchObject({
    descriptor: { id: "limit" },
    message: { text: expect.stringMatching(/^10 results/) as string },
  });
});

test("rules are told within GitHub's limits", async () => {
  const { tool } = await runOf(makeTree({ "a.ts": UNSAFE }), "--preset", "strict");
  for (const { shortDescription, fullDescription, properties } of tool.driver.rules!) {
    expect(shortDescription!.text.length).toBeLessThanOrEqual(1024);
    expect(fullDescription!.text.length).toBeLessThanOrEqual(1024);
    expect(properties!.tags!.length).toBeLessThanOrEqual(20);
  }
});
