import type { TSESTree } from "@typescript-eslint/types";
import type { ScopeManager } from "@typescript-eslint/scope-manager";

export type Node = TSESTree.Node;
export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The node of a type named by a plain string. */
export type NodeOf<Type extends string, Each = Node> = Each extends { type: infer Tag extends string }
  ? `${Tag}` extends Type
    ? Each
    : never
  : never;

/** One parsed JavaScript or TypeScript file, from any ESTree parser. */
export interface Module {
  /** Absolute, or relative to the project's root; always with forward slashes. */
  readonly fileName: string;
  readonly text: string;
  readonly program: TSESTree.Program;
  readonly scopeManager: ScopeManager;
  /** Which properties of a node hold its children, by node type; the parser's own where it has some. */
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
  readonly comments: readonly { readonly text: string; readonly range: Range }[];
}

/** The tree of a module with the ways that ESTree itself does not offer: upwards, and by type. */
export interface Tree {
  readonly module: Module;
  parentOf(node: Node): Node | undefined;
  /** The innermost function around a node, not the node itself; undefined at the top level. */
  functionOf(node: Node): FunctionNode | undefined;
  /** What a function returns: the arguments of its return statements, or its expression body. */
  returnsOf(fn: FunctionNode): readonly Node[];
  /** All nodes of a type, in source order. */
  all<Type extends `${Node["type"]}`>(type: Type): readonly NodeOf<Type>[];
}

/** Parents are kept beside the tree: not every parser sets them, and a foreign tree is not ours to write on. */
export function indexTree(module: Module): Tree {
  const parents = new Map<Node, Node>();
  const byType = new Map<string, Node[]>();
  const pending: Node[] = [module.program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const peers = byType.get(node.type);
    if (peers) peers.push(node);
    else byType.set(node.type, [node]);
    const children = childrenOf(node, module.visitorKeys);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at]!;
      parents.set(child, node);
      pending.push(child);
    }
  }
  const functionOf = (node: Node): FunctionNode | undefined => {
    let up = parents.get(node);
    while (up && !isFunction(up)) up = parents.get(up);
    return up;
  };
  const all = (type: string): never => (byType.get(type) ?? []) as never;
  let returns: ReadonlyMap<FunctionNode, readonly Node[]> | undefined;
  return {
    module,
    parentOf: (node) => parents.get(node),
    functionOf,
    all,
    returnsOf(fn) {
      if (fn.body?.type !== "BlockStatement") return fn.body ? [fn.body] : [];
      returns ??= groupReturns(all("ReturnStatement"), functionOf);
      return returns.get(fn) ?? [];
    },
  };
}

function groupReturns(
  statements: readonly TSESTree.ReturnStatement[],
  functionOf: Tree["functionOf"],
): ReadonlyMap<FunctionNode, readonly Node[]> {
  const returns = new Map<FunctionNode, Node[]>();
  for (const statement of statements) {
    const fn = functionOf(statement);
    if (!fn || !statement.argument) continue;
    const found = returns.get(fn);
    if (found) found.push(statement.argument);
    else returns.set(fn, [statement.argument]);
  }
  return returns;
}

/** The children of a node in source order; an unknown node type is searched property by property. */
export function childrenOf(node: Node, visitorKeys: Module["visitorKeys"]): Node[] {
  const children: Node[] = [];
  const keys = visitorKeys[node.type] ?? Object.keys(node).filter((key) => !NOT_CHILDREN.has(key));
  for (const key of keys) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

const NOT_CHILDREN = new Set([
  "parent",
  "loc",
  "range",
  "type",
  "start",
  "end",
  "extra",
  "tokens",
  "comments",
]);

function isNode(value: unknown): value is Node {
  return typeof (value as Node | null)?.type === "string";
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

export function isClass(node: Node): node is ClassNode {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

/** A method or field of a class; of an overloaded method the one with a body. */
export function memberOf(
  node: ClassNode,
  name: string,
  isStatic: boolean,
): TSESTree.MethodDefinition | TSESTree.PropertyDefinition | undefined {
  for (const member of node.body.body) {
    if (member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") continue;
    if (member.static !== isStatic || propertyName(member) !== name) continue;
    if (member.type === "PropertyDefinition" || isFunction(member.value)) return member;
  }
  return undefined;
}

/** Types, assertions and parentheses say nothing about a value: `(x as T)!` is x, `a?.b` is a.b. */
export function bare(node: Node): Node {
  for (;;) {
    switch (node.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
      case "ChainExpression":
        node = node.expression;
        break;
      default:
        if ((node.type as string) !== "ParenthesizedExpression") return node;
        node = (node as unknown as { expression: Node }).expression;
    }
  }
}

/** Start and end of a node as UTF-16 offsets into the text, end exclusive. */
export function rangeOf(node: Node): Range {
  return { start: node.range[0], end: node.range[1] };
}

/** Whether a node's text lies inside another's, or is the same. */
export function isWithin(node: Node, outer: Node): boolean {
  return node.range[0] >= outer.range[0] && node.range[1] <= outer.range[1];
}

/** UTF-16 offsets into the text of a file; the end is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The name of a property as far as the source says it: `a.b`, `a["b"]`, `{ b: … }`, `{ "b": … }`. */
export function propertyName(
  node:
    TSESTree.MemberExpression | TSESTree.Property | TSESTree.PropertyDefinition | TSESTree.MethodDefinition,
): string | undefined {
  const key = node.type === "MemberExpression" ? node.property : node.key;
  if (!node.computed && (key.type === "Identifier" || key.type === "PrivateIdentifier")) return key.name;
  if (key.type === "Literal") return String(key.value);
  if (key.type === "TemplateLiteral" && key.quasis.length === 1)
    return key.quasis[0]!.value.cooked ?? undefined;
  return undefined;
}
