import type { Scopes } from "./scopes.ts";
import { bare, type Node } from "./tree.ts";

export type Constant = string | number | bigint | boolean | null;

/** How many names and operands a constant may be made of. */
const DEPTH = 50;

/**
 * The value of an expression that is the same in every run: literals joined, templates, arithmetic, names written
 * once. Undefined for everything else; a fallback (`a || "x"`) has two values and therefore none.
 */
export function constantOf(expression: Node, scopes: Scopes, depth = 0): Constant | undefined {
  if (depth > DEPTH) return undefined;
  const node = bare(expression);
  const inner = (part: Node): Constant | undefined => constantOf(part, scopes, depth + 1);
  switch (node.type) {
    case "Literal":
      return node.value instanceof RegExp ? undefined : node.value;
    case "TemplateLiteral": {
      const parts = node.expressions.map(inner);
      if (parts.includes(undefined)) return undefined;
      return node.quasis
        .map((quasi, at) => (quasi.value.cooked ?? "") + (at < parts.length ? String(parts[at]) : ""))
        .join("");
    }
    case "UnaryExpression": {
      const argument = inner(node.argument);
      return node.operator === "-" && typeof argument === "number" ? -argument : undefined;
    }
    case "BinaryExpression":
      return calculated(node.operator, inner(node.left), inner(node.right));
    case "Identifier": {
      const variable = scopes.variableOf(node);
      const writes = variable ? scopes.writesOf(variable) : [];
      const [write] = writes;
      if (writes.length !== 1 || write!.how !== "declared" || write!.path.length > 0) return undefined;
      return write!.value && inner(write!.value);
    }
    default:
      return undefined;
  }
}

function calculated(
  operator: string,
  left: Constant | undefined,
  right: Constant | undefined,
): Constant | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === "+" && (typeof left === "string" || typeof right === "string"))
    return String(left) + String(right);
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "**":
      return left ** right;
    default:
      return undefined;
  }
}
