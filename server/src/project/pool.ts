import { Worker } from "node:worker_threads";
import { briefPlaceOf } from "./errors.ts";
import type { Target } from "./find.ts";
import type { LintContext } from "./lint-files.ts";
import type { Outcome } from "./results.ts";

export interface PoolOptions {
  /** The module that calls `serveLinting`. */
  readonly worker: URL;
  readonly threads: number;
  /** What each worker may keep in memory, in MB; the largest scripts take a third of the default. */
  readonly memory?: number;
  /** Told after each task how many files are done. */
  progress?(done: number): void;
  /** Aborted, what was not begun is left out. */
  readonly signal?: AbortSignal | undefined;
}

/** What a worker sends: first that it is there, then the outcomes of each task, in order. */
export type WorkerMessage = "ready" | readonly Outcome[];

/** A worker that ends before it could take its first task. */
export class WorkerStartError extends Error {}

/** Small enough that the threads end together, large enough that messages cost nothing. */
const TASK_SIZE = 40;

/**
 * Lints files in worker threads; the outcomes come in no order. When a worker dies, its task is repeated file by
 * file, so that only the file which kills it is given up.
 * @throws {WorkerStartError} when no worker can be started
 */
export async function lintInWorkers(
  targets: readonly Target[],
  context: LintContext,
  { worker, threads, memory = 1024, progress, signal }: PoolOptions,
): Promise<Outcome[]> {
  const tasks: (readonly Target[])[] = [];
  for (let at = 0; at < targets.length; at += TASK_SIZE) tasks.push(targets.slice(at, at + TASK_SIZE));
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    let thread: Thread | undefined;
    for (let task = tasks.shift(); task && !signal?.aborted; task = tasks.shift()) {
      thread ??= await Thread.start(worker, context, memory);
      const result = await thread.run(task);
      if (!("died" in result)) {
        outcomes.push(...result);
        progress?.(outcomes.length);
        continue;
      }
      thread = undefined;
      if (task.length > 1) tasks.unshift(...task.map((target) => [target]));
      else
        outcomes.push({
          failure: {
            path: task[0]!.path,
            reason: "crashed",
            detail: `ended a worker thread: ${result.died}`,
          },
        });
    }
    await thread?.end();
  };
  await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, lane));
  return outcomes;
}

/** How a worker ended, whether it threw, ran out of memory or just left. */
interface Death {
  readonly died: string;
}

/** What the runtime says of a worker that it ended; what a worker threw may quote a file. */
function causeOf(error: unknown): string {
  const isOfRuntime =
    error instanceof Error && /^ERR_WORKER_/.test((error as NodeJS.ErrnoException).code ?? "");
  return isOfRuntime ? error.message : briefPlaceOf(error);
}

class Thread {
  readonly #worker: Worker;
  readonly #death: Promise<Death>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#death = new Promise((resolve) => {
      worker.once("error", (error) => resolve({ died: causeOf(error) }));
      worker.once("exit", (code) => resolve({ died: `exit code ${code}` }));
    });
  }

  static async start(module: URL, context: LintContext, memory: number): Promise<Thread> {
    const resourceLimits = { maxOldGenerationSizeMb: memory };
    const thread = new Thread(new Worker(module, { workerData: context, resourceLimits }));
    const first = await thread.#next();
    if (first === "ready") return thread;
    throw new WorkerStartError(
      `A worker thread could not be started: ${"died" in first ? first.died : "no answer"}`,
    );
  }

  async run(task: readonly Target[]): Promise<readonly Outcome[] | Death> {
    const answer = this.#next();
    this.#worker.postMessage(task);
    const message = await answer;
    return message === "ready" ? { died: "started twice" } : message;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #next(): Promise<WorkerMessage | Death> {
    const message = new Promise<WorkerMessage>((resolve) => this.#worker.once("message", resolve));
    return Promise.race([message, this.#death]);
  }
}
