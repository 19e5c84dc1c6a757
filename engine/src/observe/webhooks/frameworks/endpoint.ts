import type { Flow } from "../../../flow/flow.ts";
import { type FunctionNode, type Node, type Range, rangeOf } from "../../../flow/tree.ts";
import type { Framework, Stage } from "../handler.ts";

/** A function that is given requests which send something: whoever sends them, and whatever they are about. */
export interface Endpoint {
  readonly flow: Flow;
  readonly fn: FunctionNode;
  readonly framework: Framework;
  /** The path it serves, as far as it is known; of a file that a platform serves, by the file's name. */
  readonly route: string | undefined;
  /** The name that the code gives it: the function's, the method's, the export's. */
  readonly name: string | undefined;
  readonly range: Range;
  /** What runs before it, in order, as in a handler. */
  readonly before: readonly Stage[];
  /** The part of it that was put there for this function or for its group: not what the whole app runs. */
  readonly own: readonly Stage[];
  readonly complete: boolean;
  readonly mountedBy?: readonly Flow[];
}

/** Where a function is reported: its name, else the beginning of what holds it. */
export function nameRange(fn: FunctionNode, flow: Flow): Range {
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return rangeOf(fn.id);
  for (let node: Node = fn, up = flow.tree.parentOf(fn); up; node = up, up = flow.tree.parentOf(up)) {
    if (up.type === "VariableDeclarator") return withoutType(up.id);
    if (up.type === "MethodDefinition" || up.type === "PropertyDefinition" || up.type === "Property")
      return rangeOf(up.key);
    if (up.type === "AssignmentExpression") return rangeOf(up.left);
    if (up.type === "ExportDefaultDeclaration")
      return { start: up.range[0], end: Math.min(node.range[0], up.range[1]) };
    if (up.type !== "CallExpression" && !up.type.startsWith("TS")) break;
  }
  return { start: fn.range[0], end: fn.body?.range[0] ?? fn.range[1] };
}

function withoutType(id: Node): Range {
  const { start, end } = rangeOf(id);
  return { start, end: id.type === "Identifier" ? start + id.name.length : end };
}

/** The name that the code gives a function. */
export function nameOfFunction(fn: FunctionNode, flow: Flow): string | undefined {
  const { start, end } = nameRange(fn, flow);
  return /^(?:[\w$]{1,80}\.){0,4}([\w$]{1,80})$/.exec(flow.module.text.slice(start, end).trim())?.[1];
}
