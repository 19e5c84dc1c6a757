import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

const manifest = read("package.json");
const words = JSON.parse(read("package.nls.json")) as Record<string, string>;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string } }[];
    }[];
  };
}

const { contributes } = JSON.parse(manifest) as Manifest;

test("every text of the manifest can be translated, and none is left over", () => {
  const used = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
  expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
  expect(manifest).not.toMatch(/"(?:title|contents|markdownDescription)": "(?!%|Paylint")/);
});

test("texts that lead to commands name those that there are", () => {
  const ours = contributes.commands.map(({ command }) => command);
  const named = Object.values(words).flatMap((text) => [...text.matchAll(/\(command:(paylint\.[\w.]+)\)/g)]);
  for (const [, command] of named) expect([...ours, "paylint.checklist.focus"], command).toContain(command);
});

test("every command has the category", () => {
  for (const { command, category } of contributes.commands) expect(category, command).toBe("Paylint");
});

test("there are few settings", () => {
  expect(Object.keys(contributes.configuration.properties).length).toBeLessThanOrEqual(10);
});

test("the walkthrough has four steps, each with a page", () => {
  const [walkthrough] = contributes.walkthroughs;
  expect(walkthrough!.steps).toHaveLength(4);
  for (const { media } of walkthrough!.steps) expect(read(media.markdown)).toMatch(/^# /);
});
