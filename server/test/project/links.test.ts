import path from "node:path";
import { describe, expect, test } from "vitest";
import { Links } from "../../src/project/links.ts";

const ROOT = path.resolve("/project");
const at = (name: string): string => path.join(ROOT, name);

function dependents(links: readonly string[], file: string): string[] {
  const all = new Links();
  all.set("a", ROOT, { links, importersOf: [] });
  return all.dependentsOf(at(file), () => []);
}

describe("what hangs on a file", () => {
  test.each([
    ["one that it led to", "src/b.ts", "src/b.ts"],
    ["a missing one, by its name without an ending", "src/b", "src/b.ts"],
    ["by the ending of what it is compiled to", "src/b.js", "src/b.ts"],
    ["by its folder", "src/b", "src/b/index.ts"],
    ["by a folder's manifest, which names its main file", "src/b", "src/b/package.json"],
    ["a configuration", "src/b.ts", "tsconfig.base.json"],
    ["a workspace", "src/b.ts", "pnpm-workspace.yaml"],
  ])("%s", (_, link, file) => {
    expect(dependents([link], file)).toEqual(["a"]);
  });

  test.each([
    ["another file", "src/b.ts", "src/c.ts"],
    ["one of the same name elsewhere", "src/b.ts", "b.ts"],
    ["data", "src/b.ts", "src/data.json"],
  ])("not %s", (_, link, file) => {
    expect(dependents([link], file)).toEqual([]);
  });

  test("a configuration is nothing to files that led nowhere", () => {
    expect(dependents([], "tsconfig.json")).toEqual([]);
  });

  test("one that imports now what was asked for its importers", () => {
    const links = new Links();
    links.set("router", ROOT, { links: [], importersOf: ["router.ts"] });
    expect(links.dependentsOf(at("app.ts"), () => [at("router.ts")])).toEqual(["router"]);
    expect(links.dependentsOf(at("app.ts"), () => [at("other.ts")])).toEqual([]);
  });

  test("only by the newest look", () => {
    const links = new Links();
    links.set("a", ROOT, { links: ["b.ts"], importersOf: [] });
    links.set("a", ROOT, { links: ["c.ts"], importersOf: [] });
    expect(links.dependentsOf(at("b.ts"), () => [])).toEqual([]);
    expect(links.dependentsOf(at("c.ts"), () => [])).toEqual(["a"]);
    links.set("a", ROOT, undefined);
    expect(links.dependentsOf(at("c.ts"), () => [])).toEqual([]);
  });
});
