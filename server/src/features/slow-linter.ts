import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LintResult, RuleSettings, SourceText } from "@paylint/engine";

/** A text to lint in another thread. */
export interface SlowTask {
  readonly source: SourceText;
  readonly rules: RuleSettings;
  /** The folder that file names are relative to; undefined when no other file counts. */
  readonly root: string | undefined;
  /** What the editor holds of other files: absolute paths and texts. */
  readonly documents: readonly (readonly [string, string])[];
  /** Milliseconds after which it is given up. */
  readonly limit: number;
}

/** Undefined when it was given up. */
export type SlowAnswer = LintResult | undefined;

/** Lints texts one after the other in a thread of its own, which is started when it is needed. */
export class SlowLinter {
  readonly #module: URL;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(module: URL) {
    this.#module = module;
  }

  /**
   * The answer, once all earlier texts have theirs; undefined when it was given up or is not wanted any more.
   * @throws when the thread dies of it
   */
  lint(task: SlowTask, isWanted: () => boolean): Promise<SlowAnswer> {
    const answer = this.#last.then(() => (isWanted() ? this.#run(task) : undefined));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async dispose(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #run(task: SlowTask): Promise<SlowAnswer> {
    const worker = (this.#worker ??= this.#start());
    worker.postMessage(task);
    const [answer] = (await once(worker, "message")) as [SlowAnswer];
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(this.#module);
    worker.once("exit", () => {
      if (this.#worker === worker) this.#worker = undefined;
      // Whoever waits for a message waits in vain.
      worker.emit("error", new Error("The thread for slow files ended."));
    });
    worker.on("error", () => {});
    worker.unref();
    return worker;
  }
}
