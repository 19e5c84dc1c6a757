import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/*
 * setup.mjs in a project of its own, whose npm, Node and build are stand-ins that say what they were asked for.
 */

const SETUP = path.resolve(import.meta.dirname, "../setup.mjs");
const PACKAGES = {
  "": { version: "1.0.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a-for-another-platform": { version: "1.0.0", optional: true },
};
const INSTALLED = { "node_modules/a": { version: "1.0.0" } };
const SOURCES = ["engine/src", "linking/src", "eslint-plugin/src", "server/src", "client/src", "providers"];
const OUTPUTS = ["eslint-plugin/dist/index.js", "server/dist/cli.js", "dist/extension.cjs"];
const BUILT = "node_modules/.cache/paylint/built";

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "paylint-setup-"));
  mkdirSync(path.join(project, "tools"));
  cpSync(SETUP, path.join(project, "tools/setup.mjs"));
  write("tools/build.ts", `console.log("building");`);
  write("tools/say.ts", `console.log("arguments: " + process.argv.slice(2)); process.exitCode = 3;`);
  write("package-lock.json", JSON.stringify({ packages: PACKAGES }));
  for (const folder of SOURCES) mkdirSync(path.join(project, folder), { recursive: true });
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, text: string, mode?: number): void {
  mkdirSync(path.join(project, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(project, file), text, { mode });
}

function install(packages: object = INSTALLED): void {
  write("node_modules/.package-lock.json", JSON.stringify({ packages }));
  mkdirSync(path.join(project, "node_modules/node/bin"), { recursive: true });
  symlinkSync(process.execPath, path.join(project, "node_modules/node/bin/node"));
}

function build(): void {
  for (const file of [...OUTPUTS, BUILT]) write(file, "");
  const later = new Date(Date.now() + 60_000);
  utimesSync(path.join(project, BUILT), later, later);
}

/** Runs setup.mjs with an npm that installs nothing and says how it was called. */
function setup(...args: string[]): { output: string; status: number | null } {
  write("bin/npm", `#!/bin/sh\necho "npm $1"\n`, 0o755);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(project, "tools/setup.mjs"), ...args],
    {
      encoding: "utf8",
      env: { ...process.env, PATH: `${path.join(project, "bin")}${path.delimiter}${process.env.PATH}` },
    },
  );
  return { output: stdout + stderr, status };
}

describe("packages", () => {
  test("are installed when they are missing, and a Node that npm did not bring is named with its remedy", () => {
    const { output, status } = setup();
    expect(output).toContain("packages are missing");
    expect(output).toContain("npm ci\n");
    expect(output).toContain("npm rebuild node esbuild --ignore-scripts=false");
    expect(status).toBe(1);
  });

  test("are installed when the lock file asks for another version", () => {
    install({ "node_modules/a": { version: "0.9.0" } });
    build();
    expect(setup()).toMatchObject({ output: expect.stringContaining("npm ci\n") as string, status: 0 });
  });

  test("are left alone when they are those of the lock file", () => {
    install();
    build();
    expect(setup()).toEqual({ output: "", status: 0 });
  });
});

describe("the build", () => {
  beforeEach(() => install());

  test("runs when nothing was built", () => {
    expect(setup().output).toContain("building\n");
  });

  test.each(OUTPUTS)("runs when %s is missing", (file) => {
    build();
    rmSync(path.join(project, file));
    expect(setup().output).toContain("building\n");
  });

  test.each(SOURCES)("runs when a file in %s is newer", (folder) => {
    build();
    write(`${folder}/deep/a.ts`, "");
    const latest = new Date(Date.now() + 120_000);
    utimesSync(path.join(project, folder, "deep/a.ts"), latest, latest);
    expect(setup().output).toContain("building\n");
  });
});

test("the script in the arguments runs last, and its exit code is passed on", () => {
  install();
  build();
  expect(setup("tools/say.ts", "a", "b")).toEqual({ output: "arguments: a,b\n", status: 3 });
});
