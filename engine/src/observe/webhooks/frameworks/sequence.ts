import type { Flow } from "../../../flow/flow.ts";
import type { FunctionNode, Node } from "../../../flow/tree.ts";

/** Functions that functions are called from are followed so far. */
const DEPTH = 6;

/**
 * Whether a node of a file surely runs before another one, each of them once: by their order in a function, where the
 * functions that hold them are called once in the file.
 */
export function surelyBefore(one: Node, other: Node, flow: Flow): boolean {
  const ways = [wayUp(one, flow), wayUp(other, flow)] as const;
  for (const { fn, at } of ways[0]) {
    const same = ways[1].find((step) => step.fn === fn);
    if (same) return at.range[1] <= same.at.range[0] || isPartOf(at, same.at);
  }
  return false;
}

/** In a chain of calls, the one before is a part of the one after. */
function isPartOf(inner: Node, outer: Node): boolean {
  return inner !== outer && inner.range[0] === outer.range[0] && inner.range[1] < outer.range[1];
}

interface Step {
  readonly fn: FunctionNode | undefined;
  readonly at: Node;
}

/** The functions around a node, each with what in it leads to the node. */
function wayUp(node: Node, flow: Flow): readonly Step[] {
  const steps: Step[] = [];
  let at = node;
  for (let depth = 0; depth < DEPTH; depth++) {
    const fn = flow.tree.functionOf(at);
    steps.push({ fn, at });
    if (!fn) break;
    const [call, ...others] = flow.calls.sitesOf(fn).calls;
    if (!call || others.length > 0) break;
    at = call;
  }
  return steps;
}

/** Whether a node stands in a branch or a loop of its function: it may not run, or more than once. */
export function isConditional(node: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up))
    if (
      /^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchCase|(?:For|ForIn|ForOf|While)Statement)$/.test(
        up.type,
      )
    )
      return true;
  return false;
}
