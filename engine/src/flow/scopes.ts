import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { type FunctionNode, isFunction, type Node, propertyName, type Tree } from "./tree.ts";

/** One place where a variable gets a value. */
export interface Write {
  /** The identifier written. */
  readonly target: Node;
  /** The expression assigned as a whole; undefined for a parameter, a caught error, or `let x;`. */
  readonly value: Node | undefined;
  /** The way into that value: `const { a: { b } } = value` binds b by ["a", "b"]; undefined for an unknown key. */
  readonly path: readonly (string | undefined)[];
  /** Defaults of the patterns on that way; any of them may be the value instead. */
  readonly defaults: readonly Node[];
  readonly how: "declared" | "assigned" | "updated" | "iterated" | "parameter" | "caught";
}

/** Which variable an identifier stands for, and what is written to it. */
export class Scopes {
  readonly #tree: Tree;
  readonly #variables = new Map<Node, Variable>();
  readonly #writes = new Map<Variable, readonly Write[]>();
  readonly #members = new Map<Variable, ReadonlyMap<string | undefined, readonly Node[]>>();

  constructor(tree: Tree) {
    this.#tree = tree;
    // Scope analysis leaves references to a script's own top level to whoever knows the page's other scripts.
    const topLevel = tree.module.scopeManager.scopes[0];
    for (const scope of tree.module.scopeManager.scopes) {
      for (const variable of scope.variables)
        for (const name of variable.identifiers) this.#variables.set(name, variable);
      for (const reference of scope.references)
        this.#refer(
          reference.identifier,
          reference.resolved ?? topLevel?.set.get(reference.identifier.name as string),
        );
    }
  }

  #refer(identifier: Node, variable: Variable | undefined): void {
    if (variable) this.#variables.set(identifier, variable);
  }

  /** A variable of the file's top level by its name, for parsers that do not analyse the scopes of types. */
  topLevel(name: string): Variable | undefined {
    for (const scope of this.#tree.module.scopeManager.scopes.slice(0, 2)) {
      const variable = scope.set.get(name);
      if (variable && variable.defs.length > 0) return variable;
    }
    return undefined;
  }

  /** The variable an identifier names; undefined for a global of the host. */
  variableOf(identifier: Node): Variable | undefined {
    const variable = this.#variables.get(identifier);
    return variable && variable.defs.length > 0 ? variable : undefined;
  }

  /** Everything that gives the variable a value, in source order. */
  writesOf(variable: Variable): readonly Write[] {
    let writes = this.#writes.get(variable);
    if (!writes) this.#writes.set(variable, (writes = this.#collect(variable)));
    return writes;
  }

  /** What is assigned to members of the variable, by name: `payload.amount = x`; undefined for a computed name. */
  assignedMembers(variable: Variable): ReadonlyMap<string | undefined, readonly Node[]> {
    let members = this.#members.get(variable);
    if (!members) this.#members.set(variable, (members = this.#collectMembers(variable)));
    return members;
  }

  #collectMembers(variable: Variable): Map<string | undefined, readonly Node[]> {
    const members = new Map<string | undefined, readonly Node[]>();
    for (const { identifier } of variable.references) {
      const member = this.#tree.parentOf(identifier);
      if (member?.type !== "MemberExpression" || member.object !== identifier) continue;
      const up = this.#tree.parentOf(member);
      if (up?.type !== "AssignmentExpression" || up.left !== member) continue;
      const name = propertyName(member);
      members.set(name, [...(members.get(name) ?? []), up.right]);
    }
    return members;
  }

  #collect(variable: Variable): Write[] {
    const targets = new Set<Node>(variable.identifiers);
    for (const reference of variable.references) if (reference.isWrite()) targets.add(reference.identifier);
    return [...targets].flatMap((target) => this.#write(target) ?? []);
  }

  #write(target: Node): Write | undefined {
    const path: (string | undefined)[] = [];
    const defaults: Node[] = [];
    let child = target;
    for (let up = this.#tree.parentOf(child); up; child = up, up = this.#tree.parentOf(up)) {
      const write = (value: Node | null | undefined, how: Write["how"]): Write => ({
        target,
        value: value ?? undefined,
        path: path.reverse(),
        defaults,
        how,
      });
      switch (up.type) {
        case "Property":
          path.push(propertyName(up));
          break;
        case "ArrayPattern":
          path.push(String(up.elements.indexOf(child as never)));
          break;
        case "RestElement":
          // The rest of an object or array: its members are members of the whole.
          if (!isFunction(this.#tree.parentOf(up)!)) dropIndex(path);
          break;
        case "AssignmentPattern":
          if (up.left !== child) return undefined;
          defaults.push(up.right);
          break;
        case "ObjectPattern":
        case "TSParameterProperty":
          break;
        case "VariableDeclarator":
          return this.#declared(up, write);
        case "AssignmentExpression":
          return up.left === child
            ? write(up.right, up.operator === "=" ? "assigned" : "updated")
            : undefined;
        case "UpdateExpression":
          return write(undefined, "updated");
        case "ForOfStatement":
        case "ForInStatement":
          return up.left === child ? write(up.right, "iterated") : undefined;
        case "CatchClause":
          return write(undefined, "caught");
        default:
          return isFunction(up) && up.params.includes(child as TSESTree.Parameter)
            ? write(undefined, "parameter")
            : undefined;
      }
    }
    return undefined;
  }

  #declared(
    declarator: TSESTree.VariableDeclarator,
    write: (value: Node | null | undefined, how: Write["how"]) => Write,
  ): Write {
    const loop = this.#tree.parentOf(this.#tree.parentOf(declarator)!);
    const iterates =
      (loop?.type === "ForOfStatement" || loop?.type === "ForInStatement") &&
      loop.left === this.#tree.parentOf(declarator);
    return iterates ? write(loop.right, "iterated") : write(declarator.init, "declared");
  }

  /** The parameter of a function that a write of kind "parameter" belongs to. */
  parameterOf(write: Write): { function: FunctionNode; index: number; node: TSESTree.Parameter } | undefined {
    let child = write.target;
    for (let up = this.#tree.parentOf(child); up; child = up, up = this.#tree.parentOf(up)) {
      if (!isFunction(up)) continue;
      const index = up.params.indexOf(child as TSESTree.Parameter);
      return index < 0 ? undefined : { function: up, index, node: up.params[index]! };
    }
    return undefined;
  }
}

function dropIndex(path: (string | undefined)[]): void {
  path.pop();
}
