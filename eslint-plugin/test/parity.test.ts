import path from "node:path";
import { rules } from "@paylint/engine";
import { beforeAll, expect, test } from "vitest";
import { engine, parsers, type Said } from "./hosts.ts";
import { oxlint } from "./oxlint.ts";
import { documentedSamples, exampleFiles, testedSamples, withoutTypes } from "./samples.ts";
import { syntaxSamples } from "./syntax.ts";

/*
 * The editor, the command line, ESLint with each of its parsers and oxlint have to say the same of the same file.
 * All that differs is listed, so that a failure reads as a table.
 */

const written = [...exampleFiles(), ...documentedSamples(), ...testedSamples(), ...syntaxSamples];
const samples = [...written, ...written.flatMap((sample) => withoutTypes(sample) ?? [])];
let expected: readonly Said[];

beforeAll(() => {
  expected = samples.map((sample) => engine.lint(sample)!);
}, 60_000);

/** One line for each finding or observation that only one side has; samples the host does not read are left out. */
function differences(what: keyof Said, said: readonly (Partial<Said> | undefined)[]): string[] {
  return samples.flatMap(({ origin }, index) => {
    const [own, other] = [expected[index]![what], said[index]?.[what]];
    if (!other) return [];
    return [
      ...own.filter((line) => !other.includes(line)).map((line) => `${origin}  only the engine: ${line}`),
      ...other.filter((line) => !own.includes(line)).map((line) => `${origin}  not the engine: ${line}`),
    ];
  });
}

/** Samples with findings that the host reads: what makes the comparison worth something. */
function compared(said: readonly unknown[]): number {
  return samples.filter((_, index) => said[index] && expected[index]!.findings.length > 0).length;
}

test("no syntax hides the mistake from the engine", () => {
  const silent = syntaxSamples.filter((sample) => engine.lint(sample)!.findings.length === 0);
  expect(silent.map(({ origin }) => origin)).toEqual(["a.js with shadowed names"]);
});

test.each(parsers)("$name says what the engine says", { timeout: 60_000 }, (host) => {
  const said = samples.map((sample) => host.lint(sample));
  expect(compared(said)).toBeGreaterThan(0);
  expect([...differences("findings", said), ...differences("observations", said)]).toEqual([]);
});

test("oxlint says what the engine says", { timeout: 60_000 }, async () => {
  const said = await oxlint(path.resolve(import.meta.dirname, "../src/index.ts"), samples);
  expect(compared(said)).toBeGreaterThan(0);
  const findings = said.map((lines) => lines && { findings: lines });
  expect(differences("findings", findings)).toEqual([]);
  const found = new Set(said.flatMap((lines) => lines?.map((line) => line.split(" ", 2)[1]) ?? []));
  const code = rules.filter(({ meta }) => meta.languages.includes("javascript"));
  expect(code.filter(({ id }) => !found.has(`${id}:`))).toEqual([]);
});
