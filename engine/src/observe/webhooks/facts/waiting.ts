import type { Flow } from "../../../flow/flow.ts";
import { calledName } from "../../../flow/callee.ts";
import { bare, isFunction, type Node } from "../../../flow/tree.ts";

const TOGETHER = /^(?:all|allSettled|race|any)$/;

/**
 * Whether the function that a call stands in waits for what it starts: `await f()`, `await f().catch(log)`,
 * `await Promise.all([f()])`, `await Promise.all(items.map(() => f()))`, or `return f()` of a function that is waited for.
 */
export function isAwaited(call: Node, flow: Flow): boolean {
  let node: Node = call;
  for (let up = flow.tree.parentOf(node); up; node = up, up = flow.tree.parentOf(up)) {
    switch (up.type) {
      case "AwaitExpression":
        return true;
      case "ReturnStatement":
        return isHandedOn(up, flow);
      case "ArrowFunctionExpression":
        return up.body === node && isHandedOn(node, flow);
      case "MemberExpression":
        if (up.object !== node) return false;
        break;
      case "CallExpression":
        if (up.callee !== node && !TOGETHER.test(calledName(up) ?? "")) return false;
        break;
      case "ArrayExpression":
      case "ConditionalExpression":
      case "LogicalExpression":
      case "ChainExpression":
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "SpreadElement":
        break;
      default:
        if ((up.type as string) !== "ParenthesizedExpression") return false;
    }
  }
  return false;
}

/** What a callback returns is waited for with the call that it is given to; a function's result with its call. */
function isHandedOn(node: Node, flow: Flow): boolean {
  const fn = flow.tree.functionOf(node);
  const host = fn && flow.calls.hostOf(fn);
  if (!host) return fn !== undefined;
  return bare(host.call.callee) !== fn && !isFunction(host.call) && isAwaited(host.call, flow);
}

/** Whether something is done only because something failed. */
export function isCaught(node: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up))
    if (up.type === "CatchClause") return true;
  return false;
}
