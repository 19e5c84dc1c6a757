// A worker thread of `paylint check`: reads and lints the files whose paths it is sent.
import { parentPort, workerData } from "node:worker_threads";
import type { Target } from "./project/find.ts";
import { hostFor, type LintContext, lintFiles } from "./project/lint-files.ts";
import type { WorkerMessage } from "./project/pool.ts";

const port = parentPort!;
const send = (message: WorkerMessage): void => port.postMessage(message);

const context = workerData as LintContext;
const host = hostFor(context);

port.on("message", (targets: readonly Target[]) => send(lintFiles(targets, context, host)));
send("ready");
