import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import { bare, type Node } from "../../flow/tree.ts";
import { moneyRequests } from "../money-requests.ts";
import { valueOf } from "../objects.ts";
import { sourceOf } from "../sources.ts";
import { constantAt, fractionOf, isBigInt, isUnit, moneyOf, nameAt } from "./numbers.ts";
import { moneyIn, namesCount, namesCut, namesExchange, namesMinorUnits, namesPlainCut } from "./words.ts";

/** An expression that can change a sum of money, as far as it alone shows. */
export interface Candidate {
  readonly shape:
    "unrounded-factor" | "rate" | "unit" | "rounded-trip" | "parsed-fraction" | "parsed-sum" | "narrowed";
  readonly node: Node;
  /** How surely it works on money; see moneyIn(). */
  readonly money: 0 | 1 | 2;
}

/** All candidates of a file. */
export function* candidatesOf(flow: Flow): Generator<Candidate> {
  const operations: readonly (TSESTree.BinaryExpression | TSESTree.AssignmentExpression)[] = [
    ...flow.tree.all("BinaryExpression"),
    ...flow.tree.all("AssignmentExpression"),
  ];
  for (const node of operations) {
    const found = arithmetic(node, flow);
    if (found) yield found;
  }
  for (const node of [...flow.tree.all("CallExpression"), ...flow.tree.all("UnaryExpression")]) {
    const parsed = parsedOf(node, flow);
    if (parsed) yield parsed;
  }
}

function arithmetic(
  node: TSESTree.BinaryExpression | TSESTree.AssignmentExpression,
  flow: Flow,
): Candidate | undefined {
  const operator = node.type === "AssignmentExpression" ? node.operator.slice(0, -1) : node.operator;
  const { left, right } = node;
  if (!/^[-+*/]$/.test(operator) || isBigInt(left, flow) || isBigInt(right, flow)) return undefined;
  if (typeof flow.constant(node) === "number") return undefined;
  if (operator === "*") return times(node, left, right, flow) ?? times(node, right, left, flow);
  if (operator === "/") return divided(node, left, right, flow);
  return node.type === "BinaryExpression" ? summed(node, left, right, flow) : undefined;
}

/** `amount * FEE_PERCENT / 100`, `price * 1.05`, `usd * rate`, `amount * 100`. */
function times(node: Node, sum: Node, factor: Node, flow: Flow): Candidate | undefined {
  const money = moneyOf(sum, flow);
  if (isUnit(factor, flow))
    return isWholeAlready(sum, flow) || isBasisPoints(sum, factor, flow)
      ? undefined
      : { shape: "unit", node, money };
  const fraction = fractionOf(factor, flow);
  // A rate of a rate is a rate.
  if (fraction === "exchange" && namesExchange(nameAt(sum))) return undefined;
  if (money === 0)
    return fraction === "part" && moneyRequests(flow).length > 0
      ? { shape: "unrounded-factor", node, money }
      : undefined;
  if (fraction) return { shape: fraction === "part" ? "unrounded-factor" : "rate", node, money };
  const isRate = isWholePercentage(sum, factor, node, flow) || isCutOf(sum, factor, node, flow);
  return isRate ? { shape: "unrounded-factor", node, money } : undefined;
}

/** `fee * 10000` */
function isBasisPoints(sum: Node, factor: Node, flow: Flow): boolean {
  return flow.constant(factor) === 10_000 && namesCut(nameAt(sum));
}

/** `amount * 5 / 100`, `amount / 100 * 5` */
function isWholePercentage(sum: Node, factor: Node, node: Node, flow: Flow): boolean {
  if (typeof flow.constant(factor) !== "number") return false;
  const part = bare(sum);
  return (
    (part.type === "BinaryExpression" && part.operator === "/" && isUnit(part.right, flow)) ||
    isScaledDown(node, flow)
  );
}

/** Money times money makes no sense, unless one of them is a rate: `price * discount`. */
function isCutOf(sum: Node, factor: Node, node: Node, flow: Flow): boolean {
  const [whole, cut] = [nameAt(sum), nameAt(factor)];
  if (!namesCut(cut) || namesCut(whole) || moneyIn(whole) < 2) return false;
  return namesPlainCut(cut) || isScaledDown(node, flow);
}

/** Whether a product is divided by a power of ten right away, as products with percentages are. */
function isScaledDown(node: Node, flow: Flow): boolean {
  let up = flow.tree.parentOf(node);
  while (up && (up.type as string) === "ParenthesizedExpression") up = flow.tree.parentOf(up);
  return (
    up?.type === "BinaryExpression" && up.operator === "/" && bare(up.left) === node && isUnit(up.right, flow)
  );
}

/** `usd / exchangeRate`, `amount / 58.5`; a division by 100 makes large units of small ones and is left alone. */
function divided(node: Node, sum: Node, divisor: Node, flow: Flow): Candidate | undefined {
  const money = moneyOf(sum, flow);
  if (money === 0 || isUnit(divisor, flow) || bare(divisor).type === "BinaryExpression") return undefined;
  // A price by a price is an exchange rate.
  const isPrice = (node: Node): boolean =>
    /price$/i.test(nameAt(parsedArgument(bare(node), flow) ?? node) ?? "");
  if (isPrice(sum) && isPrice(divisor)) return undefined;
  const fraction = fractionOf(divisor, flow) ?? (namesExchange(nameAt(divisor)) ? "exchange" : undefined);
  return fraction && { shape: fraction === "exchange" ? "rate" : "unrounded-factor", node, money };
}

/** What needs no rounding when it is multiplied: whole numbers, counts, and sums in minor units. */
function isWholeAlready(expression: Node, flow: Flow): boolean {
  const node = bare(expression);
  const value = constantAt(node, flow);
  if (value !== undefined) return typeof value !== "number" || Number.isInteger(value);
  const parsed = parsedArgument(node, flow);
  if (parsed) return isWholeAlready(parsed, flow);
  const name = nameAt(node);
  if (namesCount(name) || namesMinorUnits(name)) return true;
  if (node.type === "CallExpression") {
    return /^(?:parseInt|Number\.parseInt|Math\.\w+|Date\.now)$/.test(flow.name(node.callee) ?? "");
  }
  // A quotient times 100 is a percentage.
  if (node.type === "BinaryExpression" && node.operator === "/") return true;
  const made = valueOf(node, flow);
  return made !== node && made.type !== "Identifier" && isWholeAlready(made, flow);
}

/** `Number(wallet.balance) - amount`: a decimal column that was read as a float. */
function summed(node: Node, left: Node, right: Node, flow: Flow): Candidate | undefined {
  // Where whole numbers are added, the column holds whole numbers.
  if (isRounded(left, flow) || isRounded(right, flow)) return undefined;
  const column = columnRead(left, flow) ?? columnRead(right, flow);
  return column && { shape: "parsed-sum", node, money: moneyIn(nameAt(column)) };
}

function isRounded(operand: Node, flow: Flow): boolean {
  const value = valueOf(operand, flow);
  return (
    value.type === "CallExpression" &&
    /^Math\.(?:floor|round|ceil|trunc)$/.test(flow.name(value.callee) ?? "")
  );
}

/** The member that an operand is the number of: `wallet.balance` for `Number(wallet.balance)`. */
export function columnRead(operand: Node, flow: Flow): TSESTree.MemberExpression | undefined {
  let value = valueOf(operand, flow);
  if (value.type === "LogicalExpression") value = bare(value.left);
  const argument = parsedArgument(value, flow);
  const member = argument && bare(argument.type === "LogicalExpression" ? argument.left : argument);
  if (member?.type !== "MemberExpression") return undefined;
  const name = nameAt(member);
  const isCount = /nft|inventory|stock/i.test(nameAt(member.object) ?? "");
  return moneyIn(name) > 0 && !namesMinorUnits(name) && !isCount ? member : undefined;
}

/** What a conversion to a number converts, when it is one: `Number(x)`, `parseFloat(x)`, `+x`. */
function parsedArgument(node: Node, flow: Flow): Node | undefined {
  if (node.type === "UnaryExpression") return node.operator === "+" ? bare(node.argument) : undefined;
  if (
    node.type !== "CallExpression" ||
    !/^(?:Number|(?:Number\.)?parseFloat)$/.test(flow.name(node.callee) ?? "")
  )
    return undefined;
  return node.arguments[0] && bare(node.arguments[0]);
}

function parsedOf(
  node: TSESTree.CallExpression | TSESTree.UnaryExpression,
  flow: Flow,
): Candidate | undefined {
  const argument = parsedArgument(node, flow);
  if (!argument) return undefined;
  const fixed = argument.type === "CallExpression" ? receiverOf(argument) : undefined;
  if (fixed?.method === "toFixed")
    return roundedTrip(node, argument as TSESTree.CallExpression, fixed.object, flow);
  if (isBigInt(argument, flow)) return { shape: "narrowed", node, money: moneyOf(argument, flow) };
  if (moneyOf(argument, flow) === 0 || namesMinorUnits(nameAt(argument)) || !isTyped(argument, flow))
    return undefined;
  return { shape: "parsed-fraction", node, money: moneyOf(argument, flow) };
}

/** `Number(total.toFixed(2))`. Small units made large ones for showing them are left alone, and so are averages. */
function roundedTrip(node: Node, call: TSESTree.CallExpression, of: Node, flow: Flow): Candidate | undefined {
  const digits = call.arguments[0] ? flow.constant(call.arguments[0]) : 0;
  if (digits === 0) return undefined;
  const value = valueOf(of, flow);
  if (
    value.type === "BinaryExpression" &&
    value.operator === "/" &&
    !isPercentage(value, flow) &&
    !fractionOf(value.right, flow)
  )
    return undefined;
  const money = moneyOf(of, flow);
  return { shape: "rounded-trip", node, money };
}

/** `amount * percent / 100` */
function isPercentage(node: TSESTree.BinaryExpression, flow: Flow): boolean {
  const product = bare(node.left);
  return isUnit(node.right, flow) && product.type === "BinaryExpression" && product.operator === "*";
}

/** Whether somebody typed it: a request's field, a form's. */
function isTyped(argument: Node, flow: Flow): boolean {
  return flow.traces(argument).some(({ origin }) => {
    const source = sourceOf(origin, flow);
    if (source.kind === "request") return source.part !== "header" && source.part !== "raw-body";
    if (origin.kind !== "named") return false;
    return /(?:^|[.:])useState\(\)|\.json\(\)|formData\(\)|\.target\.value$|\.value$/i.test(
      origin.name ?? "",
    );
  });
}
