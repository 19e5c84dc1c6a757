import path from "node:path";
import { describe, expect, it } from "vitest";
import { makeTree } from "../../server/test/tree.ts";
import { Disk } from "../src/disk.ts";
import { slashed } from "../src/paths.ts";
import { Resolution } from "../src/resolve.ts";

type Files = Readonly<Record<string, string | object>>;

/** What a specifier names in a file of a project, relative to its root; files that are objects are JSON. */
function resolve(specifier: string, from: string, files: Files): string | undefined {
  const texts = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === "string" ? content : JSON.stringify(content),
  ]);
  const root = makeTree({ [from]: "", ...Object.fromEntries(texts) });
  const file = new Resolution(new Disk(root)).resolve(specifier, path.join(root, from));
  return file && slashed(path.relative(root, file));
}

type Row = readonly [what: string, specifier: string, from: string, files: Files, found: string | undefined];

function table(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, specifier, from, files, found) => {
    expect(resolve(specifier, from, files)).toBe(found);
  });
}

describe("relative specifiers", () => {
  table([
    ["without an ending", "./b", "src/a.ts", { "src/b.ts": "" }, "src/b.ts"],
    ["upwards", "../b", "src/a.ts", { "b.js": "" }, "b.js"],
    ["with its ending", "./b.mjs", "a.ts", { "b.mjs": "" }, "b.mjs"],
    ["TypeScript before JavaScript", "./b", "a.ts", { "b.js": "", "b.ts": "" }, "b.ts"],
    [".js that means .ts", "./b.js", "a.ts", { "b.ts": "" }, "b.ts"],
    [".js that means .tsx", "./b.js", "a.ts", { "b.tsx": "" }, "b.tsx"],
    [".mjs that means .mts", "./b.mjs", "a.ts", { "b.mts": "" }, "b.mts"],
    [".cjs that means .cts", "./b.cjs", "a.ts", { "b.cts": "" }, "b.cts"],
    [".js that is one", "./b.js", "a.js", { "b.js": "" }, "b.js"],
    ["a name with dots", "./b.service", "a.ts", { "b.service.ts": "" }, "b.service.ts"],
    ["a folder's index", "./b", "a.ts", { "b/index.ts": "" }, "b/index.ts"],
    ["a file before a folder", "./b", "a.ts", { "b.ts": "", "b/index.ts": "" }, "b.ts"],
    [
      "a folder's main file",
      "./b",
      "a.js",
      { "b/package.json": { main: "lib/c" }, "b/lib/c.js": "" },
      "b/lib/c.js",
    ],
    ["the folder itself", ".", "b/a.ts", { "b/index.ts": "" }, "b/index.ts"],
    ["the folder above", "..", "b/a.ts", { "index.ts": "" }, "index.ts"],
    ["a missing file", "./b", "a.ts", {}, undefined],
    ["declarations alone", "./b", "a.ts", { "b.d.ts": "" }, undefined],
    ["declarations by their name", "./b.d.ts", "a.ts", { "b.d.ts": "" }, undefined],
    ["data", "./b.json", "a.ts", { "b.json": "{}" }, undefined],
    ["another language", "./b.vue", "a.ts", { "b.vue": "" }, undefined],
    ["out of the project", "../../../b", "src/a.ts", { "b.ts": "" }, undefined],
    ["installed packages", "./node_modules/b/index.js", "a.ts", { "node_modules/b/index.js": "" }, undefined],
    ["from an installed package", "./b", "node_modules/x/a.js", { "node_modules/x/b.js": "" }, undefined],
  ]);
});

describe("specifiers that name nothing of a project", () => {
  const files = { "b.ts": "", "fs.ts": "" };
  table(
    [
      "stripe",
      "/b",
      "file:///b",
      "https://example.com/b.ts",
      "npm:b",
      "node:fs",
      "",
      "#b",
      `./${"b".repeat(600)}`,
      "./b\0",
    ].map((specifier) => [specifier.slice(0, 30), specifier, "a.ts", files, undefined] as const),
  );
});

describe("tsconfig paths", () => {
  const at = (paths: object, more: object = {}) => ({ compilerOptions: { paths, ...more } });
  table([
    [
      "a pattern",
      "@/lib/b",
      "src/a.ts",
      { "tsconfig.json": at({ "@/*": ["./src/*"] }), "src/lib/b.ts": "" },
      "src/lib/b.ts",
    ],
    [
      "below baseUrl",
      "@/b",
      "src/a.ts",
      { "tsconfig.json": at({ "@/*": ["*"] }, { baseUrl: "src" }), "src/b.ts": "" },
      "src/b.ts",
    ],
    [
      "a whole name",
      "config",
      "a.ts",
      { "tsconfig.json": at({ config: ["./c/index.ts"] }), "c/index.ts": "" },
      "c/index.ts",
    ],
    [
      "a whole name before patterns",
      "@/b",
      "a.ts",
      { "tsconfig.json": at({ "@/*": ["./x/*"], "@/b": ["./y"] }), "x/b.ts": "", "y.ts": "" },
      "y.ts",
    ],
    [
      "the longest beginning",
      "@/lib/b",
      "a.ts",
      { "tsconfig.json": at({ "@/*": ["./x/*"], "@/lib/*": ["./y/*"] }), "x/lib/b.ts": "", "y/b.ts": "" },
      "y/b.ts",
    ],
    [
      "the first of several that exists",
      "@/b",
      "a.ts",
      { "tsconfig.json": at({ "@/*": ["./x/*", "./y/*"] }), "y/b.ts": "" },
      "y/b.ts",
    ],
    [
      "a star in the middle",
      "b/internal",
      "a.ts",
      { "tsconfig.json": at({ "*/internal": ["./i/*"] }), "i/b.ts": "" },
      "i/b.ts",
    ],
    [
      "everything below a folder",
      "b",
      "a.ts",
      { "tsconfig.json": at({ "*": ["./src/*"] }), "src/b.ts": "" },
      "src/b.ts",
    ],
    [
      "a hash",
      "#lib/b",
      "a.ts",
      { "tsconfig.json": at({ "#lib/*": ["./lib/*"] }), "lib/b.ts": "" },
      "lib/b.ts",
    ],
    [
      "a dollar sign in the name",
      "@/$&",
      "a.ts",
      { "tsconfig.json": at({ "@/*": ["./src/*"] }), "src/$&.ts": "" },
      "src/$&.ts",
    ],
    [
      "jsconfig.json",
      "@/b",
      "a.js",
      { "jsconfig.json": at({ "@/*": ["./src/*"] }), "src/b.js": "" },
      "src/b.js",
    ],
    [
      "of the nearest configuration",
      "@/b",
      "app/a.ts",
      {
        "tsconfig.json": at({ "@/*": ["./x/*"] }),
        "app/tsconfig.json": at({ "@/*": ["./y/*"] }),
        "x/b.ts": "",
        "app/y/b.ts": "",
      },
      "app/y/b.ts",
    ],
    [
      "extended, relative to where they stand",
      "@/b",
      "app/a.ts",
      {
        "app/tsconfig.json": { extends: "../base" },
        "base.json": at({ "@/*": ["./lib/*"] }),
        "lib/b.ts": "",
      },
      "lib/b.ts",
    ],
    [
      "several extended, the last counts",
      "@/b",
      "a.ts",
      {
        "tsconfig.json": { extends: ["./one.json", "./two.json"] },
        "one.json": at({ "@/*": ["./x/*"] }),
        "two.json": at({ "@/*": ["./y/*"] }),
        "x/b.ts": "",
        "y/b.ts": "",
      },
      "y/b.ts",
    ],
    [
      "own ones replace extended ones",
      "@/b",
      "a.ts",
      {
        "tsconfig.json": { extends: "./base.json", ...at({ "~/*": ["./x/*"] }) },
        "base.json": at({ "@/*": ["./x/*"] }),
        "x/b.ts": "",
      },
      undefined,
    ],
    [
      "a package that is not installed",
      "@/b",
      "a.ts",
      {
        "tsconfig.json": { extends: "@tsconfig/node20/tsconfig.json", ...at({ "@/*": ["./x/*"] }) },
        "x/b.ts": "",
      },
      "x/b.ts",
    ],
    [
      "extending one another",
      "@/b",
      "a.ts",
      {
        "tsconfig.json": { extends: ["./c.json", "./c.json"], ...at({ "@/*": ["./x/*"] }) },
        "c.json": { extends: ["./tsconfig.json", "./tsconfig.json"] },
        "x/b.ts": "",
      },
      "x/b.ts",
    ],
    [
      "of a referenced configuration",
      "@/b",
      "src/a.ts",
      {
        "tsconfig.json": {
          files: [],
          references: [{ path: "./tsconfig.node.json" }, { path: "./tsconfig.app.json" }],
        },
        "tsconfig.node.json": {},
        "tsconfig.app.json": at({ "@/*": ["./src/*"] }),
        "src/b.ts": "",
      },
      "src/b.ts",
    ],
    [
      "the configuration's folder",
      "@/b",
      "app/a.ts",
      {
        "app/tsconfig.json": { extends: "../base.json" },
        "base.json": at({ "@/*": ["${configDir}/src/*"] }),
        "app/src/b.ts": "",
      },
      "app/src/b.ts",
    ],
    [
      "with comments",
      "@/b",
      "a.ts",
      {
        "tsconfig.json": `{ /* c */ "compilerOptions": { "paths": { "@/*": ["./x/*"], }, }, // d\n}`,
        "x/b.ts": "",
      },
      "x/b.ts",
    ],
    [
      "baseUrl alone",
      "lib/b",
      "src/a.ts",
      { "tsconfig.json": { compilerOptions: { baseUrl: "./src" } }, "src/lib/b.ts": "" },
      "src/lib/b.ts",
    ],
    [
      "baseUrl goes after installed packages",
      "stripe",
      "a.ts",
      {
        "tsconfig.json": { compilerOptions: { baseUrl: "." } },
        "package.json": { dependencies: { stripe: "1" } },
        "stripe/index.ts": "",
      },
      undefined,
    ],
    ["out of the project", "@/b", "a.ts", { "tsconfig.json": at({ "@/*": ["../../../*"] }) }, undefined],
    ["no list", "@/b", "a.ts", { "tsconfig.json": at({ "@/*": "./x/*" }), "x/b.ts": "" }, undefined],
    ["not JSON at all", "@/b", "a.ts", { "tsconfig.json": "[", "x/b.ts": "" }, undefined],
  ]);
});

describe("packages of a workspace", () => {
  const root = { "package.json": { workspaces: ["packages/*"] } };
  const member = (name: string, more: object = {}) => ({ name, ...more });
  const b = (more: object, files: Files = {}): Files => ({
    ...root,
    "packages/b/package.json": member("@acme/b", more),
    ...files,
  });
  const from = "packages/a/src/a.ts";
  table([
    [
      "its main file",
      "@acme/b",
      from,
      b({ main: "main.js" }, { "packages/b/main.js": "" }),
      "packages/b/main.js",
    ],
    ["an index", "@acme/b", from, b({}, { "packages/b/index.ts": "" }), "packages/b/index.ts"],
    [
      "a source where nothing is built",
      "@acme/b",
      from,
      b({ main: "dist/index.js" }, { "packages/b/src/index.ts": "" }),
      "packages/b/src/index.ts",
    ],
    [
      "a source before what is built",
      "@acme/b",
      from,
      b({ main: "dist/index.js" }, { "packages/b/src/index.ts": "", "packages/b/dist/index.js": "" }),
      "packages/b/src/index.ts",
    ],
    [
      "what is built without a source",
      "@acme/b",
      from,
      b({ main: "dist/index.js" }, { "packages/b/dist/index.js": "" }),
      "packages/b/dist/index.js",
    ],
    [
      "nested folders of what is built",
      "@acme/b",
      from,
      b({ main: "./dist/esm/c.js" }, { "packages/b/src/c.ts": "" }),
      "packages/b/src/c.ts",
    ],
    [
      "exports",
      "@acme/b",
      from,
      b({ exports: "./dist/c.js" }, { "packages/b/src/c.ts": "" }),
      "packages/b/src/c.ts",
    ],
    [
      "exports by condition",
      "@acme/b",
      from,
      b(
        { exports: { ".": { types: "./dist/c.d.ts", import: "./dist/c.mjs", require: "./dist/c.cjs" } } },
        { "packages/b/src/c.mts": "" },
      ),
      "packages/b/src/c.mts",
    ],
    [
      "exports that name the source",
      "@acme/b",
      from,
      b(
        { exports: { ".": { source: "./lib/s.ts", default: "./dist/c.js" } } },
        { "packages/b/lib/s.ts": "", "packages/b/dist/c.js": "" },
      ),
      "packages/b/lib/s.ts",
    ],
    [
      "exports of a subpath",
      "@acme/b/sub",
      from,
      b({ exports: { "./sub": "./src/sub.ts" } }, { "packages/b/src/sub.ts": "" }),
      "packages/b/src/sub.ts",
    ],
    [
      "exports of a pattern",
      "@acme/b/x/y",
      from,
      b({ exports: { "./*": "./src/*.ts" } }, { "packages/b/src/x/y.ts": "" }),
      "packages/b/src/x/y.ts",
    ],
    [
      "a subpath that exports leave out",
      "@acme/b/src/y",
      from,
      b({ exports: { ".": "./src/x.ts" } }, { "packages/b/src/x.ts": "", "packages/b/src/y.ts": "" }),
      undefined,
    ],
    [
      "a subpath without exports",
      "@acme/b/src/y",
      from,
      b({}, { "packages/b/src/y.ts": "" }),
      "packages/b/src/y.ts",
    ],
    [
      "a subpath of what is built",
      "@acme/b/dist/y",
      from,
      b({}, { "packages/b/src/y.ts": "" }),
      "packages/b/src/y.ts",
    ],
    ["exports that lead out", "@acme/b", from, b({ exports: "./../../../../x.js" }), undefined],
    [
      "without a scope",
      "b",
      from,
      { ...root, "packages/b/package.json": member("b"), "packages/b/index.js": "" },
      "packages/b/index.js",
    ],
    [
      "from another member's sources alone",
      "@acme/b",
      "other/a.ts",
      {
        "packages/package.json": { workspaces: ["*"] },
        "packages/b/package.json": member("@acme/b"),
        "packages/b/index.ts": "",
      },
      undefined,
    ],
    [
      "yarn's form",
      "b",
      "a.ts",
      {
        "package.json": { workspaces: { packages: ["libs/**"] } },
        "libs/x/b/package.json": member("b"),
        "libs/x/b/index.ts": "",
      },
      "libs/x/b/index.ts",
    ],
    [
      "pnpm",
      "b",
      "a.ts",
      {
        "pnpm-workspace.yaml": `packages:\n  # all\n  - "apps/*"\n  - 'libs/*' # libraries\ncatalog:\n  - x\n`,
        "libs/b/package.json": member("b"),
        "libs/b/index.ts": "",
      },
      "libs/b/index.ts",
    ],
    [
      "pnpm, inline",
      "b",
      "a.ts",
      {
        "pnpm-workspace.yaml": `packages: ["libs/*", apps/*]\n`,
        "libs/b/package.json": member("b"),
        "libs/b/index.ts": "",
      },
      "libs/b/index.ts",
    ],
    [
      "left out",
      "b",
      "a.ts",
      {
        "pnpm-workspace.yaml": "packages:\n- 'libs/**'\n- '!libs/old/**'\n",
        "libs/old/b/package.json": member("b"),
        "libs/old/b/index.ts": "",
      },
      undefined,
    ],
    [
      "no member",
      "b",
      "a.ts",
      { ...root, "elsewhere/b/package.json": member("b"), "elsewhere/b/index.ts": "" },
      undefined,
    ],
    [
      "its own name",
      "me/lib",
      "src/a.ts",
      { "package.json": { name: "me", exports: { "./lib": "./src/lib.ts" } }, "src/lib.ts": "" },
      "src/lib.ts",
    ],
    [
      "an extended configuration of a member",
      "@/x",
      from,
      b(
        {},
        {
          "packages/a/tsconfig.json": { extends: "@acme/b/base.json" },
          "packages/b/base.json": { compilerOptions: { paths: { "@/*": ["${configDir}/src/*"] } } },
          "packages/a/src/x.ts": "",
        },
      ),
      "packages/a/src/x.ts",
    ],
  ]);
});

describe("names of a package for itself", () => {
  table([
    [
      "#imports",
      "#db",
      "src/a.ts",
      { "package.json": { imports: { "#db": "./src/db.ts" } }, "src/db.ts": "" },
      "src/db.ts",
    ],
    [
      "#imports of a pattern",
      "#lib/x",
      "a.ts",
      { "package.json": { imports: { "#lib/*": "./lib/*.js" } }, "lib/x.js": "" },
      "lib/x.js",
    ],
    [
      "#imports of another package",
      "#b",
      "a.ts",
      { "package.json": { imports: { "#b": "stripe" } } },
      undefined,
    ],
    [
      "#imports that lead out",
      "#b",
      "a.ts",
      { "package.json": { imports: { "#b": "./../x.js" } } },
      undefined,
    ],
    [
      "SvelteKit",
      "$lib/server/x",
      "src/routes/a.ts",
      { "package.json": {}, "src/lib/server/x.ts": "" },
      "src/lib/server/x.ts",
    ],
    [
      "SvelteKit's index",
      "$lib",
      "src/routes/a.ts",
      { "package.json": {}, "src/lib/index.ts": "" },
      "src/lib/index.ts",
    ],
  ]);
});
