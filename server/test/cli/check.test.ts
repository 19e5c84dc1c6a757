import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { reporters } from "../../src/report/index.ts";
import { paylint, paylintWith } from "./run.ts";

const RULE = "timing-safe-compare";
const KEY = ["sk", "live", "GroundCoffeeGroundCoffee"].join("_");

test("keys are found in every kind of file that they leak from", async () => {
  const files = {
    ".env": `STRIPE=${KEY}`,
    ".github/workflows/deploy.yml": `env:\n  STRIPE: ${KEY}\n`,
    ".npmrc": `stripe=${KEY}`,
    Dockerfile: `ENV STRIPE=${KEY}`,
    "README.md": `\`${KEY}\``,
    "a.svelte": `<script>const a = "${KEY}";</script>`,
    "a.vue": `<script setup lang="ts">const a: string = "${KEY}";</script>`,
    "app.properties": `stripe: ${KEY}`,
    "compose.yaml": `services: { a: { environment: ["STRIPE=${KEY}"] } }`,
    "infra/main.tf": `stripe = "${KEY}"`,
    "notes.ipynb": JSON.stringify({ cells: [{ source: [`stripe = "${KEY}"`] }] }),
    "pay.sh": `export STRIPE=${KEY}`,
    "pyproject.toml": `stripe = "${KEY}"`,
    "settings.json": JSON.stringify({ stripe: KEY }),
  };
  const { stdout } = await paylint(makeTree(files), "check", "--format", "json");
  const { files: reports } = JSON.parse(stdout) as {
    files: { path: string; findings: { ruleId: string }[] }[];
  };
  expect(
    Object.fromEntries(reports.map(({ path, findings }) => [path, findings.map(({ ruleId }) => ruleId)])),
  ).toEqual(Object.fromEntries(Object.keys(files).map((name) => [name, ["no-hardcoded-secrets"]])));
  expect(stdout).not.toContain(KEY);
});

test("broken files are named with their lines, and read as far as they go", async () => {
  const root = makeTree({ "a.yaml": `a: ${KEY}\nb: [\nc: 1\n`, "b.toml": `a = "${KEY}"\n= 2\n` });
  const { stdout } = await paylint(root, "check", "--rule", `${RULE}:off`);
  expect(stdout).toMatch(/a\.yaml\n.*Live secret key.*\n +3:1 .*This YAML is broken here/);
  expect(stdout).toMatch(/b\.toml\n.*Live secret key.*\n +2:1 .*This TOML is broken here/);
});

describe("exit codes", () => {
  test("0 when nothing is found", async () => {
    const { code, stdout, stderr } = await paylint(makeTree({ "a.ts": SAFE }), "check");
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "No findings in 1 file\n", stderr: "" });
  });

  test("1 for any finding, a warning too", async () => {
    const root = makeTree({ "a.ts": UNSAFE });
    expect((await paylint(root, "check")).code).toBe(1);
    const { code, stdout } = await paylint(root, "check", "--rule", `${RULE}:warning`);
    expect(code).toBe(1);
    expect(stdout).toContain("0 errors and 1 warning in 1 file");
  });

  test("0 for no more warnings than --max-warnings, and no errors", async () => {
    const root = makeTree({ "a.ts": UNSAFE, "b.ts": UNSAFE });
    const warned = (most: string, ...args: string[]) =>
      paylint(root, "check", "--max-warnings", most, ...args);
    const codes = await Promise.all(
      ["2", "1", "0"].map((most) => warned(most, "--rule", `${RULE}:warning`).then(({ code }) => code)),
    );
    expect(codes).toEqual([0, 1, 1]);
    expect((await warned("9")).code).toBe(1);
    expect(await warned("few")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/whole number/) as string,
    });
  });

  test("0 for warnings that --quiet leaves out", async () => {
    const root = makeTree({ "a.ts": UNSAFE });
    const { code, stdout } = await paylint(root, "check", "--quiet", "--rule", `${RULE}: warning`);
    expect(code).toBe(0);
    expect(stdout).not.toContain(RULE);
  });

  test.each([
    ["an unknown path", ["check", "a.ts", "nowhere"], 'There is no file or folder "nowhere"'],
    ["a pattern that matches nothing", ["check", "*.tsx"], 'No file that Paylint reads matches "*.tsx"'],
    ["an unknown option", ["check", "--fix-all"], "unknown option '--fix-all'"],
    ["an unknown format", ["check", "--format", "xml"], "Allowed choices are stylish, json, jsonl, sarif"],
    ["an unknown preset", ["check", "--preset", "all"], "Allowed choices are recommended, strict"],
    ["an unknown rule", ["check", "--rule", "no-such:error"], 'There is no rule "no-such"'],
    ["an unknown severity", ["check", "--rule", `${RULE}:warn`], '"warn" is no severity'],
    ["a number of threads that is none", ["check", "--threads", "0"], "whole number from 1"],
    ["an unknown command", ["chekc"], "unknown command 'chekc'"],
    [
      "a report that cannot be written",
      ["check", "--output", "no/such/folder"],
      "could not be written to no/such/folder",
    ],
    [
      "only a file of a kind that is not read",
      ["check", "notes.txt"],
      "Nothing was checked: every file was skipped",
    ],
  ])("2 for %s", async (_, args, message) => {
    const { code, stderr } = await paylint(makeTree({ "a.ts": SAFE, "notes.txt": "" }), ...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test("2 when there is nothing to check", async () => {
    const { code, stderr } = await paylint(makeTree({ "notes.txt": "" }), "check");
    expect(stderr).toContain("there is no file of a kind that Paylint reads");
    expect(code).toBe(2);
  });

  test("2 for broken settings, naming file and field", async () => {
    const root = makeTree({ "a.ts": SAFE, "paylint.json": '{\n  "rules": { "no-such": "error" }\n}' });
    const { code, stderr } = await paylint(root, "check");
    expect(stderr).toContain(`${path.join(root, "paylint.json")}:2:14: There is no rule "no-such"`);
    expect(code).toBe(2);
  });

  test("0 for help and version", async () => {
    const root = makeTree({});
    const [help, version] = await Promise.all([paylint(root, "check", "--help"), paylint(root, "--version")]);
    expect([help.code, version.code]).toEqual([0, 0]);
    expect(help.stdout).toContain("Exit codes: 0 no findings, 1 findings, 2 the check could not run.");
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("rules that are set otherwise for some files", () => {
  const OVERRIDES = {
    rules: { [RULE]: "error" },
    overrides: [
      { files: ["scripts/", "*.job.ts"], rules: { [RULE]: "warning" } },
      { files: ["scripts/old/**"], rules: { [RULE]: "off" } },
    ],
  };
  const names = ["a.ts", "lib/a.job.ts", "scripts/b.ts", "scripts/old/c.ts"];
  const tree = (settings: object) =>
    makeTree({
      ...Object.fromEntries(names.map((name) => [name, UNSAFE])),
      "paylint.json": JSON.stringify(settings),
    });

  async function severities(root: string, ...args: readonly string[]): Promise<string[]> {
    const { stdout } = await paylint(root, "check", "--format", "json", ...args);
    const { files } = JSON.parse(stdout) as { files: { path: string; findings: { severity: string }[] }[] };
    return files.flatMap(({ path: file, findings }) => findings.map(({ severity }) => `${file} ${severity}`));
  }

  test("the last that fits a file counts", async () => {
    const expected = ["a.ts error", "lib/a.job.ts warning", "scripts/b.ts warning"];
    expect(await severities(tree(OVERRIDES))).toEqual(expected);
    expect(await severities(tree(OVERRIDES), "--threads", "2")).toEqual(expected);
  });

  test("--rule counts for every file", async () => {
    const root = tree(OVERRIDES);
    expect(await severities(root, "--rule", `${RULE}:warning`)).toEqual(
      names.map((name) => `${name} warning`),
    );
    expect(await severities(root, "--rule", `${RULE}:off`)).toEqual([]);
  });

  test("SARIF names a rule that is on for some files alone", async () => {
    const root = tree({
      rules: { [RULE]: "off" },
      overrides: [{ files: ["scripts/"], rules: { [RULE]: "error" } }],
    });
    const { stdout } = await paylint(root, "check", "--format", "sarif");
    const [run] = (
      JSON.parse(stdout) as {
        runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number }[] }[];
      }
    ).runs;
    expect(run!.results.map(({ ruleIndex }) => run!.tool.driver.rules[ruleIndex]!.id)).toEqual([RULE, RULE]);
  });
});

describe("the text report", () => {
  test("tells findings by file, with place, severity, message, steps and rule", async () => {
    const { stdout } = await paylint(makeTree({ "src/a.ts": UNSAFE, "src/b.ts": SAFE }), "check");
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("src/a.ts");
    expect(lines[1]).toMatch(new RegExp(`^  4:10  error  .*\\.  ${RULE}$`));
    expect(lines[2]).toMatch(/^ {4}3:20 {2}\w/);
    expect(lines.slice(3)).toEqual(["", "1 error and 0 warnings in 2 files", ""]);
  });

  test("has colours when asked for, and none in a pipe", async () => {
    const root = makeTree({ "a.ts": UNSAFE });
    const [plain, coloured] = await Promise.all([paylint(root, "check"), paylint(root, "check", "--color")]);
    expect(plain.stdout).not.toContain("\u001B");
    expect(coloured.stdout).toContain("\u001B[31merror");
  });

  test("has none in a pipe of a CI job either", async () => {
    const root = makeTree({ "a.ts": UNSAFE });
    const { stdout } = await paylintWith({ CI: "true" }, root, "check");
    expect(stdout).not.toContain("\u001B");
  });

  test("goes to a file with --output, without colours", async () => {
    const root = makeTree({ "a.ts": UNSAFE });
    const { code, stdout } = await paylint(root, "check", "--color", "--output", "report.txt");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(readFileSync(path.join(root, "report.txt"), "utf8")).toMatch(/^a\.ts\n {2}4:10 {2}error/);
  });
});

describe("settings", () => {
  test("rules, and files left out, by paylint.json of a folder above", async () => {
    const root = makeTree({
      "paylint.json": `{ "rules": { "${RULE}": "warning" }, "ignores": ["old/"] }`,
      "app/a.ts": UNSAFE,
      "app/old/b.ts": UNSAFE,
    });
    const { stdout } = await paylint(path.join(root, "app"), "check");
    expect(stdout).toContain("a.ts\n  4:10  warning");
    expect(stdout).toContain("Skipped 1 folder ignored by paylint.json");
  });
});

describe("comments that suppress", () => {
  const suppressed = (comment: string): string => UNSAFE.replace("  return", `  ${comment}\n  return`);

  test("with a reason, and ESLint's own", async () => {
    const root = makeTree({
      "a.ts": suppressed(`// paylint-disable-next-line ${RULE} -- a test double`),
      "b.ts": suppressed(`// eslint-disable-next-line paylint/${RULE}`),
    });
    const { code, stdout } = await paylint(root, "check");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "No findings in 2 files (2 suppressed)\n" });
  });

  test("without a reason count for nothing and are told", async () => {
    const root = makeTree({ "a.ts": suppressed(`// paylint-disable-next-line ${RULE}`) });
    const { code, stdout } = await paylint(root, "check");
    expect(stdout).toContain("4:3  problem  This comment gives no reason");
    expect(stdout).toContain("5:10  error");
    expect(code).toBe(1);
  });
});

test("threads find the same, in the same order, as one thread", async () => {
  const files = Array.from(
    { length: 130 },
    (_, at) => [`src/${(at * 7919) % 130}.ts`, at % 3 ? UNSAFE : SAFE] as const,
  );
  const root = makeTree(Object.fromEntries(files));
  const run = (threads: string) => paylint(root, "check", "--format", "json", "--threads", threads);
  const [one, three] = await Promise.all([run("1"), run("3")]);
  expect(three.stdout).toBe(one.stdout);
  const paths = (JSON.parse(one.stdout) as { files: { path: string }[] }).files.map((file) => file.path);
  expect(paths).toEqual([...paths].sort());
  expect(paths.length).toBeGreaterThan(80);
});

test("a secret's value is in no report", async () => {
  const key = ["sk", "live", "Zx81QwPlm93Nbv74TyRk"].join("_");
  const root = makeTree({ "pay.ts": `const stripeKey = "${KEY}";\n`, ".env": `STRIPE_SECRET_KEY=${KEY}\n` });
  const reports = await Promise.all(
    Object.keys(reporters).map((format) => paylint(root, "check", "--verbose", "--format", format)),
  );
  for (const { code, stdout, stderr } of reports) {
    expect(code).toBe(1);
    expect(stdout).toContain("no-hardcoded-secrets");
    expect(stdout + stderr).not.toContain(key.slice(8));
  }
});

describe("several reports", () => {
  test("each goes to its file, the one without to the terminal", async () => {
    const root = makeTree({ "a.ts": UNSAFE });
    const args = ["-f", "sarif=a.sarif", "-f", "markdown=summary.md", "-f", "json"];
    const { code, stdout } = await paylint(root, "check", ...args);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { errors: 1 } });
    expect(JSON.parse(readFileSync(path.join(root, "a.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(readFileSync(path.join(root, "summary.md"), "utf8")).toContain("1 error");
  });

  test.each([
    [
      "two to the terminal",
      ["-f", "json", "-f", "sarif"],
      /Two formats would go to the terminal.*-f sarif=FILE|-f json=FILE/,
    ],
    ["two to one file", ["-f", "json=a", "-f", "sarif=a"], /Two formats would go to a/],
    ["none for --output", ["-f", "json=a", "-o", "b"], /No format is left for --output b/],
    ["a format that is none", ["-f", "pdf=a"], /Allowed choices are stylish/],
    ["a file without a name", ["-f", "json="], /json=FILE/],
  ])("%s is refused", async (_, args, message) => {
    const { code, stderr } = await paylint(makeTree({ "a.ts": SAFE }), "check", ...args);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
  });
});
