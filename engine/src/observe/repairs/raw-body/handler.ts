import type { Flow } from "../../../flow/flow.ts";
import type { FunctionNode } from "../../../flow/tree.ts";
import { bodyParserOf } from "../../webhooks/body.ts";
import { exportedFunctions, servedBy } from "../../webhooks/frameworks/definitions.ts";
import type { Handler } from "../../webhooks/handler.ts";
import { handlersOf } from "../../webhooks/handlers.ts";

/** Helpers that are handed the request by helpers are followed so far. */
const DEPTH = 3;

/**
 * The handler that a function is, or whose requests it is given: as a middleware in front of it, or by a call. Undefined
 * where others may give it requests of theirs.
 */
export function handlerBehind(fn: FunctionNode, flow: Flow, depth = 0): Handler | undefined {
  const direct = handlersOf(flow).find((each) => each.fn === fn);
  if (direct || depth === DEPTH) return direct;
  if (exportedFunctions(flow).some((each) => each.fn === fn)) return undefined;
  return behind(fn, flow) ?? calling(fn, flow, depth);
}

/** `app.post("/hook", verify, handle)`: of several handlers one, where all have the same parser. */
function behind(fn: FunctionNode, flow: Flow): Handler | undefined {
  const [first, ...others] = handlersOf(flow).filter(({ before }) =>
    before.some((stage) => stage.flow === flow && servedBy(stage.node, flow)?.fn === fn),
  );
  const parserOf = (handler: Handler) => bodyParserOf(handler)?.stage.node;
  const isOne = first && parserOf(first) && others.every((other) => parserOf(other) === parserOf(first));
  return isOne ? first : undefined;
}

/** `if (!isGenuine(req)) …` */
function calling(fn: FunctionNode, flow: Flow, depth: number): Handler | undefined {
  const { calls, escapes } = flow.calls.sitesOf(fn);
  const [call, ...others] = calls;
  const outer = call && flow.tree.functionOf(call);
  if (!outer || escapes || others.length > 0) return undefined;
  const isHandedOn = call.arguments.some((argument) => {
    const { root, path } = flow.resolve(argument);
    return root.kind === "parameter" && root.function === outer && path.length === 0;
  });
  return isHandedOn ? handlerBehind(outer, flow, depth + 1) : undefined;
}
