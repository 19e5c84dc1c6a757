import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "./flow.ts";
import type { Export } from "./exports.ts";
import type { Place } from "./link.ts";
import { asInstance, extended, type Meaning, nameOf, type Segment } from "./meaning.ts";
import { bare, type ClassNode, isClass, isFunction, memberOf, type Node, propertyName } from "./tree.ts";

/** What a meaning stands for on the way. */
type Thing =
  | { readonly kind: "value"; readonly flow: Flow; readonly node: Node }
  | { readonly kind: "module"; readonly flow: Flow }
  | { readonly kind: "instance"; readonly flow: Flow; readonly class: ClassNode }
  /** Something of a package or of the language. */
  | { readonly kind: "foreign"; readonly meaning: Meaning };

type Value = Extract<Thing, { kind: "value" }>;

/** How many questions may lead to one another before the answer is unknown: names, exports, members. */
const MAX_HOPS = 50;

/** Answers in which file, and where in it, a meaning ends. */
export class Places {
  readonly #known = new WeakMap<Meaning, Place | undefined>();
  readonly #exports = new WeakMap<Flow, Map<string, Thing | undefined>>();
  #hops = 0;

  /** The function, class, object or other value that a meaning stands for, in whichever file. */
  placeOf(meaning: Meaning, flow: Flow): Place | undefined {
    if (!this.#known.has(meaning)) this.#known.set(meaning, this.#place(this.#follow(meaning, flow)));
    return this.#known.get(meaning);
  }

  /** The name of what a meaning stands for, where it ends in a package or in the language. */
  nameOf(meaning: Meaning, flow: Flow): string | undefined {
    const thing = this.#follow(meaning, flow);
    const end = thing && this.#settle(thing).end;
    return end?.kind === "foreign" ? nameOf(end.meaning) : undefined;
  }

  #place(thing: Thing | undefined): Place | undefined {
    const { end, last } = thing ? this.#settle(thing) : {};
    const value = end?.kind === "value" ? end : last;
    // A name alone is what a missing file or a package leaves.
    if (!value || (value !== end && value.node.type === "Identifier")) return undefined;
    return { flow: value.flow, node: value.node };
  }

  #follow(meaning: Meaning, flow: Flow): Thing | undefined {
    if (this.#hops >= MAX_HOPS) return undefined;
    this.#hops++;
    const { root, path } = asInstance(meaning);
    let thing = this.#begin(root, flow);
    for (let at = 0; at < path.length; at++) {
      if (thing && binds(path.slice(at)) && this.#isFunction(thing)) at++;
      else thing = thing && this.#step(thing, path[at]!);
    }
    this.#hops--;
    return thing;
  }

  #begin(root: Meaning["root"], flow: Flow): Thing | undefined {
    switch (root.kind) {
      case "import": {
        const opened = flow.opened(root.module);
        if (opened) return { kind: "module", flow: opened };
        return /^[./]/.test(root.module) ? undefined : { kind: "foreign", meaning: { root, path: [] } };
      }
      case "global":
        return { kind: "foreign", meaning: { root, path: [] } };
      case "value":
        return { kind: "value", flow, node: root.node };
      case "this":
        return root.class && { kind: "instance", flow, class: root.class };
      default:
        return undefined;
    }
  }

  #step(thing: Thing, segment: Segment): Thing | undefined {
    if (thing.kind === "foreign") return { kind: "foreign", meaning: extended(thing.meaning, segment) };
    if (segment.kind === "member")
      return segment.name === undefined ? undefined : this.#member(thing, segment.name);
    const { end } = this.#settle(thing);
    if (end?.kind === "foreign") return this.#step(end, segment);
    if (end?.kind !== "value") return undefined;
    if (segment.kind === "call") return this.#result(end);
    return isClass(end.node) ? { kind: "instance", flow: end.flow, class: end.node } : undefined;
  }

  #isFunction(thing: Thing): boolean {
    const { end } = this.#settle(thing);
    return end?.kind === "value" && isFunction(end.node);
  }

  /** What a function always answers; a value made of its parameters depends on the call and is left out. */
  #result({ flow, node }: Value): Thing | undefined {
    if (!isFunction(node) || node.generator) return undefined;
    const [result, ...others] = flow.tree.returnsOf(node);
    return result && others.length === 0 ? this.#once({ kind: "value", flow, node: result }) : undefined;
  }

  /** What a thing is behind its names, and the last value on the way there; no end where that is unknown. */
  #settle(thing: Thing): { end: Thing | undefined; last: Value | undefined } {
    let end: Thing | undefined = thing;
    let last: Value | undefined;
    for (let hops = 0; end && hops < MAX_HOPS; hops++) {
      if (end.kind === "module") end = this.#export(end.flow, "default");
      else if (end.kind === "value") {
        last = end;
        const next: Thing | undefined = this.#once(end);
        if (next?.kind === "value" && next.node === end.node) return { end: next, last };
        end = next;
      } else return { end, last };
    }
    return { end: undefined, last };
  }

  /** One step behind the name that a value is given by: the value itself when it has none. */
  #once({ flow, node: wrapped }: Value): Thing | undefined {
    const node = bare(wrapped);
    const written = node.type === "Identifier" ? this.#written(node, flow) : undefined;
    if (written) return { kind: "value", flow, node: written };
    if (node.type === "CallExpression" && FREEZES.test(flow.name(node.callee) ?? ""))
      return value(flow, node.arguments[0]);
    const meaning = flow.resolve(node);
    const { root, path } = meaning;
    if (path.length === 0 && root.kind === "value") return { kind: "value", flow, node: root.node };
    return this.#follow(meaning, flow);
  }

  /** The whole of what a variable is given, once. */
  #written(identifier: Node, flow: Flow): Node | undefined {
    const variable = flow.scopes.variableOf(identifier);
    const writes = variable ? flow.scopes.writesOf(variable) : [];
    const [write, ...others] = writes.filter(({ value, how }) => value !== undefined || how !== "declared");
    if (!write?.value || others.length > 0 || !/^(?:declared|assigned)$/.test(write.how)) return undefined;
    return write.path.length === 0 && write.defaults.length === 0 ? bare(write.value) : undefined;
  }

  #member(thing: Thing, name: string): Thing | undefined {
    if (this.#hops >= MAX_HOPS) return undefined;
    this.#hops++;
    const member = this.#find(thing, name);
    this.#hops--;
    return member;
  }

  #find(thing: Thing, name: string): Thing | undefined {
    switch (thing.kind) {
      case "foreign":
        return { kind: "foreign", meaning: extended(thing.meaning, { kind: "member", name }) };
      case "module":
        return this.#ofModule(thing.flow, name);
      case "instance":
        return this.#ofInstance(thing.flow, thing.class, name);
    }
    const assigned = assignedTo(thing, name);
    if (assigned === "unknown") return undefined;
    const next = this.#once(thing);
    if (next?.kind !== "value" || next.node !== thing.node) {
      if (!assigned) return next && this.#member(next, name);
      return next && this.#lacks(next, name) ? { ...thing, node: assigned } : undefined;
    }
    const { flow, node } = next;
    const own = this.#ofNode(flow, node, name);
    if (assigned) return own || !this.#lacks(next, name) ? undefined : { ...thing, node: assigned };
    return own;
  }

  #ofNode(flow: Flow, node: Node, name: string): Thing | undefined {
    if (node.type === "ObjectExpression") return this.#ofObject(flow, node, name);
    if (isClass(node)) {
      const member = memberOf(node, name, true);
      if (member) return value(flow, member.value);
      return this.#inherited(flow, node, (base) => this.#member(base, name));
    }
    if (node.type === "TSEnumDeclaration") {
      const member = node.body.members.find(({ id }) => id.type === "Identifier" && id.name === name);
      return value(flow, member?.initializer);
    }
    return undefined;
  }

  /** A property of an object; what is spread later wins, unless it surely has none of that name. */
  #ofObject(flow: Flow, node: TSESTree.ObjectExpression, name: string): Thing | undefined {
    for (const property of node.properties.toReversed()) {
      if (property.type === "Property") {
        const key = propertyName(property);
        if (key === undefined) return undefined;
        if (key === name) return property.kind === "init" ? value(flow, property.value) : undefined;
        continue;
      }
      const spread: Thing = { kind: "value", flow, node: property.argument };
      if (!this.#lacks(spread, name)) return this.#member(spread, name);
    }
    return undefined;
  }

  /** Whether a thing surely has no member of a name. */
  #lacks(thing: Thing, name: string): boolean {
    if (thing.kind === "module") return this.#moduleLacks(thing.flow, name);
    if (thing.kind !== "value") return false;
    const { flow, node } = thing;
    const next = this.#once(thing);
    if (next && (next.kind !== "value" || next.node !== node)) return this.#lacks(next, name);
    if (isFunction(node)) return true;
    if (isClass(node)) return !node.superClass && !memberOf(node, name, true);
    if (node.type !== "ObjectExpression") return false;
    return node.properties.every((property) =>
      property.type === "Property"
        ? !([name, undefined] as unknown[]).includes(propertyName(property))
        : this.#lacks({ kind: "value", flow, node: property.argument }, name),
    );
  }

  #moduleLacks({ exports: { named, whole, all } }: Flow, name: string): boolean {
    return !named.has(name) && whole.length === 0 && all.length === 0;
  }

  #ofInstance(flow: Flow, node: ClassNode, name: string): Thing | undefined {
    const member = memberOf(node, name, false);
    if (member?.type === "MethodDefinition") {
      if (member.kind === "method") return value(flow, member.value);
      const getter = value(flow, member.value);
      return member.kind === "get" && getter ? this.#result(getter) : undefined;
    }
    const field = flow.field(node, name);
    if (field) return this.#follow(field, flow);
    if (member) return undefined;
    return this.#inherited(flow, node, (base) => {
      if (base.kind === "foreign") return undefined;
      const { end } = this.#settle(base);
      return end?.kind === "value" && isClass(end.node)
        ? this.#member({ kind: "instance", flow: end.flow, class: end.node }, name)
        : undefined;
    });
  }

  #inherited(flow: Flow, node: ClassNode, find: (base: Thing) => Thing | undefined): Thing | undefined {
    return node.superClass ? find({ kind: "value", flow, node: node.superClass }) : undefined;
  }

  /** A member of a module: an export of that name, or a member of what stands for the whole. */
  #ofModule(flow: Flow, name: string): Thing | undefined {
    const named = this.#export(flow, name);
    const { exports } = flow;
    if (named && !exports.named.has("default")) return named;
    const whole = this.#export(flow, "default");
    const member = whole && this.#member(whole, name);
    // A default import and a namespace look the same from outside.
    if (named && member) return this.#areSame([named, member]) ? named : undefined;
    return named ?? member;
  }

  #export(flow: Flow, name: string): Thing | undefined {
    let known = this.#exports.get(flow);
    if (!known) this.#exports.set(flow, (known = new Map<string, Thing | undefined>()));
    if (!known.has(name) && this.#hops < MAX_HOPS) {
      // Modules that hand on one another's exports end here.
      known.set(name, undefined);
      this.#hops++;
      known.set(name, this.#findExport(flow, name));
      this.#hops--;
    }
    return known.get(name);
  }

  #findExport(flow: Flow, name: string): Thing | undefined {
    const { named, whole, all } = flow.exports;
    const own = named.get(name) ?? [];
    if (own.length > 0) return own.length === 1 ? this.#exported(flow, own[0]!) : undefined;
    if (name === "default") return whole.length === 1 ? value(flow, whole[0]) : undefined;
    const found = all.flatMap((specifier) => {
      // A package's index may hand on a hundred modules.
      const module = flow.glance(specifier)?.mayExport(name) === false ? undefined : flow.opened(specifier);
      return (module && this.#export(module, name)) ?? [];
    });
    return found.length > 0 && this.#areSame(found) ? found[0] : undefined;
  }

  #exported(flow: Flow, what: Export): Thing | undefined {
    if (what.kind === "value") return value(flow, what.node);
    const path: Segment[] =
      what.name === undefined || what.name === "default" ? [] : [{ kind: "member", name: what.name }];
    const thing = this.#follow({ root: { kind: "import", module: what.module }, path }, flow);
    return thing?.kind === "module" && what.name === "default" ? this.#export(thing.flow, "default") : thing;
  }

  #areSame([first, ...others]: readonly Thing[]): boolean {
    const place = this.#place(first);
    return others.every((other) => {
      const { flow, node } = this.#place(other) ?? {};
      return node !== undefined && flow === place?.flow && node === place?.node;
    });
  }
}

/** Functions that answer the object they are given. */
const FREEZES = /^Object\.(?:freeze|seal|preventExtensions)$/;

/** `f.bind(x)` is f. */
function binds([member, call]: readonly Segment[]): boolean {
  return member?.kind === "member" && member.name === "bind" && call?.kind === "call";
}

function value(flow: Flow, node: Node | null | undefined): Value | undefined {
  return node ? { kind: "value", flow, node } : undefined;
}

/** What is assigned to a member of the variable behind a value, once: `api.verify = …`. */
function assignedTo({ flow, node }: Value, name: string): Node | "unknown" | undefined {
  const identifier = (isFunction(node) || isClass(node)) && node.id ? node.id : bare(node);
  const variable = flow.scopes.variableOf(identifier);
  if (!variable) return undefined;
  const members = flow.scopes.assignedMembers(variable);
  const values = members.get(name) ?? [];
  if (members.has(undefined) || values.length > 1) return "unknown";
  return values[0];
}
