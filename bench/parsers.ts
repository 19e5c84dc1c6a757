import { parseForESLint } from "@typescript-eslint/parser";
import { analyze } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { parseSync } from "oxc-parser";
import { parseJavaScript } from "../engine/src/parse/javascript.ts";
import { compare, type Contender, timeWork } from "./measure.ts";
import type { Script } from "./tree.ts";

/** Enough for steady figures, in UTF-16 units. */
const ENOUGH = 4e6;

export const BASE = "@typescript-eslint/parser";

/** How many times as fast as ESLint's usual parser each parser is, scopes included. */
export async function compareParsers(
  scripts: readonly Script[],
  rounds: number,
): Promise<Map<string, number>> {
  const sample = takeEvenly(scripts);
  const contender = (name: string, parse: (script: Script) => void): Contender => ({
    name,
    run: () => timeWork(() => sample.forEach(parse)),
  });
  const others = [
    contender("@babel/parser (Paylint's)", (script) => parseJavaScript(script)),
    contender("oxc-parser (native)", (script) => forgiving(() => parseWithOxc(script))),
  ];
  const base = contender(BASE, (script) =>
    forgiving(() => parseForESLint(script.text, typescriptOptions(script.fileName))),
  );
  const taken = await compare([base, ...others], rounds);
  return new Map(others.map(({ name }) => [name, taken.ratio(BASE, name).processor]));
}

function typescriptOptions(filePath: string): Parameters<typeof parseForESLint>[1] {
  const jsx = !/\.[cm]?ts$/i.test(filePath);
  return {
    filePath,
    range: true,
    loc: true,
    tokens: true,
    comment: true,
    ecmaFeatures: { jsx },
    sourceType: "module",
  };
}

function parseWithOxc({ fileName, text }: Script): void {
  const { program } = parseSync(fileName, text, { range: true, astType: "ts", preserveParens: false });
  analyze(program as unknown as TSESTree.Program, { sourceType: "module", lib: [], jsxPragma: null });
}

/** Code that a parser refuses is part of what it is given; the time until then counts. */
function forgiving(parse: () => void): void {
  try {
    parse();
  } catch {
    // Refused.
  }
}

function takeEvenly(scripts: readonly Script[]): Script[] {
  const total = scripts.reduce((sum, { text }) => sum + text.length, 0);
  const step = Math.max(1, Math.ceil(total / ENOUGH));
  return scripts.filter((_, at) => at % step === 0);
}
