// eslint-disable-next-line no-restricted-imports -- for its clock alone; the one script run is the constant below
import vm from "node:vm";

/**
 * Does synchronous work on each item and gives an item up that alone takes longer than the limit, in milliseconds.
 * Many items share one clock, since starting it costs as much as linting a small file; when it runs out, the item at
 * hand begins again with a clock of its own.
 */
export function eachWithin<Item, Result>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Result,
  giveUp: (item: Item) => Result,
): Result[] {
  const results: Result[] = [];
  while (results.length < items.length) {
    const begun = results.length;
    try {
      runWithin(limit, () => {
        while (results.length < items.length) results.push(work(items[results.length]!));
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
      if (results.length === begun) results.push(giveUp(items[begun]!));
    }
  }
  return results;
}

/** What the one script runs; a context costs more than linting a small file, so all runs share one. */
const shared: { run: () => void; context?: vm.Context } = { run: () => {} };

const SCRIPT = new vm.Script("run()");

/** Runs synchronous code and stops it when its time is over, even in the middle of a regular expression. */
function runWithin(limit: number, run: () => void): void {
  shared.run = run;
  shared.context ??= vm.createContext(shared);
  SCRIPT.runInContext(shared.context, { timeout: limit });
}
