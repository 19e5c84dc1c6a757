import type { Handler } from "../../../src/observe/webhooks/handler.ts";
import { handlersOf } from "../../../src/observe/webhooks/handlers.ts";
import { type Files, linkedFlow } from "../../flow/linked.ts";
import { flowFor } from "../../flow/paths.ts";

/** The handlers of a file as words: framework, route, provider. */
export function handlersIn(code: string, fileName = "src/file.ts"): string[] {
  return handlersOf(flowFor(code, fileName)).map(described);
}

/** The handlers of one of some files; the first, unless another is named. */
export function linkedHandlers(files: Files, fileName?: string): string[] {
  return handlersOf(linkedFlow(files, fileName)).map(described);
}

function described({ framework, route, provider }: Handler): string {
  return `${framework} ${route ?? "?"} ${provider ?? "?"}`;
}

/** What runs before the handlers of one of some files, as written, in order; "…" where more may run first. */
export function stagesBefore(files: Files, fileName?: string): string[][] {
  return handlersOf(linkedFlow(files, fileName)).map(({ before, complete }) => [
    ...(complete ? [] : ["…"]),
    ...before.map(({ flow, node }) => flow.module.text.slice(...node.range)),
  ]);
}
