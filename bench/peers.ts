// `npm run bench:peers [FOLDER]`: what a team would run otherwise, and Paylint, on the same tree in the same run. Of a
// folder that is given, each tool looks at what it reads by itself; of the bench's own all read every file.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  compare,
  type Contender,
  type ProcessCost,
  type Rounds,
  timeProcess,
  timeProgram,
} from "./measure.ts";
import { copyTree, openTree, type Tree } from "./tree.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" } },
});
const rounds = Number(values.rounds);
const root = path.resolve(import.meta.dirname, "..");
const CLI = path.join(root, "server/bin/paylint.js");
const COPIES = [1, 2, 4, 8];

/** Its packages are a hundred megabytes for each platform, and nothing but this table needs it. */
const BIOME = "2.6.8";

const PAYLINT = "paylint check";
const ESLINT = "ESLint with security, no-secrets, node-security";

type Program = Contender<ProcessCost>;

const temporary = mkdtempSync(path.join(tmpdir(), "paylint-bench-peers-"));
try {
  const tree = openTree(positionals[0]);
  console.log(`${tree.label}; medians of ${rounds} rounds\n`);
  const contenders = [...paylint(tree), ...peers(tree)];
  printPeers(contenders, await compare(contenders, rounds));
  console.log(`\n${PAYLINT} on copies of the tree beside one another\n`);
  await printGrowth();
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function paylint({ folder }: Tree): Program[] {
  const check = [CLI, "check", ".", "--no-gitignore"];
  // The round that does not count fills the cache.
  const cached = [...check, "--cache", "--cache-location", path.join(temporary, "cache")];
  return [
    { name: PAYLINT, run: () => timeProcess(check, folder) },
    { name: `${PAYLINT}, warm cache`, run: () => timeProcess(cached, folder) },
  ];
}

function peers({ folder, scripts }: Tree): Program[] {
  const list = path.join(temporary, "files.json");
  writeFileSync(list, JSON.stringify(scripts.map(({ fileName }) => fileName)));
  const settings = path.join(temporary, "secretlintrc.json");
  writeFileSync(
    settings,
    JSON.stringify({ rules: [{ id: "@secretlint/secretlint-rule-preset-recommend" }] }),
  );
  const secretlint = [path.join(root, "node_modules/secretlint/bin/secretlint.js"), "**/*", "--no-gitignore"];
  const biome = installBiome();
  return [
    {
      name: ESLINT,
      run: () => timeProcess([path.join(import.meta.dirname, "eslint.ts"), list, "peers"], folder),
    },
    { name: "secretlint", run: () => timeProcess([...secretlint, "--secretlintrc", settings], folder) },
    {
      name: "oxlint, default rules",
      run: () => timeProcess([path.join(root, "node_modules/oxlint/bin/oxlint"), "--no-ignore", "."], folder),
    },
    {
      name: "Biome, noSecrets alone",
      run: () =>
        timeProgram(biome, ["lint", "--only=security/noSecrets", "--max-diagnostics=none", "."], folder),
    },
  ];
}

/**
 * Installs Biome through npm, whose cache keeps it for the next time; returns its program.
 * @throws when npm can neither find it in its cache nor download it
 */
function installBiome(): string {
  const args = ["install", "--prefix", temporary, "--prefer-offline", "--no-audit", "--no-fund"];
  execFileSync("npm", [...args, "--loglevel=error", `@biomejs/biome@${BIOME}`], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const { resolve } = createRequire(path.join(temporary, "node_modules/@biomejs/biome/package.json"));
  const end = process.platform === "win32" ? ".exe" : "";
  return resolve(`@biomejs/cli-${process.platform}-${process.arch}/biome${end}`);
}

function printPeers(contenders: readonly Program[], taken: Rounds<ProcessCost>): void {
  const rows = contenders.map(({ name }) => {
    const { elapsed, processor } = taken.ratio(name, PAYLINT);
    return [name, times(elapsed), times(processor), megabytes(taken.typical(name, "memory"))];
  });
  print([["", "elapsed", "processor", "peak memory"], ...rows]);
}

/** How time and memory grow: work that grows with the tree takes per copy what one copy took, or less. */
async function printGrowth(): Promise<void> {
  const contenders = COPIES.map((copies): Program => {
    const folder = copyTree(positionals[0], copies);
    return {
      name: String(copies),
      run: () => timeProcess([CLI, "check", ".", "--no-gitignore"], folder),
    };
  });
  const taken = await compare(contenders, rounds);
  const rows = contenders.map(({ name }) => {
    const { elapsed, processor } = taken.ratio(name, "1");
    const memory = megabytes(taken.typical(name, "memory"));
    return [`${name} x`, times(elapsed / Number(name)), times(processor / Number(name)), memory];
  });
  print([["copies", "elapsed per copy", "processor per copy", "peak memory"], ...rows]);
}

function times(ratio: number): string {
  return Number.isNaN(ratio) ? "–" : `${ratio.toFixed(2)} x`;
}

function megabytes(memory: number): string {
  return Number.isNaN(memory) ? "–" : `${memory.toFixed(0)} MB`;
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join("   "),
    );
}
