import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** What a run took, in seconds. */
export interface Cost {
  readonly elapsed: number;
  /** Of all threads together, in user and system mode. */
  readonly processor: number;
}

export interface Contender {
  readonly name: string;
  run(): Cost | Promise<Cost>;
}

/** What contenders took in each round, by name. */
export class Rounds {
  readonly #costs: ReadonlyMap<string, readonly Cost[]>;

  constructor(costs: ReadonlyMap<string, readonly Cost[]>) {
    this.#costs = costs;
  }

  /** How often one took what another took: within a round the machine is the same, so its medians are of ratios. */
  ratio(of: string, to: string): Cost {
    const base = this.#costs.get(to)!;
    const ratios = this.#costs.get(of)!.map(({ elapsed, processor }, round) => ({
      elapsed: elapsed / base[round]!.elapsed,
      processor: processor / base[round]!.processor,
    }));
    return {
      elapsed: median(ratios.map(({ elapsed }) => elapsed)),
      processor: median(ratios.map(({ processor }) => processor)),
    };
  }
}

/**
 * Runs contenders in turn, A B A B, so that what slows the machine slows them all. A first round that fills the caches
 * does not count.
 */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<Rounds> {
  const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of contenders) {
      const cost = await run();
      if (round > 0) costs.get(name)!.push(cost);
    }
  }
  return new Rounds(costs);
}

/** Measures synchronous work in this process. */
export function timeWork(work: () => void): Cost {
  const usage = process.cpuUsage();
  const start = performance.now();
  work();
  const elapsed = (performance.now() - start) / 1000;
  return { elapsed, processor: seconds(process.cpuUsage(usage)) };
}

/** Tells on the fourth stream, when the process ends, what processor time it took. */
const TELL_USAGE = `import { writeSync } from "node:fs";
process.on("exit", () => writeSync(3, JSON.stringify(process.cpuUsage())));`;

/**
 * Measures a process of the Node at hand from its start to its end.
 * @throws when it ends with an exit code of 2 or more, which tells for linters that they could not run
 */
export async function timeProcess(args: readonly string[], cwd: string): Promise<Cost> {
  const preload = `data:text/javascript,${encodeURIComponent(TELL_USAGE)}`;
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const errors = collect(child.stderr!);
  const usage = collect(child.stdio[3] as Readable);
  const [code] = (await once(child, "close")) as [number | null];
  const elapsed = (performance.now() - start) / 1000;
  if (code !== 0 && code !== 1) throw new Error(`${args.join(" ")} ended with ${code}:\n${await errors}`);
  return { elapsed, processor: seconds(JSON.parse(await usage) as NodeJS.CpuUsage) };
}

async function collect(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
