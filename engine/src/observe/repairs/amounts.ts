import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, rangeOf } from "../../flow/tree.ts";
import type { Amounts } from "../../providers/provider.ts";
import { constantAt, isUnit, nameAt } from "../amounts/numbers.ts";
import type { Edit, Repair, UnitMistake } from "../observation.ts";
import { textOf } from "./modules.ts";

/** Past it a product of a float no longer has room for the last units. */
const MOST = 1e9;

/** `price * 100` rounded to whole units where it stands; a larger unit than a number has room for is left alone. */
export function repairUnit(node: Node, flow: Flow): readonly Repair[] {
  const product = productIn(node);
  if (!product || !isSmall(product, flow)) return [];
  const text = textOf(node, flow);
  const rounded =
    node.type === "AssignmentExpression"
      ? `${textOf(node.left, flow)} = Math.round(${textOf(node.left, flow)} * ${textOf(node.right, flow)})`
      : `Math.round(${text})`;
  return [
    { ...repairOf("Round once to whole units", [{ range: rangeOf(node), text: rounded }]), isSafe: true },
  ];
}

/** `Math.floor(price * 100)` rounded instead of cut. `product` is what was multiplied, there or before. */
export function repairCut(cut: Node, product: Node, flow: Flow): readonly Repair[] {
  const made = productIn(product);
  if (!made || !isSmall(made, flow)) return [];
  const inner = cut.type === "CallExpression" ? cut.arguments[0] : isWholeNumber(cut);
  if (!inner) return [];
  return [
    repairOf("Round instead of cutting off", [
      { range: rangeOf(cut), text: `Math.round(${textOf(inner, flow)})` },
    ]),
  ];
}

/** `x | 0`, `~~x` */
function isWholeNumber(node: Node): Node | undefined {
  if (node.type === "BinaryExpression") return node.left;
  const inner = node.type === "UnaryExpression" ? bare(node.argument) : undefined;
  return inner?.type === "UnaryExpression" ? inner.argument : undefined;
}

/** A part of a sum of whole units, rounded where it is sent as it stands. */
export function repairPart(node: Node, flow: Flow): readonly Repair[] {
  return [
    repairOf("Round to whole minor units", [
      { range: rangeOf(node), text: `Math.round(${textOf(node, flow)})` },
    ]),
  ];
}

function productIn(node: Node): TSESTree.BinaryExpression | TSESTree.AssignmentExpression | undefined {
  const isProduct =
    (node.type === "BinaryExpression" && node.operator === "*") ||
    (node.type === "AssignmentExpression" && node.operator === "*=");
  return isProduct ? (node as TSESTree.BinaryExpression) : undefined;
}

function isSmall(
  { left, right }: TSESTree.BinaryExpression | TSESTree.AssignmentExpression,
  flow: Flow,
): boolean {
  const unit = isUnit(right, flow) ? right : left;
  const value = constantAt(unit, flow);
  if (typeof value === "number") return value <= MOST;
  return /LAMPORTS|CENTS|KOBO|PAISE/i.test(nameAt(unit) ?? "");
}

/** The amount in the unit that the provider takes, where the mistake stands in the amount itself. */
export function repairMistake(
  node: Node,
  mistake: UnitMistake,
  form: Amounts["request"],
  flow: Flow,
): readonly Repair[] {
  switch (mistake) {
    case "three-decimal":
      return replacedFactor(node, flow);
    case "zero-decimal":
      return withoutFactor(node, flow);
    case "minor-units":
      return inLargeUnits(node, form, flow);
    case "major-units":
      return inSmallUnits(node, flow);
  }
}

function replacedFactor(node: Node, flow: Flow): readonly Repair[] {
  const factor = hundredIn(node, flow)?.factor;
  return factor ? [repairOf("Multiply by 1000", [{ range: rangeOf(factor), text: "1000" }])] : [];
}

function withoutFactor(node: Node, flow: Flow): readonly Repair[] {
  const found = hundredIn(node, flow);
  if (!found) return [];
  const { sum, isRounded } = found;
  const text = isRounded ? textOf(sum, flow) : `Math.round(${textOf(sum, flow)})`;
  return [repairOf("Leave out the multiplication", [{ range: rangeOf(found.product), text }])];
}

interface Hundred {
  readonly product: Node;
  readonly sum: Node;
  readonly factor: Node;
  readonly isRounded: boolean;
}

/** `price * 100`, `Math.round(price * 100)`; undefined where the factor is a name. */
function hundredIn(expression: Node, flow: Flow, isRounded = false): Hundred | undefined {
  const node = bare(expression);
  if (node.type === "CallExpression" && flow.name(node.callee) === "Math.round" && node.arguments[0])
    return hundredIn(node.arguments[0], flow, true);
  if (node.type !== "BinaryExpression" || node.operator !== "*") return undefined;
  for (const [sum, factor] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    if (factor.type === "Literal" && factor.value === 100) return { product: node, sum, factor, isRounded };
  }
  return undefined;
}

function inLargeUnits(node: Node, form: Amounts["request"], flow: Flow): readonly Repair[] {
  if (form !== "major-number" || node.type === "BinaryExpression" || /^String\b/.test(textOf(node, flow)))
    return [];
  return [repairOf("Send major units", [{ range: rangeOf(node), text: `${textOf(node, flow)} / 100` }])];
}

function inSmallUnits(expression: Node, flow: Flow): readonly Repair[] {
  const node = bare(expression);
  const title = "Send whole minor units";
  const value = node.type === "Literal" ? node.value : undefined;
  if (typeof value === "number")
    return [repairOf(title, [{ range: rangeOf(node), text: String(Math.round(value * 100)) }])];
  const fixed =
    node.type === "CallExpression" && node.callee.type === "MemberExpression"
      ? node.callee.object
      : undefined;
  const sum = fixed ?? (node.type === "Identifier" || node.type === "MemberExpression" ? node : undefined);
  if (!sum) return [];
  const text = bare(sum).type === "BinaryExpression" ? `(${textOf(bare(sum), flow)})` : textOf(sum, flow);
  return [repairOf(title, [{ range: rangeOf(node), text: `Math.round(${text} * 100)` }])];
}

function repairOf(title: string, edits: readonly Edit[]): Repair {
  return { title, edits };
}
