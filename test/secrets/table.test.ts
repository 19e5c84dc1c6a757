import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { lintText, presetSettings } from "@paylint/engine";
import { format, resolveConfig } from "prettier";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sample, samples } from "./samples.ts";

// `npx vitest run test/secrets --update` writes the page anew.
const PAGE = path.resolve(import.meta.dirname, "../../docs/secrets.md");
const SECRETLINT = path.resolve(import.meta.dirname, "../../node_modules/secretlint/bin/secretlint.js");
const PRESET = "@secretlint/secretlint-rule-preset-recommend";

interface Seen extends Sample {
  readonly paylint: string;
  readonly secretlint: string;
}

const folder = mkdtempSync(path.join(tmpdir(), "paylint-table-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let seen: readonly Seen[];
beforeAll(async () => {
  const lines = samples();
  const theirs = await secretlintOn(lines.map(({ line }) => line));
  seen = lines.map((sample, at) => ({ ...sample, paylint: paylintOn(sample.line), secretlint: theirs[at]! }));
});

test("Paylint reports the secrets and nothing else", () => {
  const wrong = seen.filter(({ isSecret, paylint }) => isSecret !== (paylint !== SILENT));
  expect(wrong.map(({ provider, what }) => `${provider}: ${what}`)).toEqual([]);
});

test("the page says what both see", async () => {
  const text = await format(page(), { ...(await resolveConfig(PAGE)), filepath: PAGE });
  for (const { line } of seen) expect(text).not.toContain(line.slice(line.indexOf("=") + 1));
  await expect(text).toMatchFileSnapshot(PAGE);
});

const SILENT = "–";

function paylintOn(line: string): string {
  const { findings } = lintText({ fileName: ".env", text: `${line}\n` }, presetSettings("recommended"));
  return findings.map(({ severity, data }) => `${severity}: ${data!.name!}`).join(", ") || SILENT;
}

/** Which of its rules secretlint reports for each line, each in a file of its own. */
async function secretlintOn(lines: readonly string[]): Promise<string[]> {
  for (const [at, line] of lines.entries()) {
    mkdirSync(path.join(folder, String(at)));
    writeFileSync(path.join(folder, String(at), "shop.env"), `${line}\n`);
  }
  const settings = path.join(folder, "secretlintrc.json");
  writeFileSync(settings, JSON.stringify({ rules: [{ id: PRESET }] }));
  const output = await new Promise<string>((resolve) => {
    const args = [SECRETLINT, "*/shop.env", "--secretlintrc", settings, "--no-gitignore", "--format", "json"];
    execFile(process.execPath, args, { cwd: folder }, (_, stdout) => resolve(stdout));
  });
  const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string }[] }[];
  const told = new Map(
    results.map(({ filePath, messages }) => [path.basename(path.dirname(filePath)), messages.map(nameOf)]),
  );
  return lines.map((_, at) => told.get(String(at))?.join(", ") || SILENT);
}

function nameOf({ ruleId }: { ruleId: string }): string {
  return ruleId.replace(/^.*secretlint-rule-/, "");
}

function page(): string {
  const rows = seen.map(({ provider, what, shape, paylint, secretlint }) =>
    [provider, what, shape, paylint, secretlint].join(" | "),
  );
  const right = (told: (sample: Seen) => string, wanted: boolean) => {
    const all = seen.filter(({ isSecret }) => isSecret === wanted);
    return `${all.filter((sample) => wanted === (told(sample) !== SILENT)).length} of ${all.length}`;
  };
  const score = (name: string, told: (sample: Seen) => string) =>
    `| ${name} | ${right(told, true)} | ${right(told, false)} |`;
  return `<!-- Written by test/secrets/table.test.ts: npx vitest run test/secrets --update. Do not edit. -->

# Which secrets Paylint sees

Each row is one line of a \`.env\` file: a name with the provider's prefix, and a value that the test makes by the shape in the provider's file. Beside Paylint with its recommended preset stands secretlint with its own. Where a provider documents no shape, only the name can tell; a dash means that nothing is reported.

| | Secrets reported | Others left alone |
| --- | ---: | ---: |
${score("Paylint", ({ paylint }) => paylint)}
${score("secretlint, recommended preset", ({ secretlint }) => secretlint)}

| Provider | What | Shape | Paylint | secretlint |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}
