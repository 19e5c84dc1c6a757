import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { extended, type Meaning, type Root, type Segment } from "./meaning.ts";
import type { Scopes, Write } from "./scopes.ts";
import {
  bare,
  type ClassNode,
  type FunctionNode,
  isClass,
  isFunction,
  memberOf,
  type Node,
  propertyName,
  type Tree,
} from "./tree.ts";

/** How many aliases are followed before a name is taken as it stands. */
const DEPTH = 30;

/** Answers what a callee or value means: imports, require, aliases, instances, class fields. */
export class Resolver {
  readonly #tree: Tree;
  readonly #scopes: Scopes;
  readonly #known = new Map<Node, Meaning>();
  #fields: Map<ClassNode, Map<string, Node[]>> | undefined;
  #depth = 0;

  constructor(tree: Tree, scopes: Scopes) {
    this.#tree = tree;
    this.#scopes = scopes;
  }

  resolve(expression: Node): Meaning {
    const node = bare(expression);
    const known = this.#known.get(node);
    if (known) return known;
    if (this.#depth >= DEPTH) return value(node);
    // A name that leads back to itself (`const a = b, b = a`) means only itself.
    this.#known.set(node, value(node));
    this.#depth++;
    const meaning = this.#meaning(node);
    this.#depth--;
    this.#known.set(node, meaning);
    return meaning;
  }

  #meaning(node: Node): Meaning {
    switch (node.type) {
      case "Identifier":
      case "JSXIdentifier":
        return this.#identifier(node);
      case "MemberExpression":
        if (node.object.type === "Super") return this.#inherited(node);
        return this.#isReassigned(node)
          ? extended(value(bare(node.object)), { kind: "member", name: propertyName(node) })
          : this.#member(this.resolve(node.object), propertyName(node));
      case "CallExpression":
        return this.#call(node);
      case "NewExpression":
        return extended(this.resolve(node.callee), { kind: "new", node });
      case "AwaitExpression":
        return this.resolve(node.argument);
      case "AssignmentExpression":
        return node.operator === "=" ? this.resolve(node.right) : value(node);
      case "SequenceExpression":
        return this.resolve(node.expressions.at(-1)!);
      case "LogicalExpression":
        return this.#imported(node, node.left, node.right);
      case "ConditionalExpression":
        return this.#imported(node, node.consequent, node.alternate);
      case "ImportExpression":
        return node.source.type === "Literal" ? imported(String(node.source.value)) : value(node);
      case "MetaProperty":
        return global(`${node.meta.name}.${node.property.name}`);
      case "ThisExpression":
        return { root: { kind: "this", class: this.#classAround(node) }, path: [] };
      default:
        return value(node);
    }
  }

  /** Of `cached ?? new Client()` the side that names an import says what the whole is. */
  #imported(node: Node, left: Node, right: Node): Meaning {
    const sides = [this.resolve(left), this.resolve(right)].filter(({ root }) => root.kind === "import");
    return sides[0] ?? value(node);
  }

  #identifier(node: TSESTree.Identifier | TSESTree.JSXIdentifier): Meaning {
    const variable = this.#scopes.variableOf(node);
    if (!variable) return node.name === "undefined" ? value(node) : global(node.name);
    return this.meaningOf(variable);
  }

  /** What a variable means wherever it is read; a variable written more than once means only itself. */
  meaningOf(variable: Variable): Meaning {
    const itself: Meaning = { root: { kind: "variable", variable }, path: [] };
    const definition = variable.defs[0];
    if (!definition) return itself;
    const declared = definition.node as Node;
    switch (definition.type as string) {
      case "ImportBinding":
        return importBinding(declared, definition.parent as Node | null | undefined) ?? itself;
      case "FunctionName":
        // Overloads come before what runs.
        return value((variable.defs.find(({ node }) => isFunction(node as Node))?.node as Node) ?? declared);
      case "ClassName":
      case "TSEnumName":
        return value(declared);
    }
    const all = this.#scopes.writesOf(variable).filter(hasValue);
    // `let client = null;` tells nothing of what the client is once there is one.
    const writes = all.length > 1 ? all.filter(({ value }) => !value || !isNothing(value)) : all;
    const [write] = writes;
    if (!write || writes.length > 1) return itself;
    return this.written(write) ?? itself;
  }

  /** What a single write makes its variable mean. */
  written(write: Write): Meaning | undefined {
    const way = write.path.map((name): Segment => ({ kind: "member", name }));
    if (write.how === "parameter") {
      const parameter = this.#scopes.parameterOf(write);
      if (!parameter) return undefined;
      const type = write.path.length === 0 ? this.#annotation(parameter.node) : undefined;
      const root: Root = { kind: "parameter", function: parameter.function, index: parameter.index, type };
      return { root, path: way };
    }
    if (!write.value || write.how === "updated" || write.how === "caught") return undefined;
    const element: Segment[] = write.how === "iterated" ? [{ kind: "member", name: undefined }] : [];
    return [...element, ...way].reduce<Meaning>(
      (from, segment) => this.#step(from, segment),
      this.resolve(write.value),
    );
  }

  /** Whether some statement assigns to the same member of the same variable: its first value is not the only one. */
  #isReassigned(node: TSESTree.MemberExpression): boolean {
    const variable = this.#scopes.variableOf(bare(node.object));
    return variable !== undefined && this.#scopes.assignedMembers(variable).has(propertyName(node));
  }

  #step(from: Meaning, segment: Segment): Meaning {
    return segment.kind === "member" ? this.#member(from, segment.name) : extended(from, segment);
  }

  #member(object: Meaning, name: string | undefined): Meaning {
    const { root, path } = object;
    if (root.kind === "import" && path.length === 0 && name === "default") return object;
    if (name !== undefined && path.length === 0) {
      if (root.kind === "value")
        return this.#ownProperty(root.node, name) ?? extended(object, { kind: "member", name });
      if (root.kind === "this" && root.class) {
        return this.field(root.class, name) ?? extended(object, { kind: "member", name });
      }
    }
    const instance =
      path.length === 1 && path[0]!.kind === "new" && root.kind === "value" ? root.node : undefined;
    if (instance && isClass(instance) && name !== undefined) {
      return this.field(instance, name) ?? extended(object, { kind: "member", name });
    }
    return extended(object, { kind: "member", name });
  }

  /** `super.name`: of the base class in a static method, else of an object of it. */
  #inherited(node: TSESTree.MemberExpression): Meaning {
    const base = this.#classAround(node)?.superClass;
    if (!base) return value(node);
    const meaning = this.resolve(base);
    const object = this.#isInStatic(node)
      ? meaning
      : extended(meaning, { kind: "new", node: undefined as never });
    return this.#member(object, propertyName(node));
  }

  #isInStatic(node: Node): boolean {
    let up = this.#tree.parentOf(node);
    while (up && up.type !== "MethodDefinition" && up.type !== "PropertyDefinition")
      up = this.#tree.parentOf(up);
    return up?.static ?? false;
  }

  #ownProperty(node: Node, name: string): Meaning | undefined {
    if (isClass(node)) return this.#static(node, name);
    if (node.type !== "ObjectExpression") return undefined;
    // A later spread may replace the property.
    if (node.properties.some((property) => property.type === "SpreadElement")) return undefined;
    const property = node.properties.find((item) => item.type === "Property" && propertyName(item) === name);
    return property?.type === "Property" ? this.resolve(property.value) : undefined;
  }

  #static(node: ClassNode, name: string): Meaning | undefined {
    const member = memberOf(node, name, true);
    return member?.value ? this.resolve(member.value) : undefined;
  }

  /** A field or method of a class: its initialiser, its one assignment in the class, or its parameter property. */
  field(node: ClassNode, name: string): Meaning | undefined {
    const member = memberOf(node, name, false);
    if (member?.type === "MethodDefinition")
      return member.kind === "method" ? value(member.value) : undefined;
    const assigned = this.#assignments(node).get(name) ?? [];
    const initial = member?.value && !isNothing(member.value) ? member.value : undefined;
    if (initial && assigned.length === 0) return this.resolve(initial);
    if (assigned.length === 1 && !initial) return this.resolve(assigned[0]!);
    const parameter = parameterProperty(node, name);
    const annotated = this.#annotation(parameter ?? member);
    return annotated && extended(annotated, { kind: "new", node: undefined as never });
  }

  /** What is assigned to `this.name` anywhere in a class. */
  #assignments(node: ClassNode): ReadonlyMap<string, readonly Node[]> {
    this.#fields ??= this.#assignedFields();
    return this.#fields.get(node) ?? new Map();
  }

  #assignedFields(): Map<ClassNode, Map<string, Node[]>> {
    const classes = new Map<ClassNode, Map<string, Node[]>>();
    for (const { left, right } of this.#tree.all("AssignmentExpression")) {
      if (left.type !== "MemberExpression" || left.object.type !== "ThisExpression") continue;
      const owner = this.#classAround(left.object);
      const name = propertyName(left);
      if (!owner || name === undefined || isNothing(right)) continue;
      const fields = classes.get(owner) ?? new Map<string, Node[]>();
      classes.set(owner, fields.set(name, [...(fields.get(name) ?? []), right]));
    }
    return classes;
  }

  #call(node: TSESTree.CallExpression): Meaning {
    const callee = bare(node.callee);
    const [first] = node.arguments;
    if (callee.type === "Identifier" && callee.name === "require" && !this.#scopes.variableOf(callee)) {
      if (first?.type === "Literal" && typeof first.value === "string") return imported(first.value);
    }
    const target = this.resolve(callee);
    if (target.path.length === 0 && target.root.kind === "value" && isFunction(target.root.node)) {
      const result = this.#onlyResult(target.root.node);
      // What comes from the function's own parameters depends on the call; origin follows that.
      if (result && result.root.kind === "import") return result;
    }
    return extended(target, { kind: "call", node });
  }

  #onlyResult(fn: FunctionNode): Meaning | undefined {
    const [result, ...others] = this.#tree.returnsOf(fn);
    return result && others.length === 0 ? this.resolve(result) : undefined;
  }

  #annotation(node: Node | undefined): Meaning | undefined {
    let holder = node;
    if (holder?.type === "TSParameterProperty") holder = holder.parameter;
    if (holder?.type === "AssignmentPattern") holder = holder.left;
    const annotation = (holder as { typeAnnotation?: TSESTree.TSTypeAnnotation } | undefined)?.typeAnnotation;
    const type = annotation?.typeAnnotation;
    if (type?.type !== "TSTypeReference") return undefined;
    const meaning = this.#typeName(type.typeName);
    const isKnown =
      meaning?.root.kind === "import" || (meaning?.root.kind === "value" && isClass(meaning.root.node));
    return isKnown ? meaning : undefined;
  }

  #typeName(name: TSESTree.EntityName): Meaning | undefined {
    if (name.type === "Identifier") {
      const variable = this.#scopes.variableOf(name) ?? this.#scopes.topLevel(name.name);
      return variable && this.meaningOf(variable);
    }
    if (name.type !== "TSQualifiedName") return undefined;
    const left = this.#typeName(name.left);
    return left && extended(left, { kind: "member", name: name.right.name });
  }

  #classAround(node: Node): ClassNode | undefined {
    let up = this.#tree.parentOf(node);
    while (up && !isClass(up)) {
      // A function of its own has a `this` of its own, unless it is the class's method.
      if (isFunction(up) && up.type !== "ArrowFunctionExpression") {
        const holder = this.#tree.parentOf(up);
        if (holder?.type !== "MethodDefinition" && holder?.type !== "PropertyDefinition") return undefined;
      }
      up = this.#tree.parentOf(up);
    }
    return up as ClassNode | undefined;
  }
}

function hasValue(write: Write): boolean {
  return write.value !== undefined || write.how !== "declared";
}

/** `null` or `undefined`, which a field holds until it is given its value. */
function isNothing(node: Node): boolean {
  return (
    (node.type === "Literal" && node.value === null) ||
    (node.type === "Identifier" && node.name === "undefined")
  );
}

function parameterProperty(node: ClassNode, name: string): TSESTree.TSParameterProperty | undefined {
  const constructor = memberOf(node, "constructor", false);
  if (constructor?.type !== "MethodDefinition" || !isFunction(constructor.value)) return undefined;
  for (const parameter of constructor.value.params) {
    if (parameter.type !== "TSParameterProperty") continue;
    const target =
      parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter;
    if (target.type === "Identifier" && target.name === name) return parameter;
  }
  return undefined;
}

function value(node: Node): Meaning {
  return { root: { kind: "value", node }, path: [] };
}

function global(name: string): Meaning {
  return { root: { kind: "global", name }, path: [] };
}

function imported(module: string, ...names: readonly string[]): Meaning {
  const path = names.filter((name) => name !== "default").map((name): Segment => ({ kind: "member", name }));
  return { root: { kind: "import", module: module.replace(/^node:/, "") }, path };
}

function importBinding(specifier: Node, parent: Node | null | undefined): Meaning | undefined {
  if (specifier.type === "TSImportEqualsDeclaration") {
    const reference = specifier.moduleReference;
    if (reference.type !== "TSExternalModuleReference" || reference.expression.type !== "Literal")
      return undefined;
    return imported(String(reference.expression.value));
  }
  if (parent?.type !== "ImportDeclaration") return undefined;
  const module = parent.source.value;
  if (specifier.type !== "ImportSpecifier") return imported(module);
  const name = specifier.imported;
  return imported(module, name.type === "Identifier" ? name.name : String(name.value));
}
