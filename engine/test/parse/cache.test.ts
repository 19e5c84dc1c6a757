import { describe, expect, it } from "vitest";
import { ParseCache } from "../../src/parse/cache.ts";

describe("the cache of trees", () => {
  const file = (fileName: string, text = `/* ${fileName} */`) => ({ fileName, text });

  it("hands out the same tree for the same text of a file, and a new one for another text", () => {
    const cache = new ParseCache(10, 1000);
    const first = cache.parse(file("a.js"));
    expect(cache.parse(file("a.js"))).toBe(first);
    expect(cache.parse(file("a.js", "changed"))).not.toBe(first);
    expect(cache.parse(file("a.js"))).not.toBe(first);
  });

  it("lets go of the file that was used longest ago when there are too many", () => {
    const cache = new ParseCache(2, 1000);
    const [a, b] = [cache.parse(file("a.js")), cache.parse(file("b.js"))];
    expect(cache.parse(file("a.js"))).toBe(a);
    cache.parse(file("c.js"));
    expect(cache.parse(file("a.js"))).toBe(a);
    expect(cache.parse(file("b.js"))).not.toBe(b);
  });

  it("lets go of files when their texts are too long together", () => {
    const cache = new ParseCache(10, 100);
    const first = cache.parse(file("a.js", " ".repeat(60)));
    cache.parse(file("b.js", " ".repeat(60)));
    expect(cache.parse(file("a.js", " ".repeat(60)))).not.toBe(first);
  });

  it("reads a file that is longer than all it may keep", () => {
    const cache = new ParseCache(10, 100);
    expect(cache.parse(file("a.js", " ".repeat(200))).module).toBeDefined();
  });

  it("can be emptied", () => {
    const cache = new ParseCache(10, 1000);
    const first = cache.parse(file("a.js"));
    cache.clear();
    expect(cache.parse(file("a.js"))).not.toBe(first);
  });
});
