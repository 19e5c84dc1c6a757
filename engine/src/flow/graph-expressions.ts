import type { TSESTree } from "@typescript-eslint/types";
import type { Branches, End, GraphBuilder } from "./graph-builder.ts";
import { condition } from "./graph-conditions.ts";
import { visitStatement } from "./graph-statements.ts";
import { bare, childrenOf, isFunction, type Node } from "./tree.ts";

/** Follows the evaluation of an expression, or of what else can stand among expressions, as a value. */
export function visit(b: GraphBuilder, node: Node | null | undefined): void {
  if (!node || isTypeOnly(node) || !b.deeper()) return;
  visitNode(b, node);
  b.shallower();
}

function visitNode(b: GraphBuilder, node: Node): void {
  switch (node.type) {
    case "Identifier":
    case "Literal":
    case "ThisExpression":
      return b.event(node);
    case "AssignmentExpression":
      return visitAssignment(b, node);
    case "UpdateExpression":
      visit(b, node.argument);
      b.event(node);
      return bind(b, bare(node.argument), node, "prepared");
    case "BinaryExpression":
      return visitBinary(b, node);
    case "LogicalExpression":
      return visitLogical(b, node);
    case "ConditionalExpression":
      return visitTernary(b, node);
    case "ChainExpression":
      return visitChain(b, node);
    case "MemberExpression":
      visitOperands(b, node);
      return b.event(node);
    case "CallExpression":
      visit(b, node.callee);
      if (node.optional) shortCut(b, node.callee);
      for (const argument of node.arguments) visit(b, argument);
      return b.event(node);
    case "ClassExpression":
      visitClass(b, node);
      return b.event(node);
    case "Property":
      if (node.computed) visit(b, node.key);
      visit(b, node.value);
      return b.event(node);
    default:
      if (visitStatement(b, node)) return;
      if (!isFunction(node)) for (const child of valuesOf(b, node)) visit(b, child);
      b.event(node);
  }
}

/** Children of a node that are evaluated; names of tags, attributes and imported things are not. */
function valuesOf(b: GraphBuilder, node: Node): Node[] {
  return childrenOf(node, b.options.visitorKeys).filter(
    (child) => !NAMES.has(child.type) && !isTypeOnly(child),
  );
}

const NAMES: ReadonlySet<string> = new Set([
  "ImportAttribute",
  "JSXClosingElement",
  "JSXClosingFragment",
  "JSXIdentifier",
  "JSXMemberExpression",
  "JSXNamespacedName",
  "JSXOpeningFragment",
  "PrivateIdentifier",
]);

/** Declarations and annotations of TypeScript and Flow that leave nothing to run. */
export function isTypeOnly({ type }: Node): boolean {
  return type.startsWith("TS") ? !RUNNING_TS.has(type) : FLOW_TYPES.has(type);
}

const RUNNING_TS: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSEnumDeclaration",
  "TSExportAssignment",
  "TSInstantiationExpression",
  "TSModuleDeclaration",
  "TSNonNullExpression",
  "TSParameterProperty",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

/** Left out: Flow's `enum`, which is next to never used. */
const FLOW_TYPES: ReadonlySet<string> = new Set([
  "DeclareClass",
  "DeclareExportAllDeclaration",
  "DeclareExportDeclaration",
  "DeclareFunction",
  "DeclareInterface",
  "DeclareModule",
  "DeclareModuleExports",
  "DeclareOpaqueType",
  "DeclareTypeAlias",
  "DeclareVariable",
  "DeclaredPredicate",
  "InterfaceDeclaration",
  "OpaqueType",
  "TypeAlias",
  "TypeAnnotation",
  "TypeParameterDeclaration",
  "TypeParameterInstantiation",
]);

/** Where a value goes: variables and properties are written, patterns taken apart. */
export function bind(b: GraphBuilder, target: Node | null, by: Node, member?: "prepared"): void {
  if (!target || !b.deeper()) return;
  bindNode(b, target, by, member);
  b.shallower();
}

function bindNode(b: GraphBuilder, target: Node, by: Node, member?: "prepared"): void {
  switch (target.type) {
    case "Identifier":
      return b.write(target, by);
    case "MemberExpression":
      if (!member) visitOperands(b, target);
      return b.write(target, by);
    case "AssignmentPattern": {
      const given = b.ends;
      visit(b, target.right);
      b.ends = [...b.ends, ...given];
      return bind(b, target.left, by);
    }
    case "ArrayPattern":
      for (const element of target.elements) bind(b, element, by);
      return;
    case "ObjectPattern":
      for (const property of target.properties) bind(b, property, by);
      return;
    case "Property":
      if (target.computed) visit(b, target.key);
      return bind(b, target.value, by);
    case "RestElement":
      return bind(b, target.argument, by);
    case "TSParameterProperty":
      return bind(b, target.parameter, by);
    default:
      if (bare(target) !== target) bind(b, bare(target), by);
  }
}

/** The object and the computed key of a member, without reading the member. */
function visitOperands(b: GraphBuilder, node: TSESTree.MemberExpression): void {
  visit(b, node.object);
  if (node.optional) shortCut(b, node.object);
  if (node.computed) visit(b, node.property);
}

function visitAssignment(b: GraphBuilder, node: TSESTree.AssignmentExpression): void {
  const target = bare(node.left);
  const logical = LOGICAL_ASSIGNMENT[node.operator];
  if (logical) {
    const { yes, no } = split(b, node.left, logical);
    b.ends = logical === "&&" ? yes : no;
    visit(b, node.right);
    bind(b, target, node, "prepared");
    b.ends = [...b.ends, ...(logical === "&&" ? no : yes)];
    return b.event(node);
  }
  if (node.operator !== "=") visit(b, node.left);
  else if (target.type === "MemberExpression") visitOperands(b, target);
  visit(b, node.right);
  bind(b, target, node, "prepared");
  b.event(node);
}

const LOGICAL_ASSIGNMENT: Readonly<Record<string, "&&" | "||" | "??" | undefined>> = {
  "&&=": "&&",
  "||=": "||",
  "??=": "??",
};

/** `a + b + c + …` grows to the left, in generated code for thousands of operands. */
function visitBinary(b: GraphBuilder, node: TSESTree.BinaryExpression): void {
  const spine = [node];
  for (let left: Node = node.left; left.type === "BinaryExpression"; left = left.left) spine.push(left);
  visit(b, spine.at(-1)!.left);
  for (const link of spine.reverse()) {
    visit(b, link.right);
    b.event(link);
  }
}

function visitLogical(b: GraphBuilder, node: TSESTree.LogicalExpression): void {
  const { yes, no } = split(b, node.left, node.operator);
  b.ends = node.operator === "&&" ? yes : no;
  visit(b, node.right);
  b.ends = [...b.ends, ...(node.operator === "&&" ? no : yes)];
  b.event(node);
}

/** The left operand of a short-circuit operator: `yes` is where `||` and `??` are done. */
function split(b: GraphBuilder, left: Node, operator: TSESTree.LogicalExpression["operator"]): Branches {
  if (operator !== "??") return condition(b, left);
  visit(b, left);
  return { yes: b.given(left, true, "presence"), no: b.given(left, false, "presence") };
}

function visitTernary(b: GraphBuilder, node: TSESTree.ConditionalExpression): void {
  const { yes, no } = condition(b, node.test);
  b.ends = yes;
  visit(b, node.consequent);
  const consequent = b.ends;
  b.ends = no;
  visit(b, node.alternate);
  b.ends = [...consequent, ...b.ends];
  b.event(node);
}

function visitChain(b: GraphBuilder, node: TSESTree.ChainExpression): void {
  const shortCuts = followChain(b, node);
  b.ends = [...b.ends, ...shortCuts];
  b.event(node);
}

/** Leaves control at the end of the chain, and gives back the ways that left it at a `?.`. */
export function followChain(b: GraphBuilder, node: TSESTree.ChainExpression): readonly End[] {
  const shortCuts: End[] = [];
  b.chains.push(shortCuts);
  visit(b, node.expression);
  b.chains.pop();
  return shortCuts;
}

function shortCut(b: GraphBuilder, object: Node): void {
  const chain = b.chains.at(-1);
  if (!chain) return;
  chain.push(...b.given(object, false, "presence"));
  b.ends = b.given(object, true, "presence");
}

/** A class is evaluated where it stands: heritage, computed keys, decorators, static fields and static blocks. */
export function visitClass(
  b: GraphBuilder,
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
): void {
  for (const decorator of node.decorators ?? []) visit(b, decorator);
  visit(b, node.superClass);
  const fields: Node[] = [];
  for (const member of node.body.body) {
    if (member.type === "StaticBlock") fields.push(member);
    if (!("key" in member) || isTypeOnly(member)) continue;
    for (const decorator of member.decorators ?? []) visit(b, decorator);
    if (member.computed) visit(b, member.key);
    if (member.type === "MethodDefinition") visit(b, member.value);
    else if (member.static && member.value) fields.push(member.value);
  }
  if (node.id) b.write(node.id, node);
  for (const field of fields) visit(b, field);
}
