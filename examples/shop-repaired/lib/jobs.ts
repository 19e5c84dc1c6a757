type Job = () => Promise<void>;

const running = new Set<Promise<void>>();
const failed: Job[] = [];

/** Starts work that a webhook's answer must not wait for. A real shop keeps its jobs in a durable queue. */
export function enqueue(job: Job): void {
  const run = job()
    .catch((error: Error) => {
      console.error(error.message);
      failed.push(job);
    })
    .finally(() => running.delete(run));
  running.add(run);
}

/** Starts the jobs again that have failed. */
export function retryFailed(): void {
  failed.splice(0).forEach(enqueue);
}

/** Resolves when no job is running. */
export async function drained(): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}
