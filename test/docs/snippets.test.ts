import { beforeAll, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { paylint } from "../../server/test/cli/run.ts";
import { makeTree } from "../../server/test/tree.ts";
import { pages, read, type Snippet, snippetsOf } from "./pages.ts";

/*
 * What the pages tell people to copy: YAML that parses, and options that the command line has.
 */

const CI = "docs/ci.md";
const COMMANDS = [
  ...["baseline create", "baseline list", "baseline prune"],
  ...["check", "init", "report", "sign", "status"],
];

/** Pages that speak of the command line of today; the others are of rules, or tell what was. */
const TOLD = pages().filter((page) => !/^(?:CHANGELOG|examples|eslint-plugin\/docs)/.test(page));

interface Invocation {
  readonly command: string;
  readonly options: readonly string[];
  readonly origin: string;
}

/** The help of each command. */
const help = new Map<string, string>();

beforeAll(async () => {
  const cwd = makeTree({}, (cleanUp) => process.once("exit", cleanUp));
  for (const command of COMMANDS)
    help.set(command, (await paylint(cwd, ...command.split(" "), "--help")).stdout);
}, 60_000);

/** Every `paylint COMMAND` in a text, with its options up to the end of the command. */
function invocations(text: string, origin: string): Invocation[] {
  const found = text.matchAll(/\bpaylint (?<command>(?:baseline )?[a-z]+)\b(?<rest>[^\n`"'|>&#]*)/g);
  return [...found].flatMap(({ groups }) => {
    const { command = "", rest = "" } = groups!;
    return COMMANDS.includes(command)
      ? [{ command, options: rest.match(/(?<=\s)--?[a-z][\w-]*/g) ?? [], origin }]
      : [];
  });
}

test("every option that a page names is one that the command has", () => {
  const all = TOLD.flatMap((page) => invocations(read(page), page));
  expect(all.filter(({ origin }) => origin === CI).length).toBeGreaterThan(8);
  const unknown = all.flatMap(({ command, options, origin }) =>
    options
      .filter((option) => !new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(help.get(command)!))
      .map((option) => `${origin}: paylint ${command} ${option}`),
  );
  expect(unknown).toEqual([]);
});

test("every format that a page names is one that the command has", () => {
  const named = TOLD.flatMap((page) =>
    [...read(page).matchAll(/paylint (?<command>[a-z]+)\b[^\n`]* (?:--format|-f) (?<format>[a-z]+)/g)].map(
      ({ groups }) => ({ page, command: groups!.command!, format: groups!.format! }),
    ),
  );
  expect(named.length).toBeGreaterThan(4);
  const unknown = named.filter(
    ({ command, format }) =>
      !new RegExp(`choices:[^)]*"${format}"`).test(help.get(command)!.replaceAll(/\s+/g, " ")),
  );
  expect(unknown).toEqual([]);
});

test("YAML parses, without a warning", () => {
  const yaml = pages()
    .flatMap(snippetsOf)
    .filter(({ language }) => language === "yaml");
  expect(yaml.filter(({ origin }) => origin.startsWith(CI))).toHaveLength(6);
  expect(yaml.flatMap(problems)).toEqual([]);
});

function problems({ text, origin }: Snippet): string[] {
  const { errors, warnings } = parseDocument(text);
  return [...errors, ...warnings].map(({ message }) => `${origin}: ${message}`);
}

test("workflows of GitHub run in jobs with steps", () => {
  const workflows = snippetsOf(CI)
    .filter(({ language, text }) => language === "yaml" && text.includes("runs-on"))
    .map(({ text }) => parseDocument(text).toJS() as Workflow);
  expect(workflows).toHaveLength(3);
  for (const { on, jobs, permissions } of workflows) {
    expect(on).toBeDefined();
    expect(permissions.contents).toBe("read");
    for (const { steps } of Object.values(jobs)) {
      expect(steps.filter(({ run, uses }) => (run === undefined) === (uses === undefined))).toEqual([]);
      expect(steps.some(({ run }) => run?.includes("paylint check"))).toBe(true);
    }
  }
});

interface Workflow {
  readonly on: unknown;
  readonly permissions: { readonly contents: string };
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { run?: string; uses?: string }[] }>>;
}
