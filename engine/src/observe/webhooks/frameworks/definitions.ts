import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Place } from "../../../flow/link.ts";
import type { Meaning } from "../../../flow/meaning.ts";
import {
  bare,
  type FunctionNode,
  isFunction,
  isWithin,
  type Node,
  propertyName,
} from "../../../flow/tree.ts";
import type { Stage } from "../handler.ts";

/** A function that serves requests, with the functions that are wrapped around it, outermost first. */
export interface Served {
  readonly flow: Flow;
  readonly fn: FunctionNode;
  readonly wrappers: readonly Stage[];
}

/** Names that lead to names, and wrappers around wrappers, are followed so far. */
const DEPTH = 8;

/**
 * The expression that a name stands for, in whichever file: a function, an object, or the call that makes the value.
 * Unlike a flow's place it stays at that call: `asyncHandler(fn)` is the call and not what asyncHandler answers.
 */
export function definitionOf(node: Node, flow: Flow, depth = 0): Place | undefined {
  if (depth > DEPTH) return undefined;
  const meaning = flow.resolve(node);
  const { root, path } = meaning;
  const last = path.at(-1);
  if ((last?.kind === "call" || last?.kind === "new") && last.node !== undefined)
    return { flow, node: last.node };
  if (path.length === 0) {
    if (root.kind === "value") return { flow, node: root.node };
    if (root.kind === "parameter") return { flow, node: root.function.params[root.index]! };
    const [identifier] = root.kind === "variable" ? root.variable.identifiers : [];
    if (identifier) return { flow, node: identifier as Node };
  }
  if (root.kind === "import" && path.every(({ kind }) => kind === "member") && path.length <= 1)
    return imported(meaning, flow, depth + 1) ?? flow.place(meaning);
  return flow.place(meaning);
}

function imported({ root, path }: Meaning, flow: Flow, depth: number): Place | undefined {
  const opened = root.kind === "import" ? flow.opened(root.module) : undefined;
  const [first] = path;
  if (!opened) return undefined;
  return exportOf(opened, first?.kind === "member" ? first.name : "default", depth);
}

/** What a module exports under a name, `default` for the whole of it, as definitionOf() gives it. */
function exportOf(flow: Flow, name: string | undefined, depth = 0): Place | undefined {
  if (name === undefined || depth > DEPTH) return undefined;
  const { named, whole, all } = flow.exports;
  const [found, ...others] = named.get(name) ?? [];
  if (others.length > 0) return undefined;
  if (found?.kind === "value") return definitionOf(found.node, flow, depth + 1);
  if (found) {
    const from = flow.opened(found.module);
    return from && exportOf(from, found.name ?? "default", depth + 1);
  }
  if (whole.length === 1) return ofWhole(whole[0]!, flow, name, depth + 1);
  const places = all.flatMap((specifier) => {
    const from = flow.opened(specifier);
    return (from && exportOf(from, name, depth + 1)) ?? [];
  });
  return places[0];
}

function ofWhole(whole: Node, flow: Flow, name: string, depth: number): Place | undefined {
  if (name === "default") return definitionOf(whole, flow, depth);
  const member = memberNamed(bare(whole), name);
  return member && definitionOf(member, flow, depth);
}

function memberNamed(node: Node, name: string): Node | undefined {
  if (node.type !== "ObjectExpression") return undefined;
  const property = node.properties.find((each) => each.type === "Property" && propertyName(each) === name);
  return property?.type === "Property" ? property.value : undefined;
}

/**
 * The function that an expression hands over to serve requests: named, bound, wrapped by others
 * (`asyncHandler(fn)`), or called with the same arguments by an arrow (`(req, res) => controller.hook(req, res)`).
 */
export function servedBy(node: Node, flow: Flow, depth = 0): Served | undefined {
  if (depth > DEPTH) return undefined;
  const value = bare(node);
  if (isFunction(value)) return delegateOf(value, flow, depth) ?? { flow, fn: value, wrappers: [] };
  if (value.type === "CallExpression") return wrappedIn(value, flow, depth);
  const place = definitionOf(value, flow);
  if (!place || (place.node === value && place.flow === flow)) return undefined;
  const definition = bare(place.node);
  return isFunction(definition) || definition.type === "CallExpression"
    ? servedBy(definition, place.flow, depth + 1)
    : undefined;
}

function wrappedIn(call: TSESTree.CallExpression, flow: Flow, depth: number): Served | undefined {
  const receiver = receiverOf(call);
  if (receiver?.method === "bind") return servedBy(receiver.object, flow, depth + 1);
  // `middy(fn).use(parser()).use(errors())`: what is wrapped stands at the beginning of the chain.
  if (receiver && /^(?:use|onError|before|after)$/.test(receiver.method)) {
    const inner = bare(receiver.object);
    const served = inner.type === "CallExpression" ? wrappedIn(inner, flow, depth + 1) : undefined;
    if (served) return { ...served, wrappers: [...served.wrappers, ...stagesOf(call, flow)] };
  }
  for (const argument of call.arguments.toReversed()) {
    const served = argument.type === "SpreadElement" ? undefined : servedBy(argument, flow, depth + 1);
    if (served) return { ...served, wrappers: [{ flow, node: call }, ...served.wrappers] };
  }
  const made = flow.place(flow.resolve(call));
  return made && isFunction(made.node) ? { flow: made.flow, fn: made.node, wrappers: [] } : undefined;
}

function stagesOf({ arguments: given }: TSESTree.CallExpression, flow: Flow): readonly Stage[] {
  return given.map((node) => ({ flow, node }));
}

/** The function that an arrow hands its request on to, by itself or through one that is handed both. */
function delegateOf(fn: FunctionNode, flow: Flow, depth: number): Served | undefined {
  const body = onlyExpression(fn);
  const call = body?.type === "AwaitExpression" ? bare(body.argument) : body;
  if (call?.type !== "CallExpression" || fn.params.length === 0) return undefined;
  return isHandedAll(call, fn) ? servedBy(call.callee, flow, depth + 1) : runBy(call, fn, flow, depth);
}

/** `(req, res, next) => controller.hook(req, res, next)`. */
function isHandedAll(call: TSESTree.CallExpression, fn: FunctionNode): boolean {
  return (
    call.arguments.length >= Math.min(fn.params.length, 2) &&
    call.arguments.every((argument, index) => isParameter(argument, fn.params[index]))
  );
}

function isParameter(node: Node, parameter: Node | undefined): boolean {
  return node.type === "Identifier" && parameter?.type === "Identifier" && node.name === parameter.name;
}

/** `(req, res) => run(handler, req, res)`, where run calls what it is handed with the request. */
function runBy(
  call: TSESTree.CallExpression,
  fn: FunctionNode,
  flow: Flow,
  depth: number,
): Served | undefined {
  const given = call.arguments.flatMap((argument) =>
    argument.type === "ObjectExpression" ? valuesIn(argument) : [argument],
  );
  const isHanded = fn.params
    .slice(0, 2)
    .every((parameter) => given.some((argument) => isParameter(argument, parameter)));
  const place = isHanded ? flow.place(flow.resolve(call.callee)) : undefined;
  if (!place || !isFunction(place.node)) return undefined;
  const handler = handedOn(place.node, place.flow).flatMap((way) => argumentAt(call, way) ?? [])[0];
  const served = handler && servedBy(handler, flow, depth + 1);
  return served && { ...served, wrappers: [{ flow, node: call }, ...served.wrappers] };
}

/** The parameters, or members of them, that a function calls with another of its parameters. */
function handedOn(fn: FunctionNode, flow: Flow): readonly (Meaning & { root: { kind: "parameter" } })[] {
  return flow.tree.all("CallExpression").flatMap((call) => {
    const meaning = isWithin(call, fn) ? flow.resolve(call.callee) : undefined;
    if (meaning?.root.kind !== "parameter" || meaning.root.function !== fn) return [];
    const hands = call.arguments.some((argument) => {
      const { root } = flow.resolve(argument);
      return root.kind === "parameter" && root.function === fn;
    });
    return hands ? [{ ...meaning, root: meaning.root }] : [];
  });
}

/** What a call gives for a parameter, or for a member of one. */
function argumentAt(
  call: TSESTree.CallExpression,
  { root, path }: Meaning & { root: { kind: "parameter" } },
): Node | undefined {
  const argument = call.arguments[root.index];
  const [member, ...others] = path;
  if (!argument || others.length > 0 || argument.type === "SpreadElement") return undefined;
  if (!member) return argument;
  return member.kind === "member" && member.name !== undefined
    ? memberNamed(argument, member.name)
    : undefined;
}

function valuesIn({ properties }: TSESTree.ObjectExpression): readonly Node[] {
  return properties.flatMap((property) => (property.type === "Property" ? [property.value] : []));
}

function onlyExpression({ body }: FunctionNode): Node | undefined {
  if (!body) return undefined;
  if (body.type !== "BlockStatement") return bare(body);
  const [statement, ...others] = body.body;
  if (others.length > 0) return undefined;
  const expression =
    statement?.type === "ReturnStatement"
      ? statement.argument
      : statement?.type === "ExpressionStatement"
        ? statement.expression
        : undefined;
  return expression ? bare(expression) : undefined;
}

export interface ExportedFunction extends Served {
  readonly name: string;
}

/** The functions that a module exports, `default` for the whole of it; the members of one exported object too. */
export function exportedFunctions(flow: Flow): readonly ExportedFunction[] {
  const { named, whole } = flow.exports;
  const names = [...named.keys(), ...(whole.length === 1 && !named.has("default") ? ["default"] : [])];
  return names.flatMap((name): ExportedFunction[] => {
    const place = exportOf(flow, name);
    if (!place) return [];
    const served = servedBy(place.node, place.flow);
    if (served) return [{ ...served, name }];
    return name === "default" && place.node.type === "ObjectExpression"
      ? members(place.node, place.flow)
      : [];
  });
}

function members(object: TSESTree.ObjectExpression, flow: Flow): ExportedFunction[] {
  return object.properties.flatMap((property) => {
    const name = property.type === "Property" ? propertyName(property) : undefined;
    const served =
      property.type === "Property" && name !== undefined ? servedBy(property.value, flow) : undefined;
    return served ? [{ ...served, name: name! }] : [];
  });
}
