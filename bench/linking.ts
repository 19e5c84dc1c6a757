// `npm run bench:linking [FOLDER]`: what following other files takes beside a look at each file alone, and how both grow
// with the number of files; ratios within this run.
import path from "node:path";
import { parseArgs } from "node:util";
import { compare, timeProcess } from "./measure.ts";
import { copyTree } from "./tree.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" } },
});
const CLI = path.resolve(import.meta.dirname, "../server/bin/paylint.js");
const COPIES = [1, 2, 4];

const contenders = COPIES.map((copies) => copyTree(positionals[0], copies)).flatMap((folder, at) => [
  { name: `linked ${COPIES[at]}`, run: () => timeProcess([CLI, "check", "."], folder) },
  { name: `alone ${COPIES[at]}`, run: () => timeProcess([CLI, "check", ".", "--no-link"], folder) },
]);
const rounds = Number(values.rounds);
const taken = await compare(contenders, rounds);

console.log(
  `${positionals[0] ?? "the examples, and programs without payments"}; medians of ${rounds} rounds\n`,
);
print("", "elapsed", "processor", "goal");
for (const copies of COPIES)
  show(
    `with other files : each file alone, ${copies} x`,
    `linked ${copies}`,
    `alone ${copies}`,
    "at most 1.5 x",
  );
for (const copies of COPIES.slice(1))
  show(`${copies} x the files : 1 x, with other files`, `linked ${copies}`, "linked 1", `about ${copies} x`);

function show(what: string, of: string, to: string, goal: string): void {
  const { elapsed, processor } = taken.ratio(of, to);
  print(what, `${elapsed.toFixed(2)} x`, `${processor.toFixed(2)} x`, goal);
}

function print(what: string, elapsed: string, processor: string, goal: string): void {
  console.log(`${what.padEnd(46)} ${elapsed.padStart(9)} ${processor.padStart(10)}   ${goal}`.trimEnd());
}
