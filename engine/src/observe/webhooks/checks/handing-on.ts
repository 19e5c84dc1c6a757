import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { bare, type FunctionNode, isWithin, type Node } from "../../../flow/tree.ts";

/** A middleware hands on by calling next() without an error, a wrapper by calling what it was given. */
export function handsOn(call: TSESTree.CallExpression, fn: FunctionNode, flow: Flow): boolean {
  const callee = bare(call.callee);
  const isNext = callee.type === "Identifier" && /^_?next$/.test(callee.name) && call.arguments.length === 0;
  return isNext || isWrapped(callee, fn, flow) || callsHandler(call, fn, flow);
}

/** Whether a callee is a parameter of a function around this one: the handler that is wrapped. */
function isWrapped(callee: Node, fn: FunctionNode, flow: Flow): boolean {
  const { root, path } = flow.resolve(callee);
  if (root.kind !== "parameter" || path.length > 0 || root.function === fn) return false;
  return isWithin(fn, root.function);
}

/** Whether a parameter of this function is called with another one: the handler, with the request. */
function callsHandler(call: TSESTree.CallExpression, fn: FunctionNode, flow: Flow): boolean {
  const isOwn = (node: Node): boolean => {
    const { root, path } = flow.resolve(node);
    return root.kind === "parameter" && root.function === fn && path.every(({ kind }) => kind === "member");
  };
  return flow.resolve(call.callee).path.length <= 1 && isOwn(call.callee) && call.arguments.some(isOwn);
}
