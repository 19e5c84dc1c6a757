import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";

/** What a run took, in seconds. */
export interface Cost {
  readonly elapsed: number;
  /** Of all threads together, in user and system mode. */
  readonly processor: number;
}

/** What a process took. */
export interface ProcessCost extends Cost {
  /** The most memory that it held at a time, in megabytes. */
  readonly memory: number;
}

export interface Contender<Taken extends Cost = Cost> {
  readonly name: string;
  run(): Taken | Promise<Taken>;
}

/** What contenders took in each round, by name. */
export class Rounds<Taken extends Cost = Cost> {
  readonly #costs: ReadonlyMap<string, readonly Taken[]>;

  constructor(costs: ReadonlyMap<string, readonly Taken[]>) {
    this.#costs = costs;
  }

  /** The median of one figure of a contender. */
  typical(of: string, figure: keyof Taken): number {
    return median(this.#costs.get(of)!.map((cost) => Number(cost[figure])));
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
export async function compare<Taken extends Cost>(
  contenders: readonly Contender<Taken>[],
  rounds: number,
): Promise<Rounds<Taken>> {
  const costs = new Map<string, Taken[]>(contenders.map(({ name }) => [name, []]));
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

/** Tells on the fourth stream, when the process ends, what it took. */
const TELL_USAGE = `import { writeSync } from "node:fs";
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

/**
 * Measures a process of the Node at hand from its start to its end.
 * @throws when it ends with an exit code of 2 or more, which tells for linters that they could not run
 */
export async function timeProcess(args: readonly string[], cwd: string): Promise<ProcessCost> {
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
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(await usage) as NodeJS.ResourceUsage;
  return { elapsed, processor: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
}

/** Milliseconds between two looks at a program's memory, whose peak the system keeps. */
const LOOK = 5;

/**
 * Measures a program that is not Node's from its start to its end; its processor time stays unknown, and its memory
 * where the system does not tell it in /proc.
 * @throws when it ends with an exit code of 2 or more
 */
export async function timeProgram(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<ProcessCost> {
  const start = performance.now();
  const child = spawn(program, args, { cwd, stdio: "ignore" });
  let memory = NaN;
  const looking = setInterval(() => (memory = peakOf(child.pid) ?? memory), LOOK);
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(looking);
  if (code !== 0 && code !== 1) throw new Error(`${program} ended with ${code}`);
  return { elapsed: (performance.now() - start) / 1000, processor: NaN, memory };
}

/** In megabytes; undefined for a process that is gone, and for systems without /proc. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
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
