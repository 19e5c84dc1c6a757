// `npm run bench:secrets [FOLDER]`: scanning for secrets, Paylint beside secretlint, as ratios within this run. Of a
// folder that is given, secretlint looks at every file and Paylint at those that it reads; of the bench's own all are.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { rules } from "@paylint/engine";
import { compare, timeProcess } from "./measure.ts";
import { openTree } from "./tree.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" } },
});
const rounds = Number(values.rounds);
const root = path.resolve(import.meta.dirname, "..");
const CLI = path.join(root, "server/bin/paylint.js");
const SECRETLINT = path.join(root, "node_modules/secretlint/bin/secretlint.js");
const PRESET = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend" }] };
const OTHER_RULES = rules.filter(({ id }) => id !== "no-hardcoded-secrets");

const { folder, label } = openTree(positionals[0]);
const temporary = mkdtempSync(path.join(tmpdir(), "paylint-bench-"));
try {
  const settings = path.join(temporary, "secretlintrc.json");
  writeFileSync(settings, JSON.stringify(PRESET));
  const check = [CLI, "check", ".", "--no-gitignore"];
  const taken = await compare(
    [
      {
        name: "secretlint",
        run: () => timeProcess([SECRETLINT, "**/*", "--no-gitignore", "--secretlintrc", settings], folder),
      },
      {
        name: "secrets",
        run: () =>
          timeProcess([...check, ...OTHER_RULES.flatMap(({ id }) => ["--rule", `${id}:off`])], folder),
      },
      { name: "all", run: () => timeProcess(check, folder) },
    ],
    rounds,
  );
  console.log(`${label}; medians of ${rounds} rounds, goals for the time elapsed\n`);
  for (const [what, of, goal] of [
    ["Paylint, secrets alone : secretlint", "secrets", 1],
    ["Paylint, all rules     : secretlint", "all", 2],
  ] as const) {
    const { elapsed, processor } = taken.ratio(of, "secretlint");
    console.log(
      `${what}   ${elapsed.toFixed(2)} x elapsed, ${processor.toFixed(2)} x processor   goal: at most ${goal} x`,
    );
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
