import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { makeTree } from "../../server/test/tree.ts";
import { DiskHost } from "../src/host.ts";

describe("a file of the project", () => {
  it("is named relative to the root, wherever it is asked from", () => {
    const root = makeTree({ "src/a.ts": "", "src/b.ts": "b" });
    const host = new DiskHost(root);
    const found = { fileName: "src/b.ts", text: "b" };
    expect(host.find("./b", "src/a.ts")).toEqual(found);
    expect(host.find("./b", path.join(root, "src/a.ts"))).toEqual(found);
  });

  it("is none that is too large, binary or minified", () => {
    const root = makeTree({
      "large.js": "// x\n".repeat(300_000),
      "binary.js": new Uint8Array([0, 1, 2]),
      "minified.js": "a=b(c,{d:e});".repeat(300),
      "fine.js": "",
    });
    const host = new DiskHost(root);
    const found = ["large", "binary", "minified", "fine"].map(
      (name) => host.find(`./${name}`, "a.js")?.fileName,
    );
    expect(found).toEqual([undefined, undefined, undefined, "fine.js"]);
  });

  it("is none outside of the root, whoever asks", () => {
    const root = makeTree({ "in/a.ts": "", "b.ts": "" });
    const host = new DiskHost(path.join(root, "in"));
    expect(host.find("../b", "a.ts")).toBeUndefined();
    expect(host.find("./b", "../a.ts")).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")(
    "may be a link, unless that leads out or to installed packages",
    () => {
      const root = makeTree({
        "in/lib/b.ts": "b",
        "in/node_modules/p/b.ts": "",
        "out/b.ts": "secret",
      });
      const link = (name: string, target: string) =>
        symlinkSync(path.join(root, target), path.join(root, "in", name));
      link("file.ts", "in/lib/b.ts");
      link("folder", "in/lib");
      link("out.ts", "out/b.ts");
      link("outside", "out");
      link("installed", "in/node_modules/p");
      link("nothing.ts", "in/gone.ts");
      symlinkSync("loop", path.join(root, "in/loop"));
      const host = new DiskHost(path.join(root, "in"));
      const texts = ["file", "folder/b", "out", "outside/b", "installed/b", "nothing", "loop"].map(
        (name) => host.find(`./${name}`, "a.ts")?.text,
      );
      expect(texts).toEqual(["b", "b", undefined, undefined, undefined, undefined, undefined]);
    },
  );

  it("has the text that an editor holds", () => {
    const root = makeTree({ "b.ts": "saved" });
    const open = new Map([[path.join(root, "b.ts"), "typed"]]);
    const host = new DiskHost(root, { textOf: (file) => open.get(file) });
    expect(host.find("./b", "a.ts")?.text).toBe("typed");
    open.clear();
    expect(host.find("./b", "a.ts")?.text).toBe("saved");
  });
});

describe("changes on disk", () => {
  it("count once they are looked for", () => {
    const root = makeTree({ "a.ts": "", "b.ts": "before" });
    const host = new DiskHost(root);
    const ask = () => [host.find("./b", "a.ts")?.text, host.find("./c", "a.ts")?.text];
    expect(ask()).toEqual(["before", undefined]);
    writeFileSync(path.join(root, "b.ts"), "after");
    writeFileSync(path.join(root, "c.ts"), "new");
    expect(ask()).toEqual(["before", undefined]);
    host.revalidate();
    expect(ask()).toEqual(["after", "new"]);
    rmSync(path.join(root, "b.ts"));
    host.revalidate();
    expect(ask()).toEqual([undefined, "new"]);
  });

  it("are seen in files and folders that stood still for long", () => {
    const root = makeTree({ "a.ts": "", "b.ts": "before" });
    const file = path.join(root, "b.ts");
    const longAgo = new Date(Date.now() - 3_600_000);
    for (const each of [file, root]) utimesSync(each, longAgo, longAgo);
    const host = new DiskHost(root);
    expect(host.find("./b", "a.ts")?.text).toBe("before");
    host.revalidate();
    expect(host.find("./b", "a.ts")?.text).toBe("before");
    writeFileSync(file, "after");
    host.revalidate();
    expect(host.find("./b", "a.ts")?.text).toBe("after");
    writeFileSync(path.join(root, "c.ts"), "new");
    host.revalidate();
    expect(host.find("./c", "a.ts")?.text).toBe("new");
  });

  it("count for configurations, too", () => {
    const root = makeTree({ "x/b.ts": "x", "y/b.ts": "y" });
    const host = new DiskHost(root);
    const alias = (folder: string) => {
      const paths = { "@/*": [`./${folder}/*`] };
      writeFileSync(path.join(root, "tsconfig.json"), JSON.stringify({ compilerOptions: { paths } }));
      host.revalidate();
      return host.find("@/b", "a.ts")?.text;
    };
    expect([alias("x"), alias("y")]).toEqual(["x", "y"]);
  });
});

describe("importers", () => {
  const importersOf = (fileName: string, files: Readonly<Record<string, string>>) =>
    new DiskHost(makeTree(files)).importersOf(fileName)?.map((source) => source.fileName);

  it.each([
    ["import", `import { b } from "./b";`],
    ["import over lines", `import {\n  b,\n} from\n  "./b";`],
    ["import for its effects", `import "./b";`],
    ["a type", `import type { B } from "./b";`],
    ["export", `export * from './b.js';`],
    ["require", `const b = require("./b");`],
    ["dynamic import", `await import("./b");`],
    ["dynamic import with a remark", `await import(/* webpackChunkName: "b" */ "./b");`],
    ["an alias", `import b from "@/b";`],
  ])("%s", (_, code) => {
    const tsconfig = JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } });
    expect(importersOf("b.ts", { "a.ts": code, "b.ts": "", "tsconfig.json": tsconfig })).toEqual(["a.ts"]);
  });

  it.each([
    ["another file of that name", { "a.ts": `import "./x/b"`, "b.ts": "", "x/b.ts": "" }],
    ["a mention", { "a.ts": `const name = "./b";`, "b.ts": "" }],
    ["an installed package", { "node_modules/p/a.js": `require("../../b")`, "b.ts": "" }],
    ["a hidden folder", { ".cache/a.js": `require("../b")`, "b.ts": "" }],
    ["nobody", { "b.ts": "" }],
  ])("not %s", (_, files) => {
    expect(importersOf("b.ts", files)).toEqual([]);
  });

  it("is found by the name of a folder or of a package as well", () => {
    const files = {
      "package.json": `{ "workspaces": ["packages/*"] }`,
      "packages/p/package.json": `{ "name": "p", "main": "lib/main.js" }`,
      "packages/p/lib/main.js": "",
      "a.ts": `import "p"`,
      "c.ts": `import "./packages/p"`,
    };
    expect(importersOf("packages/p/lib/main.js", files)).toEqual(["a.ts", "c.ts"]);
  });

  it("counts what an editor holds, and what changed on disk", () => {
    const root = makeTree({ "a.ts": `import "./b"`, "b.ts": "", "c.ts": "" });
    const open = new Map([[path.join(root, "a.ts"), ""]]);
    const host = new DiskHost(root, { textOf: (file) => open.get(file) });
    const ask = () => {
      host.revalidate();
      return host.importersOf("b.ts")?.map((source) => source.fileName);
    };
    expect(ask()).toEqual([]);
    open.clear();
    expect(ask()).toEqual(["a.ts"]);
    writeFileSync(path.join(root, "c.ts"), `require("./b")`);
    expect(ask()).toEqual(["a.ts", "c.ts"]);
    mkdirSync(path.join(root, "d"));
    writeFileSync(path.join(root, "d/e.ts"), `export * from "../b"`);
    expect(ask()).toEqual(["a.ts", "c.ts", "d/e.ts"]);
  });
});
