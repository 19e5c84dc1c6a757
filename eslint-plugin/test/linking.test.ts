import { writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint, Linter } from "eslint";
import { ESLint as ESLint9 } from "eslint-9";
import { afterEach, describe, expect, test, vi } from "vitest";
import { makeTree } from "../../server/test/tree.ts";
import paylint from "../src/index.ts";
import { app, PARSING, RAW, ROUTER } from "./mounted.ts";
import { oxlint } from "./oxlint.ts";

const RULE = "paylint/verify-before-parse";

function configOf(settings: Record<string, unknown> = {}): Linter.Config[] {
  return [{ plugins: { paylint }, rules: { [RULE]: "error" }, settings }];
}

async function lint(
  cwd: string,
  config: Linter.Config[] = configOf(),
  Host: typeof ESLint = ESLint,
): Promise<(string | null)[]> {
  const eslint = new Host({ cwd, overrideConfigFile: true, overrideConfig: config });
  const [result] = await eslint.lintFiles(["webhook.js"]);
  return result!.messages.map(({ ruleId }) => ruleId);
}

afterEach(() => void vi.useRealTimers());

describe.each([
  ["ESLint 10", ESLint],
  ["ESLint 9", ESLint9 as unknown as typeof ESLint],
])("%s", (_, Host) => {
  test("follows what a file leads to on disk", async () => {
    expect(await lint(makeTree({ "webhook.js": ROUTER, "app.js": PARSING }), configOf(), Host)).toEqual([
      RULE,
    ]);
    expect(await lint(makeTree({ "webhook.js": ROUTER, "app.js": RAW }), configOf(), Host)).toEqual([]);
  });
});

test("looks at each file alone where the settings say so", async () => {
  const cwd = makeTree({ "webhook.js": ROUTER, "app.js": PARSING });
  expect(await lint(cwd, configOf({ paylint: { link: false } }))).toEqual([]);
  expect(await lint(cwd, configOf({ paylint: { link: true } }))).toEqual([RULE]);
  expect(await lint(cwd, configOf({ paylint: null }))).toEqual([RULE]);
});

test("sees that a file has changed since, as in an editor that keeps ESLint running", async () => {
  const cwd = makeTree({ "webhook.js": ROUTER, "app.js": RAW });
  vi.useFakeTimers({ toFake: ["Date"] });
  expect(await lint(cwd)).toEqual([]);
  writeFileSync(path.join(cwd, "app.js"), PARSING);
  vi.setSystemTime(Date.now() + 5_000);
  expect(await lint(cwd)).toEqual([RULE]);
});

describe("a text that is no file leads nowhere", () => {
  const cwd = (): string => makeTree({ "app.js": PARSING });

  test("of an unknown name", () => {
    const linter = new Linter({ cwd: cwd() });
    expect(linter.verify(ROUTER, configOf())).toEqual([]);
  });

  test("of a name that is not on disk", () => {
    const linter = new Linter({ cwd: cwd() });
    expect(linter.verify(ROUTER, configOf(), { filename: "webhook.js" })).toEqual([]);
  });

  test("inside of a file", () => {
    const linter = new Linter({ cwd: makeTree({ "webhook.js": ROUTER, "app.js": PARSING }) });
    const preprocess = (text: string) => [{ text, filename: "0.js" }];
    const config = configOf().map((each) => ({
      ...each,
      files: ["**/*.js"],
      processor: { preprocess, postprocess: (messages: Linter.LintMessage[][]) => messages.flat() },
    }));
    expect(linter.verify(ROUTER, config, { filename: "webhook.js" })).toEqual([]);
  });
});

test("oxlint follows what a file leads to, too", { timeout: 60_000 }, async () => {
  const plugin = path.resolve(import.meta.dirname, "../src/index.ts");
  const said = await oxlint(plugin, [
    { fileName: "webhook.js", origin: "webhook", text: ROUTER },
    { fileName: "app.js", origin: "app", text: app("json()", "../0/webhook.js") },
    { fileName: "alone.js", origin: "alone", text: ROUTER },
  ]);
  const rules = said.map((lines) => lines?.filter((line) => line.includes("verify-before-parse")).length);
  expect(rules).toEqual([1, 0, 0]);
});
