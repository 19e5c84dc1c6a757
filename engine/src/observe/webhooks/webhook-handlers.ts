import { hintsHandler } from "../hints.ts";
import { isTestFile } from "../files.ts";
import type { WebhookHandler } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { acknowledged } from "./facts/acknowledged.ts";
import { deduplicated } from "./facts/deduplicated.ts";
import { modeChecked } from "./facts/mode-checked.ts";
import { refetched } from "./facts/refetched.ts";
import { tolerant } from "./facts/tolerant.ts";
import { unskippable, verified } from "./facts/verified.ts";
import type { Handler } from "./handler.ts";
import { handlersOf } from "./handlers.ts";

/** The functions that receive the events of a sender, and what each does with them. */
export const webhookHandlers: Observer = {
  kind: "webhook-handler",
  // A handler may say what it is by its file's name alone.
  keywords: /\w/,
  suits: ({ fileName, text }) => !isTestFile(fileName) && hintsHandler(text, fileName),
  *javascript(flow) {
    for (const handler of handlersOf(flow)) yield observed(handler);
  },
};

function observed(handler: Handler): WebhookHandler {
  const { provider, range, route } = handler;
  return {
    kind: "webhook-handler",
    provider,
    range,
    route,
    verified: verified(handler),
    unskippable: unskippable(handler),
    deduplicated: deduplicated(handler),
    modeChecked: modeChecked(handler),
    acknowledged: acknowledged(handler),
    tolerant: tolerant(handler),
    refetched: refetched(handler),
  };
}
