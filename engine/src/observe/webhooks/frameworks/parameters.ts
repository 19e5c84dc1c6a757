import type { Flow } from "../../../flow/flow.ts";
import type { FunctionNode } from "../../../flow/tree.ts";
import type { Framework } from "../handler.ts";

/** What the names and types of a function's parameters tell of who calls it. */
export function frameworkByParameters(fn: FunctionNode, flow: Flow): Framework | undefined {
  const [first = "", second = ""] = fn.params.map((parameter) =>
    flow.module.text.slice(parameter.range[0], parameter.range[1]),
  );
  if (/^_*(?:reply|rep)\b|FastifyReply/.test(second)) return "fastify";
  if (/^_*(?:res|response)\b/i.test(second) && /^(?:_*(?:\w*req|request)\b|\{)/i.test(first))
    return "express";
  if (fn.params.length > 2) return undefined;
  if (/^c\b|HonoContext/.test(first)) return "hono";
  return /^ctx\b/.test(first) ? "koa" : undefined;
}

/** Whether a function's first parameter is a request as the web has it. */
export function takesRequest({ params: [first] }: FunctionNode, flow: Flow): boolean {
  if (!first) return false;
  const text = flow.module.text.slice(first.range[0], first.range[1]);
  return /^(?:_*req|_*request)\b|:\s*\w*Request\b/i.test(text);
}
