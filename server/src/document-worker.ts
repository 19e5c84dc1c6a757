// A worker thread of the language server: lints texts that take too long for the thread that answers the editor.
import { parentPort } from "node:worker_threads";
import { lintText } from "@paylint/engine";
import { DiskHost } from "@paylint/linking";
import type { SlowAnswer, SlowTask } from "./features/slow-linter.ts";
import { eachWithin } from "./project/time-limit.ts";

const port = parentPort!;

port.on("message", ({ root, source, rules, documents, limit }: SlowTask) => {
  const texts = new Map(documents);
  const host = root === undefined ? undefined : new DiskHost(root, { textOf: (file) => texts.get(file) });
  const lint = (): SlowAnswer => lintText(source, rules, host);
  const [result] = eachWithin<typeof lint, SlowAnswer>(
    limit,
    [lint],
    (run) => run(),
    () => undefined,
  );
  port.postMessage(result);
});
