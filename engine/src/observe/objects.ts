import type { Variable } from "@typescript-eslint/scope-manager";
import type { Flow } from "../flow/flow.ts";
import { calledName, receiverOf } from "../flow/callee.ts";
import { bare, type Node, propertyName } from "../flow/tree.ts";

/** The members that an object is seen to get, wherever in the file it gets them. */
export interface Fields {
  /** Values by name, as written; several where branches or later assignments differ. */
  readonly values: ReadonlyMap<string, readonly Node[]>;
  /** Whether it may have more: a spread, a parameter or a call hides them. */
  readonly open: boolean;
}

/** What the parameters of a function stand for in one call of it; undefined where the call leaves one out. */
export type Bound = ReadonlyMap<Variable, Node | undefined>;

const UNBOUND: Bound = new Map();

/**
 * Gathers an object's members: literals, spreads, conditional parts, `body.reference = …`, `headers.set(…)`.
 * A member whose value is a parameter that the call leaves out is none.
 */
export function fieldsOf(node: Node | undefined, flow: Flow, bound: Bound = UNBOUND): Fields {
  const collector = new Collector(flow, bound);
  if (node) collector.read(node, 0);
  return { values: collector.values, open: collector.open };
}

/** What an expression of a function stands for in one call of it: itself, an argument or a member of one. */
export function boundValue(node: Node, flow: Flow, bound: Bound): Node | undefined {
  const value = bare(node);
  if (bound.size === 0) return node;
  if (value.type === "Identifier") {
    const variable = flow.scopes.variableOf(value);
    return variable && bound.has(variable) ? bound.get(variable) : node;
  }
  if (value.type !== "MemberExpression" || bare(value.object).type !== "Identifier") return node;
  const object = boundValue(value.object, flow, bound);
  if (object === value.object) return node;
  const name = propertyName(value);
  const fields = fieldsOf(object, flow, bound);
  if (name === undefined || (fields.open && !fields.values.has(name))) return node;
  return fields.values.get(name)?.[0];
}

/** The values at a path of names; `[]` ends a name that holds a list, e.g. `transfers[].amount`. */
export function valuesAt(fields: Fields, path: string, flow: Flow): readonly Node[] {
  const [first, ...rest] = path.split(".");
  const name = first!.replace(/\[\]$/, "");
  const values = (fields.values.get(name) ?? []).flatMap((value) =>
    first!.endsWith("[]") ? elementsOf(value, flow) : [value],
  );
  if (rest.length === 0) return values;
  return values.flatMap((value) => valuesAt(fieldsOf(value, flow), rest.join("."), flow));
}

/** The elements of a list as far as the file shows them: an array's, or what `items.map((item) => …)` makes. */
function elementsOf(node: Node, flow: Flow): readonly Node[] {
  const list = valueOf(node, flow);
  if (list.type === "ArrayExpression") return list.elements.filter((element) => element !== null);
  if (list.type === "CallExpression" && receiverOf(list)?.method === "map" && list.arguments[0]) {
    const maker = flow.calls.functionNamed(list.arguments[0]);
    return maker ? flow.tree.returnsOf(maker) : [];
  }
  return [];
}

/** What a name written once stands for. */
export function valueOf(node: Node, flow: Flow): Node {
  let value = bare(node);
  for (let depth = 0; depth < 10; depth++) {
    const variable = value.type === "Identifier" ? flow.scopes.variableOf(value) : undefined;
    const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
    if (!write?.value || others.length > 0 || write.how !== "declared" || write.path.length > 0) break;
    value = bare(write.value);
  }
  return value;
}

const DEPTH = 12;
/** Calls whose result has the members of their arguments. */
const WRAPPERS =
  /^(?:JSON\.stringify|Object\.assign|Object\.freeze|Object\.fromEntries|structuredClone|qs:stringify|querystring:stringify)$/;

class Collector {
  readonly values = new Map<string, Node[]>();
  readonly #flow: Flow;
  readonly #bound: Bound;
  readonly #seen = new Set<Node>();
  open = false;

  constructor(flow: Flow, bound: Bound) {
    this.#flow = flow;
    this.#bound = bound;
  }

  read(expression: Node, depth: number): void {
    const node = bare(expression);
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (depth > DEPTH) {
      this.open = true;
      return;
    }
    switch (node.type) {
      case "ObjectExpression":
        for (const property of node.properties) {
          if (property.type === "SpreadElement") this.read(property.argument, depth + 1);
          else this.#add(propertyName(property), property.value);
        }
        return;
      case "LogicalExpression":
        if (node.operator !== "&&") this.read(node.left, depth + 1);
        return this.read(node.right, depth + 1);
      case "ConditionalExpression":
        this.read(node.consequent, depth + 1);
        return this.read(node.alternate, depth + 1);
      case "AwaitExpression":
        return this.read(node.argument, depth + 1);
      case "Literal":
        return;
      case "Identifier":
        return this.#variable(node, depth);
      case "MemberExpression":
        return this.#member(node, depth);
      case "CallExpression":
        return this.#call(node, depth);
      case "NewExpression":
        if (/^(?:Headers|URLSearchParams|FormData)$/.test(calledName(node) ?? "")) {
          for (const argument of node.arguments) this.read(argument, depth + 1);
          return;
        }
        this.open = true;
        return;
      default:
        this.open = true;
    }
  }

  #add(name: string | undefined, written: Node): void {
    const value = boundValue(written, this.#flow, this.#bound);
    if (!value) return;
    if (name === undefined) this.open = true;
    else this.values.set(name, [...(this.values.get(name) ?? []), value]);
  }

  #variable(node: Node, depth: number): void {
    const variable = this.#flow.scopes.variableOf(node);
    if (!variable) {
      this.open ||= (node as { name?: string }).name !== "undefined";
      return;
    }
    if (this.#bound.has(variable)) {
      const argument = this.#bound.get(variable);
      if (argument) this.read(argument, depth + 1);
      for (const { identifier } of variable.references) this.#assignedThrough(identifier, depth);
      return;
    }
    const writes = this.#flow.scopes.writesOf(variable);
    // An import's members stand in another file.
    this.open ||= writes.length === 0;
    for (const write of writes) {
      if (write.how === "declared" && !write.value) continue;
      if (!write.value || write.path.length > 0 || write.how === "iterated") this.open = true;
      else this.read(write.value, depth + 1);
    }
    for (const { identifier } of variable.references) this.#assignedThrough(identifier, depth);
  }

  /** `options.headers` of a parameter, `this.headers` of a class. */
  #member(node: Node, depth: number): void {
    const value = boundValue(node, this.#flow, this.#bound);
    if (value !== node) return value && this.read(value, depth + 1);
    const { root, path } = this.#flow.resolve(node);
    if (root.kind === "value" && path.length === 0 && root.node.type === "ObjectExpression")
      this.read(root.node, depth + 1);
    else this.open = true;
  }

  /** `body.reference = x`, `headers["Idempotency-Key"] = x`, `headers.set("Idempotency-Key", x)`, `Object.assign(body, …)`. */
  #assignedThrough(identifier: Node, depth: number): void {
    const { tree } = this.#flow;
    const up = tree.parentOf(identifier);
    if (up?.type === "MemberExpression" && up.object === identifier) {
      const outer = tree.parentOf(up);
      if (outer?.type === "AssignmentExpression" && outer.left === up) {
        const name = propertyName(up) ?? (up.computed ? this.#flow.constant(up.property) : undefined);
        this.#add(typeof name === "string" ? name : undefined, outer.right);
      } else if (
        outer?.type === "CallExpression" &&
        outer.callee === up &&
        /^(?:set|append)$/.test(propertyName(up) ?? "")
      ) {
        const [name, value] = outer.arguments;
        const key = name && this.#flow.constant(name);
        if (value) this.#add(typeof key === "string" ? key : undefined, value);
      }
    } else if (
      up?.type === "CallExpression" &&
      up.arguments[0] === identifier &&
      this.#flow.name(up.callee) === "Object.assign"
    ) {
      for (const argument of up.arguments.slice(1)) this.read(argument, depth + 1);
    }
  }

  #call(node: Extract<Node, { type: `${"CallExpression"}` }>, depth: number): void {
    if (WRAPPERS.test(this.#flow.name(node.callee) ?? "")) {
      for (const argument of node.arguments) this.read(argument, depth + 1);
      return;
    }
    const method = receiverOf(node);
    if (method && /^(?:toString|entries)$/.test(method.method)) return this.read(method.object, depth + 1);
    const maker = this.#flow.calls.functionNamed(node.callee);
    const results = maker ? this.#flow.tree.returnsOf(maker) : [];
    if (results.length === 0) this.open = true;
    for (const result of results) this.read(result, depth + 1);
  }
}
