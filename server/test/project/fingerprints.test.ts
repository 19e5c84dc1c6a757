import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { lintText, presetSettings } from "@paylint/engine";
import { format, type Options } from "prettier";
import { describe, expect, it, test } from "vitest";
import { live } from "../../../engine/test/observe/secrets/fake.ts";
import { fingerprintOf, Numbering } from "../../src/project/fingerprints.ts";

const SHOP = path.resolve(import.meta.dirname, "../../../examples/shop");
const RULES = presetSettings("recommended");

function fingerprints(fileName: string, text: string): string[] {
  const numbering = new Numbering();
  return lintText({ fileName, text }, RULES).findings.map((finding) =>
    numbering.numbered(fingerprintOf(fileName, text, finding)),
  );
}

/** The sample's files with findings, by their own name. */
const samples = readdirSync(SHOP, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(?:ts|tsx|js|json|env)$|(?:^|\/)\.env/.test(name) && !/node_modules|\.next/.test(name))
  .map((name) => [name, readFileSync(path.join(SHOP, name), "utf8")] as const)
  .filter(([name, text]) => fingerprints(name, text).length > 0);

const STYLES: Readonly<Record<string, Options>> = {
  "narrow, without semicolons": { semi: false, printWidth: 50, singleQuote: true, trailingComma: "none" },
  "wide, with tabs": { useTabs: true, printWidth: 160, arrowParens: "avoid", quoteProps: "consistent" },
};

describe.each(samples)("%s", (name, text) => {
  it.each(Object.entries(STYLES))("keeps its fingerprints when it is set %s", async (_, style) => {
    if (!/\.[jt]sx?$/.test(name)) return;
    const other = await format(text, { filepath: name, ...style });
    expect(other).not.toBe(text);
    expect(fingerprints(name, other)).toEqual(fingerprints(name, text));
  });

  it("keeps them when it is moved, renamed and begins further down", () => {
    const further = /\.json$/.test(name)
      ? `\n\n${text}`
      : /env/.test(name)
        ? `A=1\n\n${text}`
        : `let a = 1;\n\n${text}`;
    const renamed = path.join("elsewhere", name.replace(/(\w+)(\.\w+)$/, "$1-2$2"));
    expect(fingerprints(renamed, further)).toEqual(fingerprints(name, text));
  });

  it("has another one for each finding", () => {
    const found = fingerprints(name, text);
    expect(new Set(found).size).toBe(found.length);
  });
});

test("the samples have findings of many kinds of files", () => {
  expect(samples.length).toBeGreaterThan(8);
});

test.each([
  ["a script", "a.ts", (key: string) => `const client = create("${key}", { retries: 3 });`],
  ["a file of variables", ".env", (key: string) => `API_SECRET_KEY=${key}`],
  ["YAML", "a.yaml", (key: string) => `keys: { secret: ${key} }`],
])("nothing of a value is in the fingerprint of %s", (_, fileName, textWith) => {
  const other = live.replace(/.$/, (last) => (last === "a" ? "b" : "a"));
  const [one] = fingerprints(fileName, textWith(live));
  expect(one).toBeDefined();
  expect(fingerprints(fileName, textWith(other))).toEqual([one]);
});
