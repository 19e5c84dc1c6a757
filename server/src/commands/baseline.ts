import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { entriesFor } from "../project/baseline/baseline.ts";
import {
  BASELINE_FILE,
  type BaselineEntry,
  type BaselineFile,
  emptyBaseline,
  readBaseline,
  writeBaseline,
} from "../project/baseline/baseline-file.ts";
import { count } from "../checklist/words.ts";
import { check, type CheckOptions } from "../project/check.ts";
import { reasonOf } from "../project/errors.ts";
import { loadSettings, nearestAbove } from "../project/settings.ts";
import { existsSync } from "node:fs";
import { CLEAN, RunError } from "./outcome.ts";
import { write } from "./output.ts";
import { clock } from "./workspace.ts";

interface CreateFlags {
  readonly preset: "recommended" | "strict";
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
  readonly force?: true;
}

/** `paylint baseline create`, `prune` and `list`; `worker` is the module that their threads run. */
export function addBaseline(program: Command, worker: URL): void {
  const baseline = program
    .command("baseline")
    .description(`findings that are known already, in ${BASELINE_FILE}: paylint check tells only others`);
  preset(
    baseline
      .command("create")
      .description("take down all findings that there are now")
      .option("--reason <text>", "why they may stay", "found before Paylint came")
      .option("--owner <name>", "who sees to them")
      .option("--until <date>", "the last day on which they are not told, YYYY-MM-DD", readDate)
      .option("--force", "replace a baseline that is there"),
  ).action(async (flags: CreateFlags) => {
    process.exitCode = await create(flags, worker);
  });
  preset(
    baseline.command("prune").description("take out what no finding fits any more, and what is over"),
  ).action(async (flags: CreateFlags) => {
    process.exitCode = await prune(flags, worker);
  });
  baseline
    .command("list")
    .description("tell what the baseline knows")
    .action(() => {
      process.exitCode = list();
    });
}

function preset(command: Command): Command {
  return command.option("--preset <name>", "which rules are on, as for paylint check", "recommended");
}

/** The baseline that counts in a folder, by its path; undefined when there is none. */
export function findBaseline(folder: string): string | undefined {
  return nearestAbove(folder, BASELINE_FILE);
}

/** Today in the place where Paylint runs, `YYYY-MM-DD`. */
export function today(): string {
  const now = clock()();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

async function create({ preset, reason, owner, until, force }: CreateFlags, worker: URL): Promise<number> {
  const { folder, options } = projectAt(preset, worker);
  const file = path.join(folder, BASELINE_FILE);
  if (existsSync(file) && !force)
    throw new RunError(
      `${file} is there already. Take out what is repaired with paylint baseline prune, or replace it: paylint baseline create --force`,
    );
  const { salt } = emptyBaseline();
  const { files } = await check(["."], { ...options, salt });
  const said = {
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(until !== undefined && { until }),
  };
  const findings = entriesFor(files, folder, said);
  save(file, { salt, findings });
  write(`${file} knows ${count(sumOf(findings), "finding")}. paylint check tells others only.\n`);
  return CLEAN;
}

async function prune({ preset }: CreateFlags, worker: URL): Promise<number> {
  const { options } = projectAt(preset, worker);
  const known = existing();
  const result = await check(["."], { ...options, baseline: { file: known, today: today() } });
  const left = result.baseline!.left;
  const findings = known.findings.flatMap((entry): BaselineEntry[] => {
    const { count = 1, ...rest } = entry;
    const still = count - (left.get(entry.digest) ?? 0);
    if (still === 0) return [];
    return [still === 1 ? rest : { ...rest, count: still }];
  });
  save(known.file, { salt: known.salt, findings });
  const gone = sumOf(known.findings) - sumOf(findings);
  write(`${count(gone, "finding")} taken out, ${count(sumOf(findings), "finding")} left in ${known.file}.\n`);
  return CLEAN;
}

function list(): number {
  const { findings, file } = existing();
  const lines = findings.map(({ rule, file: name, count = 1, reason, owner, until }) => {
    const times = count > 1 ? ` (${count} times)` : "";
    const said = [reason, owner && `owner: ${owner}`, until && `until ${until}`].filter(Boolean).join("; ");
    return `${name}  ${rule}${times}${said && `  -- ${said}`}`;
  });
  write([...lines, `${count(sumOf(findings), "finding")} in ${file}`, ""].join("\n"));
  return CLEAN;
}

function existing(): BaselineFile {
  const file = findBaseline(process.cwd());
  if (file === undefined)
    throw new RunError(`There is no ${BASELINE_FILE} here or above. Begin one with: paylint baseline create`);
  return readBaseline(file);
}

/** A baseline is of a whole project: of the folder with its settings, else of the current one. */
function projectAt(name: CreateFlags["preset"], worker: URL): { folder: string; options: CheckOptions } {
  if (!/^(?:recommended|strict)$/.test(name))
    throw new RunError(`There is no preset "${name}": write recommended or strict.`);
  const settings = loadSettings(process.cwd(), name);
  const known = findBaseline(process.cwd());
  const folder = path.dirname(known ?? settings.file ?? path.join(process.cwd(), BASELINE_FILE));
  return {
    folder,
    options: {
      cwd: folder,
      gitignore: true,
      ignores: (entry, isFolder) => settings.ignores(entry, isFolder),
      rules: settings.rules,
      overrides: settings.overrides,
      link: true,
      threads: undefined,
      worker,
    },
  };
}

function save(file: string, content: Parameters<typeof writeBaseline>[1]): void {
  try {
    writeBaseline(file, content);
  } catch (error) {
    throw new RunError(`${file} could not be written: ${reasonOf(error)}.`);
  }
}

function sumOf(entries: readonly BaselineEntry[]): number {
  return entries.reduce((sum, { count = 1 }) => sum + count, 0);
}

function readDate(value: string): string {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  if (!isDate) throw new InvalidArgumentError("Write a day as YYYY-MM-DD.");
  return value;
}
