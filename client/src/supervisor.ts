import { RestartPolicy } from "./restart-policy.ts";
import type { ServerState } from "./status-text.ts";

/** A server that was started. */
export interface Launched {
  /** Resolves when it is gone: it died, or it could not start. */
  readonly gone: Promise<void>;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

/** Keeps a server running: starts it, and starts it again when it dies, unless it keeps dying. */
export class Supervisor {
  readonly #launch: (ready: () => void) => Launched;
  readonly #changed: (state: ServerState) => void;
  readonly #policy = new RestartPolicy();
  #run: Promise<void> | undefined;
  #stopped = false;
  #interrupt = (): void => {};

  /** Takes what starts a server, and who is told of its state. */
  constructor(launch: (ready: () => void) => Launched, changed: (state: ServerState) => void) {
    this.#launch = launch;
    this.#changed = changed;
  }

  start(): void {
    this.#run ??= this.#keepRunning().finally(() => (this.#run = undefined));
  }

  /** Starts another server at once, whatever became of the present one. */
  restart(): void {
    this.#policy.forget();
    if (this.#run) this.#interrupt();
    else this.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#interrupt();
    await this.#run;
  }

  async #keepRunning(): Promise<void> {
    this.#changed("starting");
    while (!this.#stopped) {
      const died = await this.#runOne();
      if (this.#stopped) return;
      const delay = died ? this.#policy.died(Date.now()) : 0;
      if (delay === undefined) return this.#changed("crashed");
      this.#changed("restarting");
      await this.#pause(delay);
    }
  }

  /** Runs one server to its end; returns whether it died rather than being interrupted. */
  async #runOne(): Promise<boolean> {
    const server = this.#launch(() => this.#changed("ready"));
    const died = await Promise.race([server.gone.then(() => true), this.#interruption().then(() => false)]);
    if (!died) await server.stop();
    return died;
  }

  async #pause(milliseconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([over, this.#interruption()]);
    clearTimeout(timer);
  }

  #interruption(): Promise<void> {
    return new Promise((resolve) => (this.#interrupt = resolve));
  }
}
