import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { providerIds } from "../../tools/generate-providers.ts";
import { anchors, isRelative, linksIn, pages, read, root } from "./pages.ts";

/** What a page links to that is not there. */
function broken(page: string): string[] {
  return linksIn(read(page)).filter((link) => {
    if (!isRelative(link)) return false;
    const [file = "", anchor] = link.split("#");
    const linked = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
    if (!existsSync(path.join(root, linked))) return true;
    return anchor !== undefined && linked.endsWith(".md") && !anchors(linked).includes(anchor);
  });
}

test("every page's links lead to a file that is there, and to a heading in it", () => {
  const all = pages();
  expect(all).toEqual(expect.arrayContaining(["README.md", "docs/index.md", "docs/providers/stripe.md"]));
  expect(all.flatMap((page) => broken(page).map((target) => `${page}: ${target}`))).toEqual([]);
});

test("each provider has a page, and no other page is left over", () => {
  const written = readdirSync(path.join(root, "docs/providers")).sort();
  expect(written).toEqual([...providerIds().map((id) => `${id}.md`), "index.md"].sort());
});

test("the contents name every page of the folder", () => {
  const contents = linksIn(read("docs/index.md"));
  const written = pages().filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== "docs/index.md");
  expect(contents).toEqual(expect.arrayContaining(written.map((page) => path.posix.basename(page))));
});
