import type { TSESTree } from "@typescript-eslint/types";
import { bare, type Node, propertyName } from "./tree.ts";

/** The name a call calls its function by: `stringify` of `JSON.stringify(x)`, `verify` of `verify(x)`. */
export function calledName(call: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  const callee = bare(call.callee);
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? propertyName(callee) : undefined;
}

/** What a method is called on, and the method's name. */
export function receiverOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): { object: Node; method: string } | undefined {
  const callee = bare(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const method = propertyName(callee);
  return method === undefined ? undefined : { object: callee.object, method };
}
