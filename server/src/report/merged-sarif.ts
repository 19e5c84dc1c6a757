import type { Log, Result, Run } from "sarif";
import type { Shard } from "../project/shard.ts";

/** A log that a run of Paylint wrote, with the name of its file. */
export interface NamedLog {
  readonly name: string;
  readonly log: Log;
}

/** The part of a project that a log says it is of. */
function shardIn({ log }: NamedLog): Shard | undefined {
  return (log.runs[0]?.properties as { shard?: Shard } | undefined)?.shard;
}

/** What keeps logs from being one: a part that is missing, or there twice; logs of runs that did not share their work. */
export function flawsOf(logs: readonly NamedLog[]): readonly string[] {
  const shards = logs.map((each) => ({ ...each, shard: shardIn(each) }));
  const strangers = shards
    .filter(({ shard }) => !shard)
    .map(({ name }) => `${name} is not of a run with --shard`);
  if (strangers.length > 0) return strangers;
  const of = shards[0]!.shard!.of;
  const others = shards
    .filter(({ shard }) => shard!.of !== of)
    .map(({ name, shard }) => `${name} is one of ${shard!.of} parts, not of ${of}`);
  const missing = Array.from({ length: of }, (_, at) => at + 1)
    .filter((number) => !shards.some(({ shard }) => shard!.number === number))
    .map((number) => `Part ${number} of ${of} is missing`);
  return [...others, ...(others.length > 0 ? [] : missing)];
}

/** One log of several: their rules, results, each once, and what their runs had to say. */
export function mergedSarif(logs: readonly NamedLog[]): string {
  const runs = logs.flatMap(({ log }) => log.runs);
  const [first] = runs;
  const rules = [
    ...new Map(runs.flatMap((run) => run.tool.driver.rules ?? []).map((rule) => [rule.id, rule])).values(),
  ];
  const results = new Map(runs.flatMap((run) => run.results ?? []).map((result) => [keyOf(result), result]));
  const suppresses = [...results.values()].some(({ suppressions }) => suppressions);
  const run: Run = {
    ...first!,
    // It is the whole, and no part any more.
    properties: {},
    tool: { ...first!.tool, driver: { ...first!.tool.driver, rules } },
    invocations: [
      {
        executionSuccessful: runs.every(
          (each) => each.invocations?.every(({ executionSuccessful }) => executionSuccessful) ?? true,
        ),
        toolExecutionNotifications: runs
          .flatMap((each) => each.invocations ?? [])
          .flatMap((each) => each.toolExecutionNotifications ?? []),
      },
    ],
    results: [...results.values()].map((result) => ({
      ...result,
      ruleIndex: rules.findIndex(({ id }) => id === result.ruleId),
      ...(suppresses && { suppressions: result.suppressions ?? [] }),
    })),
  };
  return `${JSON.stringify({ ...logs[0]!.log, runs: [run] }, undefined, 2)}\n`;
}

function keyOf({ ruleId, locations, message }: Result): string {
  return JSON.stringify([ruleId, locations?.[0]?.physicalLocation, message.text]);
}

/** Whether a log has results that nothing suppresses. */
export function hasFindings({ log }: NamedLog): boolean {
  return log.runs.some((run) => run.results?.some(({ suppressions }) => !suppressions?.length));
}
