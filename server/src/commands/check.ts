import path from "node:path";
import { type Preset, rules, type RuleSetting } from "@paylint/engine";
import { type Command, InvalidArgumentError, Option } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { findBaseline, readBaseline } from "../project/baseline/baseline-file.ts";
import { defaultCacheFile, programOf } from "../project/check-cache.ts";
import { type Scope, SCOPES } from "../project/changed.ts";
import { check, checkChanged, type CheckOptions, checkStaged } from "../project/check.ts";
import { rulesOn } from "../project/file-rules.ts";
import { RULE as HISTORY_RULE } from "../project/history-search.ts";
import { checkHistory } from "../project/history.ts";
import { readSeverity, severityMessage, unknownRuleMessage } from "../project/parse-settings.ts";
import type { CheckResult } from "../project/results.ts";
import type { Shard } from "../project/shard.ts";
import { loadSettings } from "../project/settings.ts";
import { reporters } from "../report/index.ts";
import { totalsOf } from "../report/report.ts";
import { today } from "./baseline.ts";
import { collectFormat, FORMATS, reportsFor, type WantedReport } from "./formats.ts";
import { CLEAN, FINDINGS, RunError } from "./outcome.ts";
import { type OutputFlags, usesColour, write } from "./output.ts";
import { Progress } from "./progress.ts";
import { clock } from "./workspace.ts";

interface CheckFlags extends OutputFlags {
  readonly format?: readonly WantedReport[];
  readonly preset: Preset;
  readonly rule?: Readonly<Record<string, RuleSetting>>;
  readonly staged?: true;
  readonly changed?: string;
  readonly changedScope: Scope;
  readonly history?: true;
  readonly maxWarnings?: number;
  readonly shard?: Shard;
  readonly cache?: true;
  readonly cacheLocation?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly gitignore: boolean;
  readonly link: boolean;
  readonly baseline?: string | false;
  readonly threads?: number;
}

/** `paylint check`; `worker` is the module that its threads run. */
export function addCheck(program: Command, worker: URL): void {
  program
    .command("check")
    .description("lint code, configuration, scripts and documentation")
    .argument("[paths...]", "files, folders and quoted patterns (default: the current folder)")
    .option(
      "-f, --format <name[=file]>",
      `how findings are told, and in which file; may be repeated (choices: ${FORMATS.map((name) => `"${name}"`).join(", ")}, default: "stylish")`,
      collectFormat,
    )
    .option("-o, --output <file>", "write the report that names no file to this one instead of the terminal")
    .addOption(
      new Option("--preset <name>", "which rules are on")
        .choices(["recommended", "strict"])
        .default("recommended"),
    )
    .option("--rule <id:severity>", "set one rule to off, warning or error; may be repeated", collectRule)
    .option("--staged", "check what is staged for the next commit, and of no other file")
    .addOption(
      new Option("--changed <base>", "check what was changed since it left a branch or commit").conflicts([
        "staged",
        "history",
      ]),
    )
    .addOption(
      new Option(
        "--changed-scope <name>",
        "tell findings on changed lines, or all of the files that may be concerned",
      )
        .choices(SCOPES)
        .default("lines"),
    )
    .addOption(
      new Option("--history", "look for keys in all that was ever committed, and for nothing else").conflicts(
        "staged",
      ),
    )
    .option(
      "--shard <number/of>",
      "check one of several parts of the files, as 2/5; see paylint merge",
      readShard,
    )
    .option(
      "--max-warnings <number>",
      "end with 0 in spite of warnings, if there are no errors and no more than so many of them",
      readWarnings,
    )
    .option("--quiet", "tell errors only, no warnings")
    .option("--verbose", "list every file that was skipped, and why")
    .option("--no-gitignore", "check files that git ignores, too")
    .option("--no-link", "look at each file alone, not at what it imports")
    .option(
      "--baseline <file>",
      "findings that are known already (default: the nearest paylint-baseline.json)",
    )
    .option("--no-baseline", "tell all findings, known or not")
    .addOption(
      new Option(
        "--cache",
        "lint only what changed since the last run with --cache, or hangs on it",
      ).conflicts(["staged", "history", "changed"]),
    )
    .option(
      "--cache-location <file>",
      "where what was found is kept (default: below node_modules/.cache, or .paylintcache)",
    )
    .option("--threads <number>", "how many threads lint (default: as many as pay)", readThreads)
    .option("--color", "use colours even when the output is no terminal")
    .option("--no-color", "use no colours")
    .addHelpText("after", "\nExit codes: 0 no findings, 1 findings, 2 the check could not run.")
    .action(async (paths: string[], flags: CheckFlags) => {
      process.exitCode = await runCheck(paths, flags, worker);
    });
}

async function runCheck(paths: readonly string[], flags: CheckFlags, worker: URL): Promise<number> {
  const cwd = process.cwd();
  const reports = reportsFor(flags.format, flags.output);
  const settings = loadSettings(cwd, flags.preset);
  // What the command line says counts for every file.
  const overrides = [...settings.overrides, { rules: flags.rule ?? {} }];
  const projectRules = { rules: settings.rules, overrides };
  const lint = wayToCheck(flags);
  const checked = await lint(paths.length > 0 ? paths : ["."], {
    cwd,
    gitignore: flags.gitignore,
    ignores: (entry, isFolder) => settings.ignores(entry, isFolder),
    ...projectRules,
    link: flags.link,
    shard: flags.shard,
    cache: cacheFor(cwd, flags, worker),
    fixes: reports.some(({ format }) => format === "sarif"),
    baseline: flags.history ? undefined : baselineFor(cwd, flags),
    threads: flags.threads,
    worker,
  });
  const on = rulesOn(projectRules);
  const result = flags.quiet ? withoutWarnings(checked) : checked;
  const input = {
    result,
    rules: rules.filter(({ id }) => on.has(id)),
    version: manifest.version,
    now: clock()(),
    verbose: flags.verbose ?? false,
  };
  for (const { format, file: output } of reports)
    write(reporters[format]({ ...input, colour: usesColour({ ...flags, output }) }), output);
  // A commit may well change nothing that Paylint reads.
  const isPart = flags.shard !== undefined;
  if (result.files.length === 0 && !isPart && !flags.staged && !flags.history && flags.changed === undefined)
    throw new RunError(nothingLinted(result));
  const { errors, warnings } = totalsOf(result.files);
  return errors > 0 || warnings > (flags.maxWarnings ?? 0) ? FINDINGS : CLEAN;
}

function wayToCheck({ history, staged, changed: base, changedScope: scope }: CheckFlags): typeof check {
  if (base !== undefined) return (paths, options) => checkChanged(paths, { base, scope }, options);
  if (history) return checkHistoryAloud;
  return staged ? checkStaged : check;
}

function cacheFor(cwd: string, { cache, cacheLocation }: CheckFlags, worker: URL): CheckOptions["cache"] {
  if (!cache) return undefined;
  const file = cacheLocation === undefined ? defaultCacheFile(cwd) : path.resolve(cwd, cacheLocation);
  return { file, program: programOf(manifest.version, worker) };
}

function baselineFor(cwd: string, { baseline }: CheckFlags): CheckOptions["baseline"] {
  if (baseline === false) return undefined;
  const file = baseline === undefined ? findBaseline(cwd) : path.resolve(cwd, baseline);
  return file === undefined ? undefined : { file: readBaseline(file), today: today() };
}

async function checkHistoryAloud(paths: readonly string[], options: CheckOptions): Promise<CheckResult> {
  if (!rulesOn(options).has(HISTORY_RULE))
    throw new RunError(`${HISTORY_RULE} is off, and --history looks for nothing else.`);
  const progress = new Progress();
  try {
    return await checkHistory(paths, options, (scope) => progress.tell(scope));
  } finally {
    progress.end();
  }
}

function withoutWarnings(result: CheckResult): CheckResult {
  const files = result.files.map((file) => ({
    ...file,
    findings: file.findings.filter(({ severity }) => severity === "error"),
  }));
  return { ...result, files };
}

function nothingLinted({ skipped, failures }: CheckResult): string {
  if (failures.length > 0) return "Nothing was checked: no file could be read.";
  if (skipped.length > 0) return "Nothing was checked: every file was skipped.";
  return "Nothing was checked: there is no file of a kind that Paylint reads, such as JavaScript, TypeScript, .env, JSON or YAML.";
}

function collectRule(
  value: string,
  collected: Readonly<Record<string, RuleSetting>> = {},
): Readonly<Record<string, RuleSetting>> {
  const [id = "", written] = value.split(":").map((part) => part.trim());
  if (!rules.some((rule) => rule.id === id))
    throw new InvalidArgumentError(`${unknownRuleMessage(id, rules)}.`);
  const severity = readSeverity(written);
  if (!severity) throw new InvalidArgumentError(`${severityMessage(written ?? "")}, as in ${id}:warning.`);
  return { ...collected, [id]: { severity } };
}

function readShard(value: string): Shard {
  const [, number = 0, of = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(value) ?? []).map(Number);
  if (number < 1 || number > of)
    throw new InvalidArgumentError("Write the part and how many there are, as in 2/5.");
  return { number, of };
}

function readWarnings(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("Give a whole number, 0 or more.");
  return Number(value);
}

function readThreads(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError("Give a whole number from 1 to 999.");
  return Number(value);
}
