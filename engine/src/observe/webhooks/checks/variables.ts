import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Write } from "../../../flow/scopes.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import { namesVerifier } from "../../verifiers.ts";
import { checkAt } from "../checks.ts";

/** The test that a constant stands for. */
export function testBehind(node: Node, flow: Flow): Node | undefined {
  const variable = node.type === "Identifier" ? flow.scopes.variableOf(node) : undefined;
  const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
  if (!write?.value || others.length > 0 || write.how !== "declared" || write.path.length > 0)
    return undefined;
  return /^(?:Binary|Logical|Unary|Conditional)Expression$/.test(bare(write.value).type)
    ? write.value
    : undefined;
}

/** Whether a variable of several values may hold a verdict: one of them is a boolean, or what a check answers. */
export function mayHoldVerdict(writes: readonly Write[], flow: Flow): boolean {
  const values = writes.flatMap(({ value }) => (value ? [bare(value)] : []));
  return values.some((value) => {
    if (value.type === "Literal") return typeof value.value === "boolean";
    const call = value.type === "AwaitExpression" ? bare(value.argument) : value;
    return (
      call.type === "CallExpression" && (checkAt(call, flow) !== undefined || namesVerifier(calledName(call)))
    );
  });
}
