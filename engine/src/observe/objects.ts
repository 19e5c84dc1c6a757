import type { Variable } from "@typescript-eslint/scope-manager";
import type { Flow } from "../flow/flow.ts";
import { receiverOf } from "../flow/callee.ts";
import type { Place } from "../flow/link.ts";
import { bare, type Node, propertyName } from "../flow/tree.ts";
import { type Member, Members } from "./objects/members.ts";

/** The members that an object is seen to get, wherever in the project it gets them. */
export interface Fields {
  /**
   * Values by name, as written; several where branches or later assignments differ. For a value that stands in another
   * file, the expression that leads there.
   */
  readonly values: ReadonlyMap<string, readonly Node[]>;
  /** Whether it may have more: a spread, a parameter or a call hides them. */
  readonly open: boolean;
  /** Where the values stand, and what they are in the call that is looked at. */
  readonly members: ReadonlyMap<string, readonly Member[]>;
}

/** What the parameters of a function stand for in one call of it, which may be in another file. */
export interface Bound {
  readonly call: Node;
  /** The flow of the call. */
  readonly flow: Flow;
  /** Undefined where the call leaves one out. */
  readonly values: ReadonlyMap<Variable, Place | undefined>;
}

/**
 * Gathers an object's members: literals, spreads, conditional parts, `body.reference = …`, `headers.set(…)`, also in
 * other files. A member whose value is a parameter that the call leaves out is none.
 */
export function fieldsOf(node: Node | undefined, flow: Flow, bound?: Bound): Fields {
  const members = new Members(flow, { home: bound?.flow ?? flow, standIn: bound?.call, bound });
  if (node) members.read(node, 0);
  return members.fields();
}

/** The members of the objects that a member holds: the headers of request options. */
export function fieldsAt(fields: Fields, name: string): Fields {
  return together(
    (fields.members.get(name) ?? []).map(({ place, reading }) => {
      const members = new Members(place.flow, reading);
      members.read(place.node, 0);
      return members.fields();
    }),
  );
}

/** The members of several objects in one. */
export function together(parts: readonly Fields[], open = false): Fields {
  const members = new Map<string, readonly Member[]>();
  for (const fields of parts) {
    open ||= fields.open;
    for (const [name, found] of fields.members) members.set(name, [...(members.get(name) ?? []), ...found]);
  }
  return { values: valuesIn(members), open, members };
}

/** Members of another file's object, each shown at one place of this file. */
export function seenAt({ members, open }: Fields, value: Node): Fields {
  const shown = new Map(
    [...members].map(([name, found]) => [name, found.map((member) => ({ ...member, value }))]),
  );
  return { values: valuesIn(shown), open, members: shown };
}

export function valuesIn(members: Fields["members"]): Fields["values"] {
  return new Map([...members].map(([name, found]) => [name, found.map(({ value }) => value)]));
}

/**
 * What an expression of a function stands for in one call of it: itself, an argument or a member of one; undefined
 * where the call leaves it out.
 */
export function inCall(node: Node, flow: Flow, bound: Bound | undefined): Place | undefined {
  const same = { node, flow };
  if (!bound) return same;
  const value = bare(node);
  if (value.type === "Identifier") {
    const variable = flow.scopes.variableOf(value);
    if (!variable || !bound.values.has(variable)) return same;
    return bound.values.get(variable);
  }
  const name = value.type === "MemberExpression" ? propertyName(value) : undefined;
  if (value.type !== "MemberExpression" || name === undefined) return same;
  const object = inCall(value.object, flow, bound);
  if (object?.node === value.object) return same;
  const fields = fieldsOf(object?.node, object?.flow ?? flow);
  const [member] = fields.members.get(name) ?? [];
  if (member) return member.place;
  return fields.open ? same : undefined;
}

/** The values at a path of names; `[]` ends a name that holds a list, e.g. `transfers[].amount`. */
export function valuesAt(fields: Fields, path: string, flow: Flow): readonly Node[] {
  return holdersOf(fields, path, flow).flatMap(({ holder, name }) => {
    const values = holder.values.get(name.replace(/\[\]$/, "")) ?? [];
    return name.endsWith("[]") ? values.flatMap((value) => elementsOf(value, flow)) : values;
  });
}

interface Holder {
  /** The object with the member. */
  readonly holder: Fields;
  readonly name: string;
  /** The objects around it, nearest first. */
  readonly around: readonly Fields[];
}

/** The objects whose members the values at a path are. */
export function holdersOf(
  fields: Fields,
  path: string,
  flow: Flow,
  around: readonly Fields[] = [],
): readonly Holder[] {
  const [first, ...rest] = path.split(".");
  if (rest.length === 0) return [{ holder: fields, name: first!, around }];
  const inner = first!.endsWith("[]")
    ? (fields.values.get(first!.slice(0, -2)) ?? [])
        .flatMap((value) => elementsOf(value, flow))
        .map((element) => fieldsOf(element, flow))
    : fields.members.has(first!)
      ? [fieldsAt(fields, first!)]
      : [];
  return inner.flatMap((each) => holdersOf(each, rest.join("."), flow, [fields, ...around]));
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
