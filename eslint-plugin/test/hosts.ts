import * as babel from "@babel/eslint-parser";
import { LineIndex, lintText, observeModule, rules } from "@paylint/engine";
import * as typescript from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { Linter as Linter9 } from "eslint-9";
import * as espree from "espree";
import paylint from "../src/index.ts";
import { moduleOf } from "../src/module.ts";
import type { Sample } from "./samples.ts";

/** What is said of a sample, as lines that can be compared. */
export interface Said {
  readonly findings: readonly string[];
  /** What the findings were judged from, the facts that no rule reports included. */
  readonly observations: readonly string[];
}

/** One way in which a file reaches the rules. */
export interface Host {
  readonly name: string;
  /** Undefined when the parser does not take the sample. */
  lint(sample: Sample): Said | undefined;
}

/** Paylint's own front ends: the command line and the editor. */
export const engine: Host = {
  name: "engine",
  lint({ fileName, text: stored }) {
    // Files are read, and opened in an editor, without their byte order mark.
    const text = stored.replace(/^\uFEFF/, "");
    const settings = Object.fromEntries(rules.map(({ id }) => [id, { severity: "error" } as const]));
    const { findings, observations } = lintText({ fileName, text }, settings);
    const lines = new LineIndex(text);
    const placed = findings.map(({ ruleId, range, message }) => {
      const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
      return said(start.line + 1, start.column + 1, end.line + 1, end.column + 1, ruleId, message);
    });
    return { findings: placed.sort(), observations: facts(observations) };
  },
};

export function said(
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  ruleId: string,
  message: string,
): string {
  return `${line}:${column}-${endLine}:${endColumn} ${ruleId}: ${message}`;
}

function facts(observations: ReturnType<typeof observeModule>): string[] {
  return observations.map((observation) => JSON.stringify(observation)).sort();
}

const KINDS = [...new Set(rules.map(({ observes }) => observes))];

const JSX = { ecmaFeatures: { jsx: true } };

export const parsers: readonly Host[] = [
  eslint("espree", Linter, { parser: espree, parserOptions: JSX }, isPlain),
  eslint("espree, script", Linter, { parser: espree, sourceType: "script", parserOptions: JSX }, isPlain),
  eslint("espree, CommonJS", Linter, { parser: espree, sourceType: "commonjs", parserOptions: JSX }, isPlain),
  eslint("espree, ESLint 9", Linter9 as unknown as typeof Linter, { parserOptions: JSX }, isPlain),
  eslint("@typescript-eslint/parser", Linter, { parser: typescript as Linter.Parser, parserOptions: JSX }),
  eslint(
    "@typescript-eslint/parser, CommonJS",
    Linter,
    { parser: typescript as Linter.Parser, sourceType: "commonjs", parserOptions: JSX },
    isPlain,
  ),
  eslint("@babel/eslint-parser", Linter, ({ fileName }) => ({
    parser: babel as unknown as Linter.Parser,
    parserOptions: {
      requireConfigFile: false,
      babelOptions: {
        babelrc: false,
        configFile: false,
        parserOpts: {
          plugins: [
            "decorators-legacy",
            "decoratorAutoAccessors",
            ...(isPlain({ fileName }) ? ["jsx"] : ["typescript"]),
            ...(/x$/.test(fileName) ? ["jsx"] : []),
          ],
        },
      },
    },
  })),
];

function isPlain({ fileName }: Pick<Sample, "fileName">): boolean {
  return /\.[cm]?jsx?$/.test(fileName);
}

type LanguageOptions = Linter.LanguageOptions;

function eslint(
  name: string,
  Host: typeof Linter,
  options: LanguageOptions | ((sample: Sample) => LanguageOptions),
  takes: (sample: Sample) => boolean = () => true,
): Host {
  const linter = new Host();
  return {
    name,
    lint(sample) {
      if (!takes(sample)) return undefined;
      let observations: readonly string[] = [];
      const observe = {
        create: (context: Parameters<typeof moduleOf>[0]) => ({
          Program: () => {
            const module = moduleOf(context);
            observations = facts(KINDS.flatMap((kind) => observeModule(module, kind)));
          },
        }),
      };
      const config: Linter.Config = {
        files: ["**/*.*"],
        languageOptions: typeof options === "function" ? options(sample) : options,
        linterOptions: { reportUnusedDisableDirectives: "off" },
        plugins: { paylint, test: { rules: { observe } } },
        rules: {
          "test/observe": "error",
          ...Object.fromEntries(rules.map(({ id }) => [`paylint/${id}`, "error" as const])),
        },
      };
      const messages = linter.verify(sample.text, [config], { filename: sample.fileName });
      if (messages.some(({ fatal }) => fatal)) return undefined;
      // A sample may have comments for rules that are not here, of which ESLint complains in their name.
      const findings = messages
        .filter(({ ruleId }) => ruleId?.startsWith("paylint/"))
        .map(({ ruleId, line, column, endLine, endColumn, message }) =>
          said(line, column, endLine!, endColumn!, ruleId!.replace("paylint/", ""), message),
        );
      return { findings: findings.sort(), observations };
    },
  };
}
