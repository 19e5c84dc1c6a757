import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import type { Place } from "../../flow/link.ts";
import { bare, isFunction, type Node } from "../../flow/tree.ts";
import { valueOf } from "../objects.ts";
import { constantAt } from "./numbers.ts";

/** What became of a sum on its way to an expression. */
export interface Scale {
  /** What it was multiplied with: 100 for cents of dollars, 0.01 for dollars of cents. */
  readonly factor: number;
  /** The sum that it was made of. */
  readonly sum: Place;
  /** The decimals that it is written with, where it is a string. */
  readonly decimals: number | undefined;
}

const ROUNDS =
  /^(?:Math\.(?:round|floor|ceil|trunc)|Number|parseInt|parseFloat|Number\.parse(?:Int|Float)|BigInt)$/;
const TEXTS = /^(?:String)$/;
const HANDS_ON = /^(?:toString|valueOf|toNumber|round|toDecimalPlaces|toInteger|integerValue)$/;
const TIMES = /^(?:times|mul|multipliedBy|multiply)$/;
const DIVIDED = /^(?:div|dividedBy|divide|divideBy)$/;
const EXACT = /^(?:Decimal|Big|BigNumber|BN)$/;
/** How many names, calls and operations lead from an amount to its sum. */
const DEPTH = 20;

/**
 * How an expression was made of a sum by powers of ten; undefined where branches differ or the code does not show it.
 * `deep` counts the steps so far.
 */
export function scaleOf(expression: Node, flow: Flow, deep = 0): Scale | undefined {
  if (deep > DEPTH) return undefined;
  const node = bare(expression);
  const inner = (part: Node): Scale | undefined => scaleOf(part, flow, deep + 1);
  switch (node.type) {
    case "AwaitExpression":
      return inner(node.argument);
    case "ConditionalExpression":
    case "LogicalExpression":
      return undefined;
    case "TemplateLiteral":
      return node.expressions.length === 1 && node.quasis.every(({ value }) => value.raw === "")
        ? inner(node.expressions[0]!)
        : itself(node, flow);
    case "BinaryExpression":
      return ofOperation(node, flow, deep);
    case "Identifier": {
      const value = valueOf(node, flow);
      return value === node || isFunction(value) ? itself(node, flow) : inner(value);
    }
    case "NewExpression":
      return EXACT.test(calledName(node) ?? "") && node.arguments[0]
        ? inner(node.arguments[0])
        : itself(node, flow);
    case "CallExpression":
      return ofCall(node, flow, deep);
    default:
      return itself(node, flow);
  }
}

function itself(node: Node, flow: Flow): Scale {
  return { factor: 1, sum: { node, flow }, decimals: undefined };
}

function ofOperation(node: TSESTree.BinaryExpression, flow: Flow, deep: number): Scale | undefined {
  const [left, right] = [powerOfTen(node.left, flow), powerOfTen(node.right, flow)];
  if (node.operator === "*" && (left === undefined) !== (right === undefined)) {
    const scale = scaleOf(left === undefined ? node.left : node.right, flow, deep + 1);
    return scale && { ...scale, factor: scale.factor * (left ?? right)!, decimals: undefined };
  }
  const product = bare(node.left);
  // `amount * percent / 100` is a part of it.
  const isPart = product.type === "BinaryExpression" && product.operator === "*";
  if (node.operator !== "/" || right === undefined || left !== undefined) return itself(node, flow);
  const scale = scaleOf(node.left, flow, deep + 1);
  if (isPart && scale?.sum.node === product) return itself(node, flow);
  return scale && { ...scale, factor: scale.factor / right, decimals: undefined };
}

function powerOfTen(node: Node, flow: Flow): number | undefined {
  const value = constantAt(node, flow);
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && number >= 10 && Number.isInteger(Math.log10(number))
    ? number
    : undefined;
}

function ofCall(node: TSESTree.CallExpression, flow: Flow, deep: number): Scale | undefined {
  const [first] = node.arguments;
  const name = flow.name(node.callee) ?? "";
  if ((ROUNDS.test(name) || TEXTS.test(name)) && first) {
    const scale = scaleOf(first, flow, deep + 1);
    return scale && (TEXTS.test(name) ? scale : { ...scale, decimals: undefined });
  }
  if (EXACT.test(calledName(node) ?? "") && first) return scaleOf(first, flow, deep + 1);
  const receiver = receiverOf(node);
  const known = receiver && ofMethod(receiver, first, flow, deep);
  return known ?? ofFunction(node, flow, deep);
}

function ofMethod(
  { object, method }: { object: Node; method: string },
  argument: Node | undefined,
  flow: Flow,
  deep: number,
): Scale | undefined {
  const factor = argument && powerOfTen(argument, flow);
  const isScaled = factor !== undefined && (TIMES.test(method) || DIVIDED.test(method));
  if (!isScaled && !HANDS_ON.test(method) && method !== "toFixed") return undefined;
  const scale = scaleOf(object, flow, deep + 1);
  if (!scale) return undefined;
  if (method === "toFixed") {
    const digits = argument ? flow.constant(argument) : 0;
    return { ...scale, decimals: typeof digits === "number" ? digits : undefined };
  }
  if (!isScaled) return scale;
  return { ...scale, factor: TIMES.test(method) ? scale.factor * factor : scale.factor / factor };
}

/** `toCents(order.total)` of this file or another: what the function does to its parameter. */
function ofFunction(call: TSESTree.CallExpression, flow: Flow, deep: number): Scale | undefined {
  const place = flow.place(flow.resolve(call.callee));
  if (!place || !isFunction(place.node)) return itself(call, flow);
  const [result, ...others] = place.flow.tree.returnsOf(place.node);
  if (!result || others.length > 0) return undefined;
  const done = scaleOf(result, place.flow, deep + 1);
  if (!done) return undefined;
  const index = parameterOf(done.sum, place);
  const argument = index === undefined ? undefined : call.arguments[index];
  if (!argument || argument.type === "SpreadElement") return done.factor === 1 ? itself(call, flow) : done;
  const given = scaleOf(argument, flow, deep + 1);
  return given && { ...given, factor: given.factor * done.factor, decimals: done.decimals ?? given.decimals };
}

function parameterOf(sum: Place, fn: Place): number | undefined {
  const node = bare(sum.node);
  if (node.type !== "Identifier" || !isFunction(fn.node)) return undefined;
  const variable = sum.flow.scopes.variableOf(node);
  const index = fn.node.params.findIndex((parameter) => {
    const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
    return target.type === "Identifier" && sum.flow.scopes.variableOf(target) === variable;
  });
  return index < 0 || variable === undefined ? undefined : index;
}
