import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, childrenOf, isFunction, type Node } from "../../../flow/tree.ts";
import { isLogCall } from "../../exposure/log-calls.ts";
import { usesOf } from "../checks/uses.ts";
import { replyOf } from "../replies.ts";

const CLOCK = /(?:^|[.:])(?:now|hrtime|hrtime\(\)\.bigint|moment|dayjs)$|^(?:moment|dayjs)(?::call)?$/;
const NAMES_CLOCK =
  /^(?:now|(?:get)?_?(?:unix|epoch|current|server)_?(?:time|timestamp|seconds|epoch)\w*|unixNow)$/i;

/** The places within a function where the clock is read. */
export function clocksIn(body: Node, flow: Flow): readonly Node[] {
  const isIn = ({ range }: Node) => range[0] >= body.range[0] && range[1] <= body.range[1];
  const calls = flow.tree.all("CallExpression").filter((call) => isIn(call) && asksClock(call, flow));
  const dates = flow.tree.all("NewExpression").filter((made) => isIn(made) && isNow(made));
  return [...calls, ...dates];
}

function asksClock(call: TSESTree.CallExpression, flow: Flow): boolean {
  if (call.arguments.length > 0) return false;
  return CLOCK.test(flow.name(call.callee) ?? "") || NAMES_CLOCK.test(calledName(call) ?? "");
}

function isNow(made: TSESTree.NewExpression): boolean {
  return made.arguments.length === 0 && calledName(made) === "Date";
}

/**
 * Whether a value is only written down: stored, logged, answered, made into text. What is measured with it, or given to
 * a function, may be an age.
 */
export function isNoted(value: Node, flow: Flow, depth = 0): boolean {
  if (depth > 20) return false;
  const up = flow.tree.parentOf(value);
  const onwards = (next: Node) => isNoted(next, flow, depth + 1);
  switch (up?.type) {
    case "Property":
    case "TemplateLiteral":
    case "ExpressionStatement":
      return true;
    case "AssignmentExpression":
      return up.left.type === "MemberExpression";
    case "MemberExpression":
      return onwards(up);
    case "CallExpression":
      if (up.callee === value) return onwards(up);
      if (/^(?:Math\.|Number$|String$)/.test(flow.name(up.callee) ?? "")) return onwards(up);
      return isLogCall(up, flow) || replyOf(up, flow) !== undefined;
    case "BinaryExpression":
      if (/^[/*+]$/.test(up.operator)) return onwards(up);
      // How long something took.
      return up.operator === "-" && [up.left, up.right].every((side) => readsClock(side, flow));
    case "VariableDeclarator": {
      const variable = up.id.type === "Identifier" ? flow.scopes.variableOf(up.id) : undefined;
      const reads = variable?.references.filter((reference) => reference.isRead());
      return reads?.every(({ identifier }) => onwards(identifier)) ?? false;
    }
    default:
      return up !== undefined && bare(up) !== up && onwards(up);
  }
}

const DEPTH = 12;

/** Whether an expression is made of the clock's time, directly or through names. */
function readsClock(expression: Node, flow: Flow, depth = 0): boolean {
  const node = bare(expression);
  if (depth > DEPTH || isFunction(node)) return false;
  if (node.type === "CallExpression" && asksClock(node, flow)) return true;
  if (node.type === "NewExpression" && isNow(node)) return true;
  return partsOf(node, flow).some((part) => readsClock(part, flow, depth + 1));
}

/** Whether an expression is made of something else that is not known beforehand, such as a received time. */
function readsMore(expression: Node, flow: Flow, depth = 0): boolean {
  const node = bare(expression);
  if (depth > DEPTH || isFunction(node) || flow.constant(node) !== undefined) return false;
  if (node.type === "CallExpression" && asksClock(node, flow)) return false;
  if (node.type === "NewExpression" && isNow(node)) return false;
  const parts = partsOf(node, flow);
  if (parts.length === 0) return node.type === "Identifier" && !isUpper(node.name);
  return parts.some((part) => readsMore(part, flow, depth + 1));
}

/** A constant of another file, such as a tolerance. */
function isUpper(name: string): boolean {
  return name === name.toUpperCase();
}

function partsOf(node: Node, flow: Flow): readonly Node[] {
  if (node.type === "Identifier") {
    const variable = flow.scopes.variableOf(node);
    return variable ? flow.scopes.writesOf(variable).flatMap(({ value }) => value ?? []) : [];
  }
  if (node.type === "MemberExpression") return [node.object];
  if (node.type === "CallExpression") {
    const receiver = receiverOf(node);
    return [...(receiver ? [receiver.object] : []), ...node.arguments];
  }
  return childrenOf(node, flow.module.visitorKeys);
}

/** A comparison of the clock with another time that decides what is done: `Math.abs(now - t) > 300`. */
export function comparesAge(comparison: TSESTree.BinaryExpression, flow: Flow): boolean {
  if (!/^[<>]=?$/.test(comparison.operator)) return false;
  const sides = [comparison.left, comparison.right];
  if (!sides.some((side) => readsClock(side, flow)) || !sides.some((side) => readsMore(side, flow)))
    return false;
  const uses = usesOf(comparison, flow);
  return uses.has("tested") || uses.has("returned");
}
