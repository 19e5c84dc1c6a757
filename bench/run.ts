// `npm run bench [FOLDER]`: how fast Paylint is, as ratios within this run; seconds of one machine say nothing elsewhere.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { compare, type Cost, timeProcess } from "./measure.ts";
import { BASE, compareParsers } from "./parsers.ts";
import { openTree, type Tree } from "./tree.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" } },
});
const rounds = Number(values.rounds);
const CLI = path.resolve(import.meta.dirname, "../server/bin/paylint.js");
const ESLINT = path.resolve(import.meta.dirname, "eslint.ts");

interface Row {
  readonly what: string;
  readonly elapsed: string;
  readonly processor: string;
  readonly goal: string;
}

const tree = openTree(positionals[0]);
console.log(`${tree.label}; medians of ${rounds} rounds\n`);
print([...(await parserRows(tree)), ...(await linterRows(tree))]);

async function parserRows({ scripts }: Tree): Promise<Row[]> {
  const speeds = await compareParsers(scripts, rounds);
  return [...speeds].map(([name, speed]) => ({
    what: `${name} with scopes : ${BASE}`,
    elapsed: "",
    processor: times(speed),
    goal: "",
  }));
}

async function linterRows({ folder, scripts }: Tree): Promise<Row[]> {
  const temporary = mkdtempSync(path.join(tmpdir(), "paylint-bench-list-"));
  try {
    const list = path.join(temporary, "files.json");
    writeFileSync(list, JSON.stringify(scripts.map(({ fileName }) => fileName)));
    const taken = await compare(
      [
        { name: "eslint", run: () => timeProcess([ESLINT, list], folder) },
        { name: "empty", run: () => timeProcess([ESLINT, list, "empty"], folder) },
        { name: "plugin", run: () => timeProcess([ESLINT, list, "plugin"], folder) },
        { name: "paylint", run: () => timeProcess([CLI, "check", "."], folder) },
      ],
      rounds,
    );
    return [
      row("paylint check : ESLint without rules", taken.ratio("eslint", "paylint"), times, "at least 8 x"),
      row(
        "ESLint with our preset : without rules",
        taken.ratio("plugin", "eslint"),
        percent,
        "at most +10 %",
      ),
      row("ESLint with our preset : with one empty rule", taken.ratio("plugin", "empty"), percent, ""),
    ];
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function row(what: string, ratio: Cost, show: (ratio: number) => string, goal: string): Row {
  return { what, elapsed: show(ratio.elapsed), processor: show(ratio.processor), goal };
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)} x`;
}

function percent(ratio: number): string {
  const more = (ratio - 1) * 100;
  return `${more < 0 ? "" : "+"}${more.toFixed(1)} %`;
}

function print(rows: readonly Row[]): void {
  const head = { what: "", elapsed: "elapsed", processor: "processor", goal: "goal" };
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, elapsed, processor, goal } of [head, ...rows])
    console.log(
      [what.padEnd(width), elapsed.padStart(9), processor.padStart(10), `  ${goal}`].join(" ").trimEnd(),
    );
}
