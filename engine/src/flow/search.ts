import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "./callee.ts";
import type { Calls } from "./calls.ts";
import { extended, nameOf, type Segment } from "./meaning.ts";
import type { Origin, Trace, TraceOptions, TraceStep } from "./origin.ts";
import { MADE_BY_CALLBACK, passedThrough, passedToConstructor, PER_ELEMENT } from "./passing.ts";
import type { Resolver } from "./resolve.ts";
import type { Scopes, Write } from "./scopes.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName, type Tree } from "./tree.ts";

/** What a search asks. */
export interface Parts {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly resolver: Resolver;
  readonly calls: Calls;
  /** Which of a variable's writes a read of it can see. */
  readonly reaching: (read: Node, writes: readonly Write[]) => readonly Write[];
}

/** Past so many visited expressions an origin is unknown. */
const BUDGET = 600;
const DEPTH = 60;
/** A variable written more often, as in generated code, says nothing about one read. */
const WRITES = 50;

/** The members still to be taken of the value at hand, outermost first; undefined for any element. */
type Selection = readonly (string | undefined)[];
/** Which call a function is being looked into for: its parameters mean that call's arguments. */
type Context = ReadonlyMap<FunctionNode, TSESTree.CallExpression>;

/** One walk from a value back to its origins. */
export class Search {
  readonly #tree: Tree;
  readonly #scopes: Scopes;
  readonly #resolver: Resolver;
  readonly #calls: Calls;
  readonly #reaching: Parts["reaching"];
  readonly #options: TraceOptions;
  readonly #traces: Trace[] = [];
  readonly #active = new Set<Node>();
  #steps: TraceStep[] = [];
  visits = 0;
  exhausted = false;

  constructor({ tree, scopes, resolver, calls, reaching }: Parts, options: TraceOptions) {
    this.#tree = tree;
    this.#scopes = scopes;
    this.#resolver = resolver;
    this.#calls = calls;
    this.#reaching = reaching;
    this.#options = options;
  }

  run(expression: Node): readonly Trace[] {
    this.#visit(expression, [], new Map());
    if (this.#traces.length === 0) this.#leaf({ kind: "unknown", node: expression });
    return this.#traces;
  }

  #leaf(origin: Origin): void {
    this.#traces.push({ origin, steps: [...this.#steps] });
  }

  /** Goes on from another expression, with a step that says how it got there. */
  #go(
    kind: TraceStep["kind"],
    node: Node,
    name: string | undefined,
    to: Node,
    selection: Selection,
    context: Context,
  ): void {
    this.#steps.push({ kind, node, name });
    this.#visit(to, selection, context);
    this.#steps.pop();
  }

  #visit(expression: Node, selection: Selection, context: Context): void {
    const node = bare(expression);
    if (this.#active.has(node)) return;
    if (++this.visits > BUDGET || this.#active.size > DEPTH) {
      this.exhausted = true;
      this.#leaf({ kind: "unknown", node });
      return;
    }
    if (this.#options.stop?.(node)) return this.#named(node, selection);
    this.#active.add(node);
    this.#expand(node, selection, context);
    this.#active.delete(node);
  }

  #expand(node: Node, selection: Selection, context: Context): void {
    switch (node.type) {
      case "Literal":
        if (selection.length > 0 || node.value instanceof RegExp) this.#leaf({ kind: "made", node });
        else this.#leaf({ kind: "literal", node, value: node.value as string });
        return;
      case "TemplateLiteral":
        return this.#template(node, context);
      case "BinaryExpression":
        if (!/^(?:[-+*/%&|^]|\*\*|<<|>>>?)$/.test(node.operator)) return this.#leaf({ kind: "made", node });
        this.#go("operand", node, node.operator, node.left, [], context);
        this.#go("operand", node, node.operator, node.right, [], context);
        return;
      case "LogicalExpression":
        this.#go("branch", node, node.operator, node.left, selection, context);
        this.#go("branch", node, node.operator, node.right, selection, context);
        return;
      case "ConditionalExpression":
        this.#go("branch", node, "?:", node.consequent, selection, context);
        this.#go("branch", node, "?:", node.alternate, selection, context);
        return;
      case "UnaryExpression":
        if (!/^[-+~]$/.test(node.operator)) return this.#leaf({ kind: "made", node });
        return this.#go("operand", node, node.operator, node.argument, [], context);
      case "AwaitExpression":
        return this.#visit(node.argument, selection, context);
      case "SequenceExpression":
        return this.#visit(node.expressions.at(-1)!, selection, context);
      case "AssignmentExpression":
        if (node.operator !== "=") this.#go("operand", node, node.operator, node.left, selection, context);
        return this.#visit(node.right, selection, context);
      case "SpreadElement":
        return this.#visit(node.argument, selection, context);
      case "ObjectExpression":
        return this.#object(node, selection, context);
      case "ArrayExpression":
        return this.#array(node, selection, context);
      case "MemberExpression":
        return this.#member(node, selection, context);
      case "Identifier":
        return this.#identifier(node, selection, context);
      case "CallExpression":
        return this.#call(node, selection, context);
      case "NewExpression": {
        const parts = passedToConstructor(node, this.#resolver.resolve(node.callee));
        if (!parts) return this.#named(node, selection);
        for (const part of parts) this.#go("call", node, "new", part, [], context);
        return;
      }
      case "ThisExpression":
      case "MetaProperty":
      case "ImportExpression":
      case "TaggedTemplateExpression":
        return this.#named(node, selection);
      default:
        return this.#leaf({ kind: isValue(node) ? "made" : "unknown", node });
    }
  }

  #template(node: TSESTree.TemplateLiteral, context: Context): void {
    for (const expression of node.expressions) this.#go("template", node, undefined, expression, [], context);
    const text = node.quasis.map((quasi) => quasi.value.cooked ?? "").join("");
    if (text !== "" || node.expressions.length === 0) this.#leaf({ kind: "literal", node, value: text });
  }

  #object(node: TSESTree.ObjectExpression, selection: Selection, context: Context): void {
    const [name, ...rest] = selection;
    let found = false;
    for (const property of node.properties) {
      if (property.type === "SpreadElement") {
        this.#go("property", property, "...", property.argument, selection, context);
        found = true;
        continue;
      }
      const key = propertyName(property);
      if (selection.length > 0 && name !== undefined && key !== undefined && key !== name) continue;
      this.#go("property", property, key, property.value, rest, context);
      found = true;
    }
    if (!found) this.#leaf({ kind: "made", node });
  }

  #array(node: TSESTree.ArrayExpression, selection: Selection, context: Context): void {
    const [name, ...rest] = selection;
    const index = name !== undefined && /^\d+$/.test(name) ? Number(name) : undefined;
    const elements = index === undefined ? node.elements : node.elements.slice(index, index + 1);
    let found = false;
    for (const element of elements) {
      if (!element) continue;
      this.#go("element", node, undefined, element, rest, context);
      found = true;
    }
    if (!found) this.#leaf({ kind: "made", node });
  }

  #member(node: TSESTree.MemberExpression, selection: Selection, context: Context): void {
    const name = propertyName(node);
    const environment = this.#environment(node, selection);
    if (environment) return this.#leaf(environment);
    if (bare(node.object).type === "ThisExpression") {
      const { root, path } = this.#resolver.resolve(node);
      if (path.length === 0 && root.kind === "value" && root.node !== node) {
        return this.#go("member", node, name, root.node, selection, context);
      }
    }
    this.#go("member", node, name, node.object, [name, ...selection], context);
  }

  /** `process.env.X`, `import.meta.env.X`, `Deno.env.get("X")`, `Bun.env.X`. */
  #environment(
    node: TSESTree.MemberExpression | TSESTree.CallExpression,
    selection: Selection,
  ): Origin | undefined {
    const name = nameOf(this.#resolver.resolve(node));
    const match = /^(?:process\.env|import\.meta\.env|Bun\.env|process:env)(?:\.(.+))?$/.exec(name ?? "");
    if (match) {
      const [selected] = match[1] === undefined ? selection : [match[1]];
      return { kind: "environment", node, name: selected === "*" ? undefined : selected };
    }
    if (node.type !== "CallExpression" || name !== "Deno.env.get()") return undefined;
    const [first] = node.arguments;
    return { kind: "environment", node, name: first?.type === "Literal" ? String(first.value) : undefined };
  }

  #identifier(node: TSESTree.Identifier, selection: Selection, context: Context): void {
    const variable = this.#scopes.variableOf(node);
    if (!variable) {
      if (node.name === "undefined") this.#leaf({ kind: "literal", node, value: undefined });
      else this.#named(node, selection);
      return;
    }
    const writes = this.#scopes.writesOf(variable);
    if (writes.length === 0) return this.#named(node, selection);
    if (writes.length > WRITES) return this.#leaf({ kind: "unknown", node });
    const assigned = this.#assignedMembers(variable, selection);
    for (const { name, value, rest } of assigned) this.#go("property", value, name, value, rest, context);
    for (const write of this.#reaching(node, writes))
      this.#write(node, write, selection, context, assigned.length > 0);
  }

  /** `payload.amount = x` after `const payload = {…}`: what was assigned to the member that is asked for. */
  #assignedMembers(variable: Variable, selection: Selection) {
    const [wanted, ...rest] = selection;
    const found: { name: string | undefined; value: Node; rest: Selection }[] = [];
    for (const [name, values] of this.#scopes.assignedMembers(variable)) {
      if (wanted !== undefined && name !== undefined && name !== wanted) continue;
      for (const value of values) found.push({ name, value, rest });
    }
    return found;
  }

  #write(node: Node, write: Write, selection: Selection, context: Context, hasMembers: boolean): void {
    const inner = [...write.path, ...selection];
    if (write.how === "parameter") return this.#parameter(node, write, inner, context);
    for (const fallback of write.defaults) this.#go("branch", fallback, "=", fallback, selection, context);
    // `x += y` makes the new value of the old one as well.
    if (write.how === "updated")
      this.#go("operand", write.target, undefined, write.target, selection, context);
    if (!write.value) {
      // `let x;` alone says nothing when something else is assigned later.
      if (write.how !== "declared" && write.how !== "updated" && !hasMembers)
        this.#leaf({ kind: "unknown", node });
      return;
    }
    this.#go(
      "alias",
      write.target,
      undefined,
      write.value,
      write.how === "iterated" ? [undefined, ...inner] : inner,
      context,
    );
  }

  #parameter(node: Node, write: Write, selection: Selection, context: Context): void {
    const parameter = this.#scopes.parameterOf(write);
    if (!parameter) return this.#leaf({ kind: "unknown", node });
    for (const fallback of write.defaults) this.#go("branch", fallback, "=", fallback, [], context);
    const { function: fn, index } = parameter;
    const known = context.get(fn);
    if (known) return this.#argument(known, index, write.target, selection, without(context, fn));
    const host = this.#calls.hostOf(fn);
    const receiver = host && receiverOf(host.call);
    if (host?.index === 0 && receiver) {
      const { method, object } = receiver;
      if (method === "then" && index === 0)
        return this.#go("call", host.call, method, object, selection, context);
      if (index === PER_ELEMENT.get(method)) {
        return this.#go("element", host.call, method, object, [undefined, ...selection], context);
      }
    }
    const sites = this.#calls.sitesOf(fn);
    for (const call of sites.calls) this.#argument(call, index, write.target, selection, context);
    if (sites.escapes || sites.calls.length === 0) this.#parameterLeaf(node, write, selection);
  }

  #argument(
    call: TSESTree.CallExpression,
    index: number,
    target: Node,
    selection: Selection,
    context: Context,
  ): void {
    const before = call.arguments.slice(0, index + 1);
    const argument = call.arguments[index];
    if (before.some((item) => item.type === "SpreadElement"))
      return this.#leaf({ kind: "unknown", node: call });
    if (!argument) return this.#leaf({ kind: "literal", node: call, value: undefined });
    this.#go("argument", target, undefined, argument, selection, context);
  }

  #parameterLeaf(node: Node, write: Write, selection: Selection): void {
    const meaning = this.#resolver.written({ ...write, path: selection });
    if (meaning) this.#leaf({ kind: "named", node, meaning, name: nameOf(meaning) });
    else this.#leaf({ kind: "unknown", node });
  }

  #call(node: TSESTree.CallExpression, selection: Selection, context: Context): void {
    const environment = this.#environment(node, selection);
    if (environment) return this.#leaf(environment);
    const callee = this.#resolver.resolve(node.callee);
    const name = calledName(node);
    const parts = this.#options.follow?.(node, callee) ?? passedThrough(node, callee);
    if (parts) {
      for (const part of parts) this.#go("call", node, name, part, [], context);
      return;
    }
    const fn = this.#calls.functionNamed(node.callee);
    if (fn && !context.has(fn)) return this.#returned(node, fn, selection, new Map(context).set(fn, node));
    const method = receiverOf(node)?.method;
    const handler =
      method !== undefined && MADE_BY_CALLBACK.has(method) && node.arguments[0]
        ? bare(node.arguments[0])
        : undefined;
    if (handler && isFunction(handler)) {
      return this.#returned(node, handler, method === "then" ? selection : selection.slice(1), context);
    }
    this.#named(node, selection);
  }

  #returned(call: TSESTree.CallExpression, fn: FunctionNode, selection: Selection, context: Context): void {
    const returns = this.#tree.returnsOf(fn);
    if (returns.length === 0) return this.#leaf({ kind: "literal", node: call, value: undefined });
    for (const result of returns) this.#go("return", result, calledName(call), result, selection, context);
  }

  #named(node: Node, selection: Selection): void {
    const members = selection.map((name): Segment => ({ kind: "member", name }));
    const meaning = extended(this.#resolver.resolve(node), ...members);
    this.#leaf({ kind: "named", node, meaning, name: nameOf(meaning) });
  }
}

function without(context: Context, fn: FunctionNode): Context {
  const rest = new Map(context);
  rest.delete(fn);
  return rest;
}

function isValue(node: Node): boolean {
  return isFunction(node) || /^(?:Class|JSX|UpdateExpression|YieldExpression)/.test(node.type);
}
