import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import type { Meaning } from "./meaning.ts";
import type { Resolver } from "./resolve.ts";
import type { Scopes } from "./scopes.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName, type Tree } from "./tree.ts";

export interface CallSites {
  /** The calls in this file that surely run the function. */
  readonly calls: readonly TSESTree.CallExpression[];
  /** Whether others can call it: it is exported, stored or passed on. */
  readonly escapes: boolean;
}

/** Who calls whom within one file. */
export class Calls {
  readonly #tree: Tree;
  readonly #scopes: Scopes;
  readonly #resolver: Resolver;
  readonly #sites = new Map<FunctionNode, CallSites>();
  #methodCalls: ReadonlyMap<string, readonly TSESTree.CallExpression[]> | undefined;

  constructor(tree: Tree, scopes: Scopes, resolver: Resolver) {
    this.#tree = tree;
    this.#scopes = scopes;
    this.#resolver = resolver;
  }

  /** The function of this file that a callee names. */
  functionNamed(callee: Node): FunctionNode | undefined {
    return functionIn(this.#resolver.resolve(callee));
  }

  sitesOf(fn: FunctionNode): CallSites {
    let sites = this.#sites.get(fn);
    if (!sites) this.#sites.set(fn, (sites = this.#collect(fn)));
    return sites;
  }

  /** The call that a function expression is an argument of: `items.map((item) => …)`. */
  hostOf(
    fn: FunctionNode,
  ): { call: TSESTree.CallExpression | TSESTree.NewExpression; index: number } | undefined {
    const up = this.#tree.parentOf(fn);
    if (up?.type !== "CallExpression" && up?.type !== "NewExpression") return undefined;
    const index = up.arguments.indexOf(fn as TSESTree.CallExpressionArgument);
    return index < 0 ? undefined : { call: up, index };
  }

  #collect(fn: FunctionNode): CallSites {
    const up = this.#tree.parentOf(fn);
    if (up?.type === "CallExpression" && up.callee === fn) return { calls: [up], escapes: false };
    if (up?.type === "MethodDefinition") return this.#methodSites(up, fn);
    const variable = this.#variableHolding(fn);
    if (!variable) return { calls: [], escapes: true };
    const calls: TSESTree.CallExpression[] = [];
    let escapes = this.#isExported(variable);
    for (const reference of variable.references) {
      if (reference.isWrite()) continue;
      const call = this.#callOf(reference.identifier);
      if (call) calls.push(call);
      else if (!this.#isTypeOnly(reference)) escapes = true;
    }
    return { calls, escapes };
  }

  #methodSites(method: TSESTree.MethodDefinition, fn: FunctionNode): CallSites {
    const name = propertyName(method);
    this.#methodCalls ??= callsByMethod(this.#tree);
    const named = name === undefined ? [] : (this.#methodCalls.get(name) ?? []);
    const calls = named.filter((call) => this.functionNamed(call.callee) === fn);
    const hidden = method.key.type === "PrivateIdentifier" || method.accessibility === "private";
    return { calls, escapes: !hidden };
  }

  #variableHolding(fn: FunctionNode): Variable | undefined {
    if (fn.type === "FunctionDeclaration") return fn.id ? this.#scopes.variableOf(fn.id) : undefined;
    let up = this.#tree.parentOf(fn);
    // `const f = useCallback(() => …)` runs it later, but elsewhere: only the plain forms count.
    while (up && up.type.startsWith("TS")) up = this.#tree.parentOf(up);
    if (up?.type !== "VariableDeclarator" || up.id.type !== "Identifier") return undefined;
    const variable = this.#scopes.variableOf(up.id);
    return variable && this.#scopes.writesOf(variable).length === 1 ? variable : undefined;
  }

  #callOf(identifier: Node): TSESTree.CallExpression | undefined {
    const up = this.#tree.parentOf(identifier);
    return up?.type === "CallExpression" && up.callee === identifier ? up : undefined;
  }

  #isTypeOnly(reference: { readonly identifier: Node; readonly isTypeReference?: boolean }): boolean {
    return (
      reference.isTypeReference === true &&
      this.#tree.parentOf(reference.identifier)?.type !== "CallExpression"
    );
  }

  #isExported(variable: Variable): boolean {
    const declaration = variable.defs[0]?.node as Node | undefined;
    for (let up = declaration; up; up = this.#tree.parentOf(up)) {
      if (up.type === "ExportNamedDeclaration" || up.type === "ExportDefaultDeclaration") return true;
      if (up !== declaration && (isFunction(up) || up.type === "BlockStatement")) return false;
    }
    return false;
  }
}

function callsByMethod(tree: Tree): ReadonlyMap<string, readonly TSESTree.CallExpression[]> {
  const calls = new Map<string, TSESTree.CallExpression[]>();
  for (const call of tree.all("CallExpression")) {
    const callee = bare(call.callee);
    const name = callee.type === "MemberExpression" ? propertyName(callee) : undefined;
    if (name === undefined) continue;
    const found = calls.get(name);
    if (found) found.push(call);
    else calls.set(name, [call]);
  }
  return calls;
}

/** The function a meaning stands for, when it stands for one of this file. */
function functionIn(meaning: Meaning): FunctionNode | undefined {
  const { root, path } = meaning;
  return path.length === 0 && root.kind === "value" && isFunction(root.node) ? root.node : undefined;
}
