import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { lintText, type LintResult, rules } from "@paylint/engine";
import { describe, expect, test } from "vitest";
import { type Page, parsePage, type Sample } from "./page.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "eslint-plugin/docs/rules");

function lint({ fileName, text, options }: Sample, id: string): LintResult {
  return lintText({ fileName, text }, { [id]: { severity: "error", options } });
}

test("there is a page for every rule and no page without one", () => {
  const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ""));
  expect(pages.sort()).toEqual(rules.map((rule) => rule.id).sort());
});

test("there is a test for every rule", () => {
  const tested = (id: string): boolean => existsSync(path.join(root, `engine/test/rules/${id}.test.ts`));
  expect(rules.map((rule) => rule.id).filter((id) => !tested(id))).toEqual([]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const page = (): Page => parsePage(readFileSync(path.join(folder, `${id}.md`), "utf8"));

  test("its page has the headings that every page has", () => {
    expect(page().headings).toEqual([
      `# ${id}`,
      "## Why it costs money",
      "## Wrong",
      "## Right",
      "## When Paylint does not know",
      "## Options",
      "## Standards",
    ]);
  });

  test("its page says something under every heading", () => {
    expect(page().emptySections).toEqual([]);
  });

  test("its samples stand where their marks say", () => {
    const { samples } = page();
    expect(samples.filter(({ section, mark }) => mark !== markOf(section))).toEqual([]);
    expect(samples.map(({ mark }) => mark)).toEqual(expect.arrayContaining(["wrong", "right"]));
  });

  test("every wrong sample is reported by it, every right one is silent", () => {
    for (const sample of page().samples.filter(({ mark }) => mark)) {
      const { findings, problems } = lint(sample, id);
      const place = `line ${sample.line} of ${id}.md`;
      expect(problems, `${place} can be read`).toEqual([]);
      if (sample.mark === "wrong")
        expect(
          findings.map((f) => f.ruleId),
          place,
        ).toContain(id);
      else
        expect(
          findings.map((finding) => finding.message),
          place,
        ).toEqual([]);
    }
  });

  test("every option is described", () => {
    const properties = Object.values(
      (rule.meta.schema.properties ?? {}) as Record<string, { description?: string }>,
    );
    expect(properties.filter(({ description }) => !description)).toEqual([]);
  });

  test("its description is a clause that begins with a verb and has no full stop", () => {
    expect(rule.meta.description).toMatch(/^(?:disallow|require) .*[^.]$/);
  });

  test("its messages are sentences", () => {
    for (const message of Object.values(rule.meta.messages)) expect(message).toMatch(/^[A-Z{].*\.$/);
  });

  test("it is in strict when it is in recommended", () => {
    const { presets } = rule.meta;
    expect(presets.includes("strict")).toBe(presets.length > 0);
  });
});

function markOf(section: string): Sample["mark"] {
  if (section === "## Wrong") return "wrong";
  return section === "## Right" ? "right" : undefined;
}
