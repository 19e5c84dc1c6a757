import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { TSESTree } from "@typescript-eslint/types";
import { bare, type Node } from "../../../flow/tree.ts";

/** Names and methods between a promise and the call that made it. */
const HOPS = 6;

/** The call that a promise comes from, behind names and `catch()`. */
export function promiseBehind(promise: Node, flow: Flow): Node {
  let node = bare(promise);
  for (let hops = 0; hops < HOPS; hops++) {
    const receiver = isCaught(node) && node.type === "CallExpression" ? receiverOf(node) : undefined;
    const next = receiver?.object ?? valueOf(node, flow);
    if (!next) break;
    node = bare(next);
  }
  return node;
}

/** `promise.catch(handle)`. */
export function isCaught(promise: Node): boolean {
  const node = bare(promise);
  return node.type === "CallExpression" && /^(?:catch|finally)$/.test(calledName(node) ?? "");
}

function valueOf(node: Node, flow: Flow): Node | undefined {
  const variable = node.type === "Identifier" ? flow.scopes.variableOf(node) : undefined;
  const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
  return write && others.length === 0 && write.path.length === 0 ? write.value : undefined;
}

/** The promises of `Promise.all([…])`. */
export function allOf(call: TSESTree.CallExpression, flow: Flow): readonly Node[] | undefined {
  if (!/^Promise\.all(?:Settled)?$/.test(flow.name(call.callee) ?? "")) return undefined;
  const [list] = call.arguments;
  return list?.type === "ArrayExpression" ? list.elements.filter((element) => element !== null) : undefined;
}
