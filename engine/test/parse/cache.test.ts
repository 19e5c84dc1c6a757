import { describe, expect, it } from "vitest";
import { TextCache } from "../../src/parse/cache.ts";
import { parseJavaScript } from "../../src/parse/javascript.ts";

describe("the cache of trees", () => {
  const file = (fileName: string, text = `/* ${fileName} */`) => ({ fileName, text });

  it("hands out the same tree for the same text of a file, and a new one for another text", () => {
    const cache = new TextCache(10, 1000, parseJavaScript);
    const first = cache.get(file("a.js"));
    expect(cache.get(file("a.js"))).toBe(first);
    expect(cache.get(file("a.js", "changed"))).not.toBe(first);
    expect(cache.get(file("a.js"))).not.toBe(first);
  });

  it("lets go of the file that was used longest ago when there are too many", () => {
    const cache = new TextCache(2, 1000, parseJavaScript);
    const [a, b] = [cache.get(file("a.js")), cache.get(file("b.js"))];
    expect(cache.get(file("a.js"))).toBe(a);
    cache.get(file("c.js"));
    expect(cache.get(file("a.js"))).toBe(a);
    expect(cache.get(file("b.js"))).not.toBe(b);
  });

  it("lets go of files when their texts are too long together", () => {
    const cache = new TextCache(10, 100, parseJavaScript);
    const first = cache.get(file("a.js", " ".repeat(60)));
    cache.get(file("b.js", " ".repeat(60)));
    expect(cache.get(file("a.js", " ".repeat(60)))).not.toBe(first);
  });

  it("reads a file that is longer than all it may keep", () => {
    const cache = new TextCache(10, 100, parseJavaScript);
    expect(cache.get(file("a.js", " ".repeat(200))).module).toBeDefined();
  });

  it("can be emptied", () => {
    const cache = new TextCache(10, 1000, parseJavaScript);
    const first = cache.get(file("a.js"));
    cache.clear();
    expect(cache.get(file("a.js"))).not.toBe(first);
  });
});
