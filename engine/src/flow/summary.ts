import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "./flow.ts";
import { membersOf, type Meaning } from "./meaning.ts";
import type { Origin } from "./origin.ts";
import { type FunctionNode, type Node, propertyName } from "./tree.ts";

/** What a function does for its callers, as far as its own file shows it: plain data, no nodes. */
export interface FunctionSummary {
  /** Whether every path ends in an exception or in the end of the process. */
  readonly neverReturns: boolean;
  /** Where its result can come from. */
  readonly returns: readonly Source[];
  /** Where its parameters go: as which argument of which call. */
  readonly passes: readonly Passing[];
}

export type Source =
  | { readonly kind: "parameter"; readonly index: number; readonly path: readonly string[] }
  /** An import, a global, or what a call of one answers, as nameOf() writes it. */
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "environment"; readonly name: string | undefined }
  | { readonly kind: "literal" }
  | { readonly kind: "unknown" };

export interface Passing {
  readonly index: number;
  readonly path: readonly string[];
  /** The call's callee as nameOf() writes it. */
  readonly callee: string;
  readonly argument: number;
}

/** The summary of a module: its functions by the names they are exported under; `default` for the default export. */
export type ModuleSummary = ReadonlyMap<string, FunctionSummary>;

/** Summarises a module without reading any other file; what comes from other files stays a name. */
export function summarise(flow: Flow): ModuleSummary {
  const summaries = new Map<string, FunctionSummary>();
  for (const [name, value] of exportsOf(flow)) {
    const fn = flow.calls.functionNamed(value);
    if (fn) summaries.set(name, summariseFunction(fn, flow));
  }
  return summaries;
}

function summariseFunction(fn: FunctionNode, flow: Flow): FunctionSummary {
  return {
    neverReturns: flow.neverReturns(fn),
    returns: distinct(
      flow.tree
        .returnsOf(fn)
        .flatMap((result) => flow.traces(result).map(({ origin }) => sourceIn(fn, origin))),
    ),
    passes: passesOf(fn, flow),
  };
}

function sourceIn(fn: FunctionNode, origin: Origin): Source {
  switch (origin.kind) {
    case "literal":
      return { kind: "literal" };
    case "environment":
      return { kind: "environment", name: origin.name };
    case "named":
      return (
        parameterIn(fn, origin.meaning) ??
        (origin.name === undefined ? { kind: "unknown" } : { kind: "named", name: origin.name })
      );
    default:
      return { kind: "unknown" };
  }
}

/** A parameter's own member; what a method of it answers is a value of its own. */
function parameterIn(
  fn: FunctionNode,
  { root, path }: Meaning,
): Extract<Source, { kind: "parameter" }> | undefined {
  if (root.kind !== "parameter" || root.function !== fn || path.some(({ kind }) => kind !== "member"))
    return undefined;
  const names = membersOf({ root, path }).map((name) => name ?? "*");
  return { kind: "parameter", index: root.index, path: names };
}

function passesOf(fn: FunctionNode, flow: Flow): Passing[] {
  const passes: Passing[] = [];
  for (const call of flow.tree.all("CallExpression")) {
    if (flow.tree.functionOf(call) !== fn) continue;
    const callee = flow.name(call.callee);
    if (callee === undefined) continue;
    for (const [argument, node] of call.arguments.entries()) {
      for (const { origin } of flow.traces(node)) {
        const source = sourceIn(fn, origin);
        if (source.kind === "parameter")
          passes.push({ index: source.index, path: source.path, callee, argument });
      }
    }
  }
  return distinct(passes);
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** What a module exports, by name: ES exports, `module.exports = …`, `exports.name = …`. */
function* exportsOf(flow: Flow): Generator<readonly [string, Node]> {
  for (const statement of flow.module.program.body) {
    if (statement.type === "ExportDefaultDeclaration") yield ["default", statement.declaration];
    if (statement.type === "ExportNamedDeclaration") yield* namedExports(statement);
  }
  for (const { left, right } of flow.tree.all("AssignmentExpression")) {
    if (left.type !== "MemberExpression") continue;
    const target = flow.module.text.slice(left.range[0], left.range[1]);
    if (target === "module.exports") yield* commonExports(right);
    else if (/^(?:module\.)?exports\.\w+$/.test(target)) yield [propertyName(left)!, right];
  }
}

function* namedExports(statement: TSESTree.ExportNamedDeclaration): Generator<readonly [string, Node]> {
  const { declaration } = statement;
  if (declaration?.type === "FunctionDeclaration" && declaration.id) yield [declaration.id.name, declaration];
  if (declaration?.type === "VariableDeclaration") {
    for (const { id, init } of declaration.declarations)
      if (id.type === "Identifier" && init) yield [id.name, init];
  }
  if (statement.source) return;
  for (const { exported, local } of statement.specifiers) {
    yield [exported.type === "Identifier" ? exported.name : String(exported.value), local];
  }
}

function* commonExports(value: Node): Generator<readonly [string, Node]> {
  if (value.type !== "ObjectExpression") yield ["default", value];
  else
    for (const property of value.properties) {
      const name = property.type === "Property" ? propertyName(property) : undefined;
      if (name !== undefined && property.type === "Property") yield [name, property.value];
    }
}
