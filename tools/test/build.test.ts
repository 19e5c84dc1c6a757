import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "@paylint/engine";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
/** The project's own Node, and the machine's, which npm runs on. */
const nodes = [...new Set([process.execPath, process.env.npm_node_execpath ?? process.execPath])];
const labelled = nodes.map(
  (node) => [execFileSync(node, ["--version"], { encoding: "utf8" }).trim(), node] as const,
);

function run(node: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(node, args, { cwd: root, encoding: "utf8" });
}

function read(file: string): string {
  if (!existsSync(path.join(root, file))) throw new Error(`${file} is missing. Run: npm run build`);
  return readFileSync(path.join(root, file), "utf8");
}

describe.each(labelled)("what was built runs on Node %s", (_, node) => {
  test("the command line", () => {
    const { status, stdout, stderr } = run(node, "server/bin/paylint.js", "check", "examples/shop");
    expect(stderr).toBe("");
    expect(stdout).toContain("timing-safe-compare");
    expect(status).toBe(1);
  });

  test.each([
    [
      "imported",
      `import("./eslint-plugin/dist/index.js").then((m) => console.log(Object.keys(m.default.rules)))`,
    ],
    ["required", `console.log(Object.keys(require("./eslint-plugin/dist/index.js").rules))`],
  ])("the ESLint plugin, %s", (_, code) => {
    const { stdout, stderr } = run(node, "--no-warnings", "-e", code);
    expect(stderr).toBe("");
    for (const { id } of rules) expect(stdout).toContain(`'${id}'`);
  });
});

describe("what ships", () => {
  // The plugin's own tests install it and look into what was packed.
  test("the command line's package holds what it needs, and no sources or tests", () => {
    const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: path.join(root, "server"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
    const [{ files, size }] = JSON.parse(packed) as [{ files: { path: string }[]; size: number }];
    const names = files
      .map((file) => file.path)
      .filter(
        (name) => !/^(?:dist\/chunk-\w+\.js|dist\/rules\/[a-z-]+\.md|schemas\/.+\.schema\.json)$/.test(name),
      );
    expect(names.sort()).toEqual([
      ...["LICENSE", "README.md", "bin/paylint-language-server.js", "bin/paylint.js"],
      ...[
        "dist/cli.js",
        "dist/document-worker.js",
        "dist/language-server.js",
        "dist/third-party-licenses.txt",
        "dist/worker.js",
      ],
      ...["package.json", "src/protocol.ts"],
    ]);
    expect(size).toBeLessThan(2_000_000);
  });

  test("the plugin's types need nothing but ESLint's", () => {
    const imported = [...read("eslint-plugin/dist/index.d.ts").matchAll(/from "([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(imported).toEqual(["eslint"]);
  });

  test.each(["dist", "server/dist"])("%s names the licence of every bundled package", (folder) => {
    const text = read(`${folder}/third-party-licenses.txt`);
    expect(text).toContain("@babel/parser");
    expect(text).not.toContain("No licence file");
  });
});
