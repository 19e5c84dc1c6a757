import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node } from "../../flow/tree.ts";

/** A text that the source spells out. */
export interface SourceText {
  readonly node: Node;
  readonly text: string;
  /** The texts it is joined of; what one of them holds whole is found there. Empty when it is not joined. */
  readonly parts: readonly string[];
}

/** All texts of a file: literals, pieces of templates, JSX text, and what constants join to. */
export function* sourceTexts(flow: Flow): Generator<SourceText> {
  const { tree } = flow;
  for (const node of tree.all("Literal")) {
    if (typeof node.value === "string" && !isModuleName(node, tree.parentOf(node))) {
      yield { node, text: node.value, parts: [] };
    }
  }
  for (const node of tree.all("JSXText")) yield { node, text: node.value, parts: [] };
  for (const node of tree.all("TemplateLiteral")) yield* templateTexts(node, flow);
  for (const node of tree.all("BinaryExpression")) {
    const up = tree.parentOf(node);
    if (node.operator !== "+" || (up?.type === "BinaryExpression" && up.operator === "+")) continue;
    const text = flow.constant(node);
    if (typeof text === "string") yield { node, text, parts: operands(node, flow) };
  }
}

function* templateTexts(node: TSESTree.TemplateLiteral, flow: Flow): Generator<SourceText> {
  const pieces = node.quasis.map((quasi) => quasi.value.cooked ?? "");
  for (const text of pieces) if (text !== "") yield { node, text, parts: [] };
  if (node.expressions.length === 0) return;
  const text = flow.constant(node);
  if (typeof text !== "string") return;
  const filled = node.expressions.map((expression) => String(flow.constant(expression)));
  yield { node, text, parts: [...pieces, ...filled] };
}

function operands(expression: Node, flow: Flow): string[] {
  const node = bare(expression);
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return [...operands(node.left, flow), ...operands(node.right, flow)];
  }
  return [String(flow.constant(node))];
}

function isModuleName(node: Node, up: Node | undefined): boolean {
  return up !== undefined && "source" in up && up.source === node;
}
