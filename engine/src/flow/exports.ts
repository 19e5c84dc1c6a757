import type { TSESTree } from "@typescript-eslint/types";
import type { Scopes } from "./scopes.ts";
import { bare, type Node, propertyName, type Tree } from "./tree.ts";

/** What a module exports, as its own text says it; ES modules and CommonJS alike. */
export interface Exports {
  /** By name, `default` for the default export; more than one where a name is given several values. */
  readonly named: ReadonlyMap<string, readonly Export[]>;
  /** What `module.exports` and `export =` are set to. */
  readonly whole: readonly Node[];
  /** The modules whose exports are all handed on: `export * from`. */
  readonly all: readonly string[];
}

export type Export =
  | { readonly kind: "value"; readonly node: Node }
  /** Handed on from another module; `name` is undefined for all of it under one name. */
  | { readonly kind: "from"; readonly module: string; readonly name: string | undefined };

export function exportsOf(tree: Tree, scopes: Scopes): Exports {
  const named = new Map<string, Export[]>();
  const whole: Node[] = [];
  const all: string[] = [];
  const add = (name: string, what: Export): void => void named.set(name, [...(named.get(name) ?? []), what]);
  const value = (name: string, node: Node): void => add(name, { kind: "value", node });
  for (const statement of tree.module.program.body) {
    switch (statement.type) {
      case "ExportDefaultDeclaration":
        if (!isSignature(statement.declaration)) value("default", statement.declaration);
        break;
      case "ExportNamedDeclaration":
        for (const [name, node] of declared(statement.declaration)) value(name, node);
        for (const { exported, local } of statement.specifiers) {
          if (!statement.source) value(nameOf(exported), local);
          else add(nameOf(exported), { kind: "from", module: statement.source.value, name: nameOf(local) });
        }
        break;
      case "ExportAllDeclaration":
        if (!statement.exported) all.push(statement.source.value);
        else
          add(nameOf(statement.exported), { kind: "from", module: statement.source.value, name: undefined });
        break;
      case "TSExportAssignment":
        whole.push(statement.expression);
    }
  }
  for (const { left, right } of tree.all("AssignmentExpression")) {
    const name = left.type === "MemberExpression" && propertyName(left);
    if (!name) continue;
    const object = bare(left.object);
    if (isFree(object, "module", scopes) && name === "exports") whole.push(right);
    else if (isExports(object, scopes) && !isPlaceholder(right)) value(name, right);
  }
  return { named, whole, all };
}

function nameOf(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === "Identifier" ? name.name : String(name.value);
}

/** What a declaration names. Variables by the identifier, so that what is written to them later counts. */
function declared(declaration: TSESTree.ExportNamedDeclaration["declaration"]): [string, Node][] {
  switch (declaration?.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return declaration.id ? [[declaration.id.name, declaration]] : [];
    case "TSEnumDeclaration":
      return [[declaration.id.name, declaration]];
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => bound(id)).map((id) => [id.name, id]);
    default:
      return [];
  }
}

function bound(pattern: Node | null): TSESTree.Identifier[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((each) =>
        bound(each.type === "Property" ? each.value : each.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((each) => bound(each));
    case "AssignmentPattern":
      return bound(pattern.left);
    default:
      return [];
  }
}

function isFree(node: Node, name: string, scopes: Scopes): boolean {
  return node.type === "Identifier" && node.name === name && !scopes.variableOf(node);
}

/** `exports` or `module.exports`. */
function isExports(node: Node, scopes: Scopes): boolean {
  if (node.type !== "MemberExpression") return isFree(node, "exports", scopes);
  return propertyName(node) === "exports" && isFree(bare(node.object), "module", scopes);
}

/** An overload or an interface says nothing of what runs. */
function isSignature(node: Node): boolean {
  return node.type === "TSDeclareFunction" || node.type === "TSInterfaceDeclaration";
}

/** Compilers write `exports.a = void 0` first. */
function isPlaceholder(node: Node): boolean {
  return node.type === "UnaryExpression" && node.operator === "void";
}
