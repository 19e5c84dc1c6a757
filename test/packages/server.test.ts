import path from "node:path";
import { rules } from "@paylint/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesIn, FreshProject, nodes, PAY, publishingProblems } from "./project.ts";
import { COMPILATIONS, typeErrors } from "./types.ts";

/*
 * The packed command line, installed by npm into a project of its own.
 */

const CLIENT = `
import type { DocumentStatus } from "paylint/protocol";
export function uriOf(status: DocumentStatus): string {
  return status.uri;
}
// @ts-expect-error: a status has no such part
export type None = DocumentStatus["none"];
`;

let project: FreshProject;
let installed: string;

beforeAll(() => {
  project = new FreshProject({ "src/pay.mjs": PAY, "client.ts": CLIENT, "client.mts": CLIENT });
  installed = project.install("server");
}, 60_000);
afterAll(() => project.remove());

test("holds the programs, the schemas, the licences and a page for each rule", () => {
  // What the programs share is named by its content.
  const files = filesIn(installed).map((file) => file.replace(/chunk-[A-Z0-9]{8}\.js$/, "chunk.js"));
  expect([...new Set(files)].sort()).toEqual(
    [
      "LICENSE",
      "README.md",
      "bin/paylint-language-server.js",
      "bin/paylint.js",
      ...["chunk", "cli", "document-worker", "language-server", "worker"].map((name) => `dist/${name}.js`),
      ...rules.map(({ id }) => `dist/rules/${id}.md`),
      "dist/third-party-licenses.txt",
      "package.json",
      ...["baseline", "custom-provider", "go-live", "paylint"].map((name) => `schemas/${name}.schema.json`),
      "src/protocol.ts",
    ].sort(),
  );
});

test("depends on nothing, and can be published", () => {
  expect(publishingProblems(installed)).toEqual([]);
});

test.each(COMPILATIONS)(
  "has types of its messages for $resolution resolution in TypeScript $version",
  (compilation) => {
    const file = path.join(project.folder, `client.${compilation.ending}`);
    expect(typeErrors(compilation, file)).toEqual([]);
  },
);

describe.each(nodes)("on Node $version", ({ node }) => {
  const run = (program: string, ...args: string[]) =>
    project.run(node, [path.join(installed, "bin", program), ...args]);

  test("checks the project", () => {
    const { stdout, stderr, status } = run("paylint.js", "check", "--format", "json");
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    const { files } = JSON.parse(stdout) as { files: { path: string; findings: object[] }[] };
    expect(files).toMatchObject([
      { path: "src/pay.mjs", findings: [{ ruleId: "timing-safe-compare", line: 4 }] },
    ]);
  });

  test("serves an editor", () => {
    const body = JSON.stringify({ jsonrpc: "2.0", method: "exit" });
    const program = path.join(installed, "bin/paylint-language-server.js");
    const input = `Content-Length: ${body.length}\r\n\r\n${body}`;
    // Told to end before it was told to shut down, a server ends with 1.
    expect(project.run(node, [program, "--stdio"], input)).toMatchObject({ stderr: "", status: 1 });
  });
});

test("is run by npx", () => {
  const { stdout } = project.run("npx", ["--no-install", "paylint", "check", "src"]);
  expect(stdout).toContain("timing-safe-compare");
});
