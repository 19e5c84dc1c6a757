import { symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { paylint } from "./run.ts";

interface Report {
  readonly summary: { readonly files: number; readonly errors: number };
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly { readonly line: number; readonly column: number; readonly ruleId: string }[];
    readonly problems: readonly { readonly line: number; readonly message: string }[];
  }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly failures: readonly { readonly path: string; readonly detail: string }[];
}

async function reportOn(root: string, ...args: readonly string[]): Promise<{ code: number; report: Report }> {
  const { code, stdout } = await paylint(root, "check", "--format", "json", ...args);
  return { code, report: JSON.parse(stdout) as Report };
}

/** Line and column of the findings of a file. */
function placesIn(report: Report, name: string): string[] {
  const file = report.files.find((each) => each.path === name);
  return (file?.findings ?? []).map(({ line, column }) => `${line}:${column}`);
}

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
}

/** Shaped like a key of a provider, so that the file is one to look into; put together so that it is none. */
const KEY = ["sk", "live", "Zx81QwPlm93Nbv74TyRk"].join("_");

const MINIFIED = `${UNSAFE.replaceAll("\n", "")};${"a=b(c,{d:e});".repeat(400)}`;

test("whatever a file holds, it is told in a line of its own and the rest is linted", async () => {
  const root = makeTree({
    "good.ts": UNSAFE,
    "broken.ts": `${UNSAFE}\nconst = = ;\n`,
    "half-typed.ts": `${UNSAFE}\nexport function next(body) { if (body.`,
    "empty.ts": "",
    "blank.ts": "\n\n",
    "binary.ts": Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]),
    "large.ts": `${UNSAFE}${"// filler\n".repeat(110_000)}`,
    "minified.js": MINIFIED,
    "crlf.ts": UNSAFE.replaceAll("\n", "\r\n"),
    "cr.ts": UNSAFE.replaceAll("\n", "\r"),
    "bom.ts": `\uFEFF${UNSAFE}`,
    "utf16le.ts": utf16(UNSAFE, false),
    "utf16be.ts": utf16(UNSAFE, true),
    "latin1.ts": Buffer.from(`${UNSAFE}// caf\u00E9\n`, "latin1"),
    "broken.json": `{ "stripeKey": "${KEY}", "next": `,
    "deep.json": `${"[".repeat(100_000)}"${KEY}"`,
    ".env": `not a line of dotenv\nSTRIPE_SECRET_KEY=${KEY}\n`,
    "cycle-a.ts": `import "./cycle-b.ts";\n${UNSAFE}`,
    "cycle-b.ts": `import "./cycle-a.ts";\n${UNSAFE}`,
    "hashbang.cjs": `#!/usr/bin/env node\n${SAFE}`,
  });
  symlinkSync("nowhere.ts", path.join(root, "dangling.ts"));
  symlinkSync("circle.ts", path.join(root, "circle.ts"));
  symlinkSync("..", path.join(root, "up"));
  const { code, report } = await reportOn(root);

  expect(code).toBe(1);
  const found = [
    ...[
      "good.ts",
      "broken.ts",
      "half-typed.ts",
      "crlf.ts",
      "cr.ts",
      "bom.ts",
      "utf16le.ts",
      "utf16be.ts",
      "latin1.ts",
    ],
  ];
  for (const name of found) expect([name, placesIn(report, name)]).toEqual([name, ["4:10"]]);
  for (const name of ["cycle-a.ts", "cycle-b.ts"])
    expect([name, placesIn(report, name)]).toEqual([name, ["5:10"]]);

  const problems = report.files.flatMap((file) => file.problems.map(({ line }) => `${file.path}:${line}`));
  expect(placesIn(report, ".env")).toEqual(["2:19"]);
  expect(placesIn(report, "broken.json")).toEqual(["1:17"]);
  expect(problems).toEqual(
    expect.arrayContaining([
      "broken.ts:7",
      "half-typed.ts:7",
      "latin1.ts:1",
      "broken.json:1",
      "deep.json:1",
      ".env:1",
    ]),
  );
  expect(report.skipped.map(({ path: name, reason }) => `${name} ${reason}`)).toEqual([
    "binary.ts binary",
    "large.ts too-large",
    "minified.js minified",
    "up symlink",
  ]);
  expect(report.failures).toEqual([
    expect.objectContaining({
      path: "circle.ts",
      detail: "could not be read: its symbolic links lead in a circle",
    }),
    expect.objectContaining({
      path: "dangling.ts",
      detail: "could not be read: it does not exist, or is a symbolic link to nothing",
    }),
  ]);
});

test("the text report names what could not be read, and the exit code tells findings alone", async () => {
  const root = makeTree({ "good.ts": SAFE, "minified.js": MINIFIED });
  symlinkSync("nowhere.ts", path.join(root, "dangling.ts"));
  const { code, stdout } = await paylint(root, "check");
  expect(stdout.split("\n")).toEqual([
    "No findings in 1 file (1 file not linted)",
    "Skipped 1 file minified (--verbose lists them)",
    "dangling.ts could not be read: it does not exist, or is a symbolic link to nothing",
    "",
  ]);
  expect(code).toBe(0);
  expect((await paylint(root, "check", "--verbose")).stdout).toContain(
    "Skipped:\n  minified.js is minified\n",
  );
});

test("2 when nothing at all could be read", async () => {
  const root = makeTree({});
  symlinkSync("nowhere.ts", path.join(root, "dangling.ts"));
  const { code, stderr } = await paylint(root, "check", "dangling.ts");
  expect(stderr).toBe("Nothing was checked: no file could be read.\n");
  expect(code).toBe(2);
});

test("a file named on the command line is linted, however large or minified it is", async () => {
  const root = makeTree({ "large.ts": `${UNSAFE}${"// filler\n".repeat(110_000)}`, "minified.js": MINIFIED });
  const { report } = await reportOn(root, "large.ts", "minified.js");
  expect(report.skipped).toEqual([]);
  expect(report.summary).toMatchObject({ files: 2, errors: 2 });
});
