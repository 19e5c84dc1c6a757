import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Place } from "../../flow/link.ts";
import { bare, isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { type Bound, type Fields, inCall, valuesIn } from "../objects.ts";

/** One value of an object's member. */
export interface Member {
  /** Where it stands in the file that is looked at, or what leads there from it. */
  readonly value: Node;
  readonly place: Place;
  readonly reading: Reading;
}

/** From where an object is looked at. */
export interface Reading {
  /** The flow of the file whose nodes are given as values. */
  readonly home: Flow;
  /** What is given for values of other files. */
  readonly standIn: Node | undefined;
  readonly bound: Bound | undefined;
}

const DEPTH = 12;
/** Calls whose result has the members of their arguments. */
const WRAPPERS =
  /^(?:JSON\.stringify|Object\.assign|Object\.freeze|Object\.fromEntries|structuredClone|qs:stringify|querystring:stringify)$/;

/** Gathers the members of objects. */
export class Members {
  readonly #members = new Map<string, Member[]>();
  readonly #flow: Flow;
  readonly #reading: Reading;
  readonly #seen = new Set<Node>();
  #open = false;

  constructor(flow: Flow, reading: Reading) {
    this.#flow = flow;
    this.#reading = reading;
  }

  fields(): Fields {
    return { values: valuesIn(this.#members), open: this.#open, members: this.#members };
  }

  read(expression: Node, depth: number): void {
    const node = bare(expression);
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (depth > DEPTH) {
      this.#open = true;
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
        this.#open = true;
        return;
      default:
        this.#open = true;
    }
  }

  #add(name: string | undefined, written: Node): void {
    const { home, standIn, bound } = this.#reading;
    const place = inCall(written, this.#flow, bound);
    if (!place) return;
    const value = place.flow === home ? place.node : standIn;
    if (name === undefined || !value) {
      this.#open = true;
      return;
    }
    const reading = { home, standIn, bound: place.node === written ? bound : undefined };
    this.#members.set(name, [...(this.#members.get(name) ?? []), { value, place, reading }]);
  }

  #variable(node: TSESTree.Identifier, depth: number): void {
    const variable = this.#flow.scopes.variableOf(node);
    if (!variable) {
      this.#open ||= node.name !== "undefined";
      return;
    }
    const writes = this.#flow.scopes.writesOf(variable);
    if (this.#reading.bound?.values.has(variable)) this.#argument(node, depth);
    else if (writes.length === 0) return this.#beyond(node, depth);
    else
      for (const write of writes) {
        if (write.how === "declared" && !write.value) continue;
        if (!write.value || write.path.length > 0 || write.how === "iterated") this.#open = true;
        else this.read(write.value, depth + 1);
      }
    for (const { identifier } of variable.references) this.#assignedThrough(identifier, depth);
  }

  /** `options.headers` of a parameter, `this.headers` of a class, `config.headers` of another file. */
  #member(node: TSESTree.MemberExpression, depth: number): void {
    const place = inCall(node, this.#flow, this.#reading.bound);
    if (place?.node !== node) this.#argument(node, depth);
    else this.#beyond(node, depth);
  }

  /** What a call of the function hands in for a parameter. */
  #argument(node: Node, depth: number): void {
    const place = inCall(node, this.#flow, this.#reading.bound);
    if (place) this.#merge(place, { ...this.#reading, bound: undefined }, depth);
  }

  /** A value that stands elsewhere: in a class, in another file. */
  #beyond(node: Node, depth: number): void {
    const place = this.#flow.place(this.#flow.resolve(node));
    if (!place || place.node === node || isFunction(place.node)) this.#open = true;
    else this.#merge(place, this.#awayTo(place.flow, node), depth);
  }

  /** What a function of another file answers. */
  #answered(call: TSESTree.CallExpression, depth: number): void {
    const place = this.#flow.place(this.#flow.resolve(call.callee));
    const results = place && isFunction(place.node) ? place.flow.tree.returnsOf(place.node) : [];
    this.#open ||= results.length === 0;
    for (const node of results)
      this.#merge({ flow: place!.flow, node }, this.#awayTo(place!.flow, call), depth);
  }

  #awayTo(flow: Flow, leading: Node): Reading {
    const { home, standIn } = this.#reading;
    return { home, standIn: flow === home ? undefined : (standIn ?? leading), bound: undefined };
  }

  #merge({ flow, node }: Place, reading: Reading, depth: number): void {
    if (depth > DEPTH) {
      this.#open = true;
      return;
    }
    const inner = new Members(flow, reading);
    inner.read(node, depth + 1);
    this.#open ||= inner.#open;
    for (const [name, found] of inner.#members)
      this.#members.set(name, [...(this.#members.get(name) ?? []), ...found]);
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

  #call(node: TSESTree.CallExpression, depth: number): void {
    if (WRAPPERS.test(this.#flow.name(node.callee) ?? "")) {
      for (const argument of node.arguments) this.read(argument, depth + 1);
      return;
    }
    const method = receiverOf(node);
    if (method && /^(?:toString|entries)$/.test(method.method)) return this.read(method.object, depth + 1);
    const maker = this.#flow.calls.functionNamed(node.callee);
    if (!maker) return this.#answered(node, depth);
    const results = this.#flow.tree.returnsOf(maker);
    if (results.length === 0) this.#open = true;
    for (const result of results) this.read(result, depth + 1);
  }
}
