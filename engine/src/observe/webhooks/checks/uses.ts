import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, isFunction, type Node } from "../../../flow/tree.ts";
import { isLogCall } from "../../exposure/log-calls.ts";
import { replyOf } from "../replies.ts";

/**
 * What becomes of a value. `awaited`: a promise is waited for, or handed to whoever called. `tested`: it decides which
 * way is taken. `dropped`: nobody looks at it. `read`: its members are. `unknown`: it is stored or handed to somebody.
 */
export type Use = "awaited" | "tested" | "dropped" | "read" | "returned" | "unknown";

const TOGETHER = /^(?:all|allSettled|race|any)$/;

/** Every way in which the value of an expression is used, through names, operators and lists. */
export function usesOf(expression: Node, flow: Flow): ReadonlySet<Use> {
  const uses = new Set<Use>();
  follow(expression, flow, uses, new Set());
  return uses;
}

function follow(node: Node, flow: Flow, uses: Set<Use>, seen: Set<Variable>): void {
  const up = flow.tree.parentOf(node);
  const onwards = (next: Node) => follow(next, flow, uses, seen);
  switch (up?.type) {
    case "ExpressionStatement":
      return void uses.add("dropped");
    case "AwaitExpression":
      return void uses.add("awaited");
    case "ReturnStatement":
    case "YieldExpression":
      return void uses.add("returned");
    case "ArrowFunctionExpression":
      return void uses.add(up.body === node ? "returned" : "unknown");
    case "UnaryExpression":
      return void uses.add(up.operator === "void" ? "dropped" : "tested");
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
      return void uses.add("tested");
    case "ConditionalExpression":
      if (up.test === node) return void uses.add("tested");
      return onwards(up);
    case "LogicalExpression":
      if (up.left === node) uses.add("tested");
      return onwards(up);
    case "BinaryExpression":
      return void uses.add(/^[!=]==?$/.test(up.operator) ? "tested" : "unknown");
    case "SequenceExpression":
      return up.expressions.at(-1) === node ? onwards(up) : void uses.add("dropped");
    case "ChainExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return onwards(up);
    case "MemberExpression":
      return ofMember(up, node, flow, uses, onwards);
    case "ArrayExpression":
      return ofList(up, flow, uses);
    case "CallExpression":
      return void uses.add(isTold(up, flow) ? "read" : "unknown");
    case "VariableDeclarator":
      return up.init === node ? ofTarget(up.id, flow, uses, seen) : undefined;
    case "AssignmentExpression":
      if (up.right !== node || up.operator !== "=") return void uses.add("unknown");
      ofTarget(up.left, flow, uses, seen);
      return flow.tree.parentOf(up)?.type === "ExpressionStatement" ? undefined : onwards(up);
    case "Property":
      return void uses.add(isAnswered(up, flow) ? "read" : "unknown");
    default:
      if ((up?.type as string) === "ParenthesizedExpression") return onwards(up!);
      uses.add("unknown");
  }
}

/** `verify().then(…)` is waited for where it is handled; `result.valid` is read. */
function ofMember(
  up: TSESTree.MemberExpression,
  node: Node,
  flow: Flow,
  uses: Set<Use>,
  onwards: (next: Node) => void,
): void {
  if (up.object !== node) return void uses.add("unknown");
  const call = flow.tree.parentOf(up);
  const method = call?.type === "CallExpression" && call.callee === up ? receiverOf(call)?.method : undefined;
  if (method === "then") return void uses.add("awaited");
  if (method === "catch" || method === "finally") return onwards(call!);
  uses.add(
    call?.type === "AssignmentExpression" && call.right === up && call.left.type === "MemberExpression"
      ? "unknown"
      : "read",
  );
}

/** `await Promise.all([verify(), …])`. */
function ofList(list: Node, flow: Flow, uses: Set<Use>): void {
  const call = flow.tree.parentOf(list);
  const together = call?.type === "CallExpression" && TOGETHER.test(calledName(call) ?? "");
  uses.add(together ? "awaited" : "unknown");
}

function ofTarget(target: Node, flow: Flow, uses: Set<Use>, seen: Set<Variable>): void {
  const name = bare(target);
  if (name.type !== "Identifier") return void uses.add(name.type === "ObjectPattern" ? "read" : "unknown");
  const variable = flow.scopes.variableOf(name);
  if (!variable || seen.has(variable)) return void uses.add(variable ? "tested" : "unknown");
  seen.add(variable);
  const reads = variable.references.filter((reference) => reference.isRead());
  if (reads.length === 0) uses.add(isExportedName(name, flow) ? "unknown" : "dropped");
  for (const { identifier } of reads) follow(identifier, flow, uses, seen);
}

function isExportedName(name: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(name); up; up = flow.tree.parentOf(up)) {
    if (up.type === "ExportNamedDeclaration") return true;
    if (isFunction(up)) return false;
  }
  return false;
}

/** What is logged or answered decides nothing. */
function isTold(call: TSESTree.CallExpression, flow: Flow): boolean {
  return isLogCall(call, flow) || replyOf(call, flow) !== undefined;
}

function isAnswered(property: Node, flow: Flow): boolean {
  let up = flow.tree.parentOf(property);
  while (up?.type === "ObjectExpression" || up?.type === "Property") up = flow.tree.parentOf(up);
  return up?.type === "CallExpression" && isTold(up, flow);
}

/**
 * Whether everything that an outcome decides shows in tests: it is not stored in an object or handed to a function,
 * where somebody may look at it who cannot be followed.
 */
export function isFollowed(expression: Node, flow: Flow): boolean {
  return !usesOf(expression, flow).has("unknown");
}
