import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findFiles, UnknownPathError } from "../../src/project/find.ts";
import { git } from "../repository.ts";
import { makeTree } from "../tree.ts";

interface Found {
  readonly files: string[];
  readonly skipped: string[];
}

function find(
  cwd: string,
  paths: readonly string[] = ["."],
  options: { gitignore?: boolean; ignore?: string } = {},
): Found {
  const { targets, skipped } = findFiles(paths, {
    cwd,
    gitignore: options.gitignore ?? true,
    ignores: (entry) => path.basename(entry) === options.ignore,
  });
  const name = (file: string) => path.relative(cwd, file).split(path.sep).join("/");
  return {
    files: targets.map((target) => name(target.path) + (target.explicit ? " explicit" : "")),
    skipped: skipped.map((each) => `${name(each.path)}${each.folder ? "/" : ""} ${each.reason}`),
  };
}

describe("paths", () => {
  test("a folder: the files of the languages that are read, in order, without node_modules", () => {
    const root = makeTree({
      "b.ts": "",
      "a.jsx": "",
      "c/.env.local": "",
      "c/d/e.json": "",
      "c/picture.png": "",
      "node_modules/x/index.js": "",
      "c/node_modules/y/index.js": "",
      ".hidden/f.mts": "",
    });
    expect(find(root)).toEqual({
      files: [".hidden/f.mts", "a.jsx", "b.ts", "c/.env.local", "c/d/e.json"],
      skipped: ["c/node_modules/ node_modules", "node_modules/ node_modules"],
    });
  });

  test("folders with brackets and other signs of patterns in their names", () => {
    const root = makeTree({
      "app/[id]/route.ts": "",
      "app/[...all]/page.tsx": "",
      "app/(shop)/@pay/{x}.ts": "",
    });
    expect(find(root, ["app/[id]/route.ts"]).files).toEqual(["app/[id]/route.ts explicit"]);
    expect(find(root, ["app/[...all]"]).files).toEqual(["app/[...all]/page.tsx"]);
    expect(find(root, ["app/[id]/*.ts"]).files).toEqual(["app/[id]/route.ts"]);
    expect(find(root, ["app/(shop)/**/*.ts"]).files).toEqual(["app/(shop)/@pay/{x}.ts"]);
  });

  test("patterns", () => {
    const root = makeTree({ "src/a.ts": "", "src/deep/b.ts": "", "src/deep/c.tsx": "", "d.ts": "" });
    expect(find(root, ["src/**/*.ts"]).files).toEqual(["src/a.ts", "src/deep/b.ts"]);
    expect(find(root, ["**/*.{ts,tsx}"]).files).toHaveLength(4);
    expect(() => find(root, ["src/*.js"])).toThrow(UnknownPathError);
  });

  test("the same file named twice is one file", () => {
    const root = makeTree({ "src/a.ts": "" });
    expect(find(root, ["src", "src/a.ts", "./src/../src/a.ts"]).files).toEqual(["src/a.ts explicit"]);
  });

  test("a path outside of the current folder", () => {
    const root = makeTree({ "here/a.ts": "", "there/b.ts": "" });
    expect(find(path.join(root, "here"), ["../there"]).files).toEqual(["../there/b.ts"]);
  });

  test("a path that names nothing", () => {
    expect(() => find(makeTree({}), ["missing"])).toThrow(/no file or folder "missing"/);
  });

  test("what the settings ignore, unless it is named", () => {
    const root = makeTree({ "old/a.ts": "", "b.ts": "" });
    expect(find(root, ["."], { ignore: "old" })).toEqual({ files: ["b.ts"], skipped: ["old/ settings"] });
    expect(find(root, ["old/a.ts"], { ignore: "a.ts" }).files).toEqual(["old/a.ts explicit"]);
  });
});

describe("symbolic links", () => {
  test("are followed neither out of the folder nor in a circle", () => {
    const root = makeTree({ "in/a.ts": "", "out/b.ts": "" });
    const inner = path.join(root, "in");
    symlinkSync("a.ts", path.join(inner, "same-folder.ts"));
    symlinkSync("../out/b.ts", path.join(inner, "out.ts"));
    symlinkSync("../out", path.join(inner, "out-folder"));
    symlinkSync("../in", path.join(inner, "self"));
    expect(find(inner)).toEqual({ files: ["a.ts"], skipped: ["out-folder symlink", "out.ts symlink"] });
  });

  test("are followed when named", () => {
    const root = makeTree({ "in/a.ts": "", "out/b.ts": "" });
    symlinkSync("../out/b.ts", path.join(root, "in/out.ts"));
    expect(find(path.join(root, "in"), ["out.ts"]).files).toEqual(["out.ts explicit"]);
  });
});

describe("files that git ignores", () => {
  test("are left out and told, by nested .gitignore files, too", () => {
    const root = makeTree({
      ".gitignore": "dist/\n.env*\n!.env.example\n*.gen.ts\n",
      "a.ts": "",
      "a.gen.ts": "",
      ".env": "",
      ".env.example": "",
      "dist/a.js": "",
      "lib/.gitignore": "!keep.gen.ts\nlocal.ts\n/anchored.ts\n",
      "lib/keep.gen.ts": "",
      "lib/local.ts": "",
      "lib/deep/anchored.ts": "",
    });
    expect(find(root)).toEqual({
      files: [".env.example", "a.ts", "lib/deep/anchored.ts", "lib/keep.gen.ts"],
      skipped: [".env gitignore", "a.gen.ts gitignore", "dist/ gitignore", "lib/local.ts gitignore"],
    });
    expect(find(root, ["."], { gitignore: false }).files).toHaveLength(8);
  });

  test("by the .gitignore of a folder above, up to the repository's root", () => {
    const root = makeTree({
      ".gitignore": "*.ts\n",
      "repo/.gitignore": "b.ts\n",
      "repo/src/a.ts": "",
      "repo/src/b.ts": "",
    });
    git(path.join(root, "repo"), "init", "-q");
    expect(find(root, ["repo/src"])).toEqual({
      files: ["repo/src/a.ts"],
      skipped: ["repo/src/b.ts gitignore"],
    });
  });

  test("are linted when named, as file or as folder", () => {
    const root = makeTree({ ".gitignore": "dist/\nb.ts\n", "b.ts": "", "dist/a.js": "", "dist/b.ts": "" });
    expect(find(root, ["b.ts"]).files).toEqual(["b.ts explicit"]);
    expect(find(root, ["dist"]).files).toEqual(["dist/a.js", "dist/b.ts"]);
  });

  test("by .git/info/exclude", () => {
    const root = makeTree({ "a.ts": "", "b.ts": "" });
    git(root, "init", "-q");
    mkdirSync(path.join(root, ".git/info"), { recursive: true });
    writeFileSync(path.join(root, ".git/info/exclude"), "b.ts\n");
    expect(find(root)).toEqual({ files: ["a.ts"], skipped: ["b.ts gitignore"] });
  });

  test.each([
    ["version 2", [], "2"],
    ["version 4, names compressed", [], "4"],
    ["SHA-256", ["--object-format=sha256"], "2"],
  ])("are linted when they are tracked all the same: index of %s", (_, initial, version) => {
    const root = makeTree({
      ".gitignore": ".env\nbuild/\n",
      ".env": "",
      "app/.env": "",
      "build/a.js": "",
      "build/b.js": "",
      "build/deep/c.js": "",
      "build/other/d.js": "",
      "caf\u00E9/x.ts": "",
    });
    git(root, "init", "-q", ...initial);
    git(
      root,
      "-c",
      `index.version=${version}`,
      "add",
      "-f",
      ".env",
      "build/a.js",
      "build/deep/c.js",
      "caf\u00E9",
    );
    expect(find(root)).toEqual({
      files: [".env", "build/a.js", "build/deep/c.js", "caf\u00E9/x.ts"],
      skipped: ["app/.env gitignore", "build/b.js gitignore", "build/other/ gitignore"],
    });
  });

  test("a repository inside another follows its own files alone", () => {
    const root = makeTree({
      ".gitignore": "*.ts\n",
      "a.ts": "",
      "inner/b.ts": "",
      "inner/.gitignore": "c.ts\n",
      "inner/c.ts": "",
    });
    git(root, "init", "-q");
    git(path.join(root, "inner"), "init", "-q");
    expect(find(root)).toEqual({
      files: ["inner/b.ts"],
      skipped: ["a.ts gitignore", "inner/c.ts gitignore"],
    });
  });

  test("a broken index tracks nothing", () => {
    const root = makeTree({ ".gitignore": "a.ts\n", "a.ts": "", "b.ts": "" });
    git(root, "init", "-q");
    writeFileSync(path.join(root, ".git/index"), "DIRC no index");
    expect(find(root).files).toEqual(["b.ts"]);
  });
});
