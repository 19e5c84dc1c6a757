import type { TSESTree } from "@typescript-eslint/types";
import type { Constant } from "../../flow/constant.ts";
import type { Flow } from "../../flow/flow.ts";
import { calledName, receiverOf } from "../../flow/callee.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { valueOf } from "../objects.ts";
import { moneyIn, namesCut, namesExchange, namesRate, speaksAbout } from "./words.ts";

/** The name an expression goes by: `order.total` and `getTotal()` are "total", `wallet[name]` is "wallet". */
export function nameAt(expression: Node): string | undefined {
  const node = bare(expression);
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "MemberExpression":
      return propertyName(node) ?? nameAt(node.object);
    case "CallExpression":
      return receiverOf(node)?.method === "get" && node.arguments[0]?.type === "Literal"
        ? String(node.arguments[0].value)
        : calledName(node);
    case "AwaitExpression":
      return nameAt(node.argument);
    default:
      return undefined;
  }
}

/** The value that an expression always has, also as a member of an object or class, or of another file. */
export function constantAt(expression: Node, flow: Flow): Constant | undefined {
  const node = bare(expression);
  const own = flow.constant(node);
  if (own !== undefined || (node.type !== "Identifier" && node.type !== "MemberExpression")) return own;
  const place = flow.place(flow.resolve(node));
  return place && place.node !== node ? place.flow.constant(place.node) : undefined;
}

/** Calls whose result is the number that their argument says. */
const CONVERSION =
  /^(?:Number|parseFloat|parseInt|Number\.parseFloat|Number\.parseInt|String|BigInt|Math\.abs)$/;
const DEPTH = 8;

/** How surely an expression is a sum of money, by the names in it; see moneyIn(). */
export function moneyOf(expression: Node, flow: Flow, depth = 0): 0 | 1 | 2 {
  const node = bare(expression);
  if (depth > DEPTH) return 0;
  const inner = (part: Node) => moneyOf(part, flow, depth + 1);
  switch (node.type) {
    case "Identifier":
      return moneyIn(node.name) || throughValue(node, flow, depth);
    case "MemberExpression":
      return moneyIn(nameAt(node));
    case "AwaitExpression":
      return inner(node.argument);
    case "UnaryExpression":
      return /^[-+]$/.test(node.operator) ? inner(node.argument) : 0;
    case "LogicalExpression":
      return higher(inner(node.left), inner(node.right));
    case "ConditionalExpression":
      return higher(inner(node.consequent), inner(node.alternate));
    case "BinaryExpression":
      if (/^[-+]$/.test(node.operator)) return higher(inner(node.left), inner(node.right));
      if (node.operator === "*") return higher(inner(node.left), inner(node.right));
      // Money by money is a ratio.
      return node.operator === "/" && moneyOf(node.right, flow, depth + 1) === 0 ? inner(node.left) : 0;
    case "CallExpression": {
      if (CONVERSION.test(flow.name(node.callee) ?? "") && node.arguments[0]) return inner(node.arguments[0]);
      const receiver = receiverOf(node);
      if (receiver && /^(?:toFixed|toString|toNumber|valueOf|trim)$/.test(receiver.method))
        return inner(receiver.object);
      return moneyIn(nameAt(node));
    }
    default:
      return 0;
  }
}

/** `const parsed = Number(body.amount)`: the name says nothing, what it was made of does. */
function throughValue(node: TSESTree.Identifier, flow: Flow, depth: number): 0 | 1 | 2 {
  if (speaksAbout(node.name)) return 0;
  const value = valueOf(node, flow);
  if (value.type === "BinaryExpression") return moneyOf(value, flow, depth + 1);
  return value.type === "CallExpression" && CONVERSION.test(flow.name(value.callee) ?? "")
    ? moneyOf(value, flow, depth + 1)
    : 0;
}

function higher(one: 0 | 1 | 2, other: 0 | 1 | 2): 0 | 1 | 2 {
  return one > other ? one : other;
}

/** Whether an expression is a bigint; one operand suffices, since JavaScript mixes bigint with nothing. */
export function isBigInt(expression: Node, flow: Flow, depth = 0): boolean {
  const node = bare(expression);
  if (depth > DEPTH) return false;
  switch (node.type) {
    case "Literal":
      return typeof node.value === "bigint" || "bigint" in node;
    case "BinaryExpression":
      return isBigInt(node.left, flow, depth + 1) || isBigInt(node.right, flow, depth + 1);
    case "CallExpression":
      return /^(?:BigInt|parseUnits|parseEther|toBigInt|asUintN)$/.test(calledName(node) ?? "");
    case "Identifier": {
      const variable = flow.scopes.variableOf(node);
      const annotated = variable?.identifiers.some(
        (name) => (name as TSESTree.Identifier).typeAnnotation?.typeAnnotation.type === "TSBigIntKeyword",
      );
      if (annotated) return true;
      const value = valueOf(node, flow);
      return value === node ? typeof constantAt(node, flow) === "bigint" : isBigInt(value, flow, depth + 1);
    }
    default:
      return false;
  }
}

/** Whether an expression is a power of ten that makes small units of large ones: 100, 1e6, 10 ** decimals, LAMPORTS_PER_SOL. */
export function isUnit(expression: Node, flow: Flow): boolean {
  const node = valueOf(expression, flow);
  const value = constantAt(node, flow);
  if (typeof value === "number") return value >= 100 && Number.isInteger(Math.log10(value));
  if (node.type === "BinaryExpression" && node.operator === "**") return flow.constant(node.left) === 10;
  if (node.type === "CallExpression" && flow.name(node.callee) === "Math.pow") {
    return node.arguments[0] !== undefined && flow.constant(node.arguments[0]) === 10;
  }
  return /(?:^|_)(?:LAMPORTS|CENTS|CENTAVOS|KOBO|PAISE|STROOPS|WEI|GWEI|SATS|SATOSHIS?)_(?:PER|IN)_/i.test(
    nameAt(expression) ?? "",
  );
}

/** What makes a factor one that whole units do not survive; "exchange" for the price of a currency in another. */
export type Fraction = "part" | "exchange";

export function fractionOf(expression: Node, flow: Flow, depth = 0): Fraction | undefined {
  const node = bare(expression);
  if (depth > DEPTH) return undefined;
  const name = nameAt(node);
  const value = constantAt(node, flow);
  if (typeof value === "number") {
    if (namesExchange(name) && !/fee|tax|percent/i.test(name!))
      return Number.isInteger(value) ? undefined : "exchange";
    if (Number.isInteger(value)) return namesRate(name) && value > 1 ? "part" : undefined;
    return "part";
  }
  if (node.type === "BinaryExpression" && /^[-+]$/.test(node.operator)) {
    // `1 + taxRate`, `1 - discount / 100`
    const [constant, other] =
      typeof flow.constant(node.left) === "number" ? [node.left, node.right] : [node.right, node.left];
    if (typeof flow.constant(constant) !== "number") return undefined;
    return (
      fractionOf(other, flow, depth + 1) ??
      (flow.constant(constant) === 1 && namesCut(nameAt(other)) ? "part" : undefined)
    );
  }
  if (node.type === "BinaryExpression" && node.operator === "/") {
    const divisor = flow.constant(node.right);
    return typeof divisor === "number" && isUnit(node.right, flow) && isPart(node.left, flow)
      ? "part"
      : undefined;
  }
  if (node.type === "CallExpression" && CONVERSION.test(flow.name(node.callee) ?? "") && node.arguments[0]) {
    return fractionOf(node.arguments[0], flow, depth + 1);
  }
  if (node.type === "LogicalExpression")
    return fractionOf(node.left, flow, depth + 1) ?? fractionOf(node.right, flow, depth + 1);
  if (namesExchange(name)) return "exchange";
  if (namesRate(name)) return "part";
  if (node.type !== "Identifier") return undefined;
  const made = valueOf(node, flow);
  return made !== node && made.type !== "Identifier" && moneyIn(name) === 0
    ? fractionOf(made, flow, depth + 1)
    : undefined;
}

/** `feePercent` of `feePercent / 100`, or any name that is not a sum's. */
function isPart(node: Node, flow: Flow): boolean {
  const name = nameAt(node);
  if (namesRate(name) || namesCut(name)) return true;
  return moneyOf(node, flow) === 0 && bare(node).type !== "BinaryExpression";
}
