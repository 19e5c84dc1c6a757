import type { Flow } from "../../flow/flow.ts";
import { bare, isFunction, isWithin, type Node } from "../../flow/tree.ts";

/** Whether the variable behind a name has its value when the request is sent, and in its function. */
export function isReached(node: Node, call: Node, flow: Flow): boolean {
  let root = bare(node);
  while (root.type === "MemberExpression") root = bare(root.object);
  const variable = flow.scopes.variableOf(root);
  if (!variable || flow.scopes.writesOf(variable).length !== 1) return false;
  const [write] = flow.scopes.writesOf(variable);
  const { target } = write!;
  if (write!.how === "declared" && !write!.value) return false;
  // Not what the request itself answers.
  if (write!.value && isWithin(call, write!.value)) return false;
  const home = flow.tree.functionOf(target);
  const isParameter = write!.how === "parameter";
  const isAround = home === undefined ? !flow.tree.functionOf(call) : isWithin(call, home);
  return isAround && (isParameter || target.range[1] <= call.range[0]) && isBlockAround(target, call, flow);
}

/** Whether the block that a name is declared in is also around the call. */
function isBlockAround(target: Node, call: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(target); up; up = flow.tree.parentOf(up)) {
    if (up.type === "BlockStatement" || up.type === "Program" || isFunction(up) || /^For/.test(up.type))
      return isWithin(call, up);
  }
  return false;
}
