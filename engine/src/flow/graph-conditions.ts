import type { TSESTree } from "@typescript-eslint/types";
import type { Branches, End, GraphBuilder } from "./graph-builder.ts";
import { followChain, visit } from "./graph-expressions.ts";
import type { Node } from "./tree.ts";

/** Follows a test once per outcome, so that each operand of `&&`, `||`, `??`, `!` and `?:` is an edge of its own. */
export function condition(b: GraphBuilder, test: Node): Branches {
  if (!b.deeper()) return { yes: [], no: [] };
  const branches = branch(b, test);
  b.shallower();
  return branches;
}

function branch(b: GraphBuilder, test: Node): Branches {
  switch (test.type) {
    case "UnaryExpression": {
      if (test.operator !== "!") return leaf(b, test);
      const { yes, no } = condition(b, test.argument);
      return passing(b, test, { yes: no, no: yes });
    }
    case "LogicalExpression":
      return branchLogical(b, test);
    case "ConditionalExpression": {
      const { yes, no } = condition(b, test.test);
      const whenYes = conditionFrom(b, yes, test.consequent);
      const whenNo = conditionFrom(b, no, test.alternate);
      return passing(b, test, { yes: [...whenYes.yes, ...whenNo.yes], no: [...whenYes.no, ...whenNo.no] });
    }
    case "ChainExpression": {
      const shortCuts = followChain(b, test);
      return passing(b, test, { yes: b.given(test, true), no: [...b.given(test, false), ...shortCuts] });
    }
    case "Literal": {
      b.event(test);
      return test.value ? { yes: b.ends, no: [] } : { yes: [], no: b.ends };
    }
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return passing(b, test, condition(b, test.expression));
    default:
      return leaf(b, test);
  }
}

function branchLogical(b: GraphBuilder, test: TSESTree.LogicalExpression): Branches {
  if (test.operator === "&&") {
    const left = condition(b, test.left);
    const right = conditionFrom(b, left.yes, test.right);
    return passing(b, test, { yes: right.yes, no: [...left.no, ...right.no] });
  }
  if (test.operator === "||") {
    const left = condition(b, test.left);
    const right = conditionFrom(b, left.no, test.right);
    return passing(b, test, { yes: [...left.yes, ...right.yes], no: right.no });
  }
  visit(b, test.left);
  const left = { yes: b.given(test.left, true), no: b.given(test.left, false) };
  const right = conditionFrom(b, b.given(test.left, false, "presence"), test.right);
  return passing(b, test, { yes: [...left.yes, ...right.yes], no: [...left.no, ...right.no] });
}

function conditionFrom(b: GraphBuilder, ends: readonly End[], test: Node): Branches {
  b.ends = ends;
  return condition(b, test);
}

function leaf(b: GraphBuilder, test: Node): Branches {
  visit(b, test);
  return { yes: b.given(test, true), no: b.given(test, false) };
}

/** The operator itself is evaluated on both ways out. */
function passing(b: GraphBuilder, node: Node, { yes, no }: Branches): Branches {
  b.ends = yes;
  b.event(node);
  const after = b.ends;
  b.ends = no;
  b.event(node);
  return { yes: after, no: b.ends };
}
