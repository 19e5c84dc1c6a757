import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import type { Write } from "../../../flow/scopes.ts";
import { bare, type FunctionNode, isWithin, type Node, rangeOf } from "../../../flow/tree.ts";
import type { Edit } from "../../observation.ts";
import { sourceOf } from "../../sources.ts";
import { textOf } from "../modules.ts";

/** How the body that is checked comes from the request, where the code shows the whole way. */
export interface Reading {
  /**
   * `json`: `request.json()`; `member`: `req.body`; `parameter`: a decorated one such as `@Body() body`; `text`: what
   * is made into JSON again is text already, or was parsed from it.
   */
  readonly kind: "json" | "member" | "parameter" | "text";
  /** The call, member, parameter or text. */
  readonly node: Node;
  /** How the code names the request; undefined for a parameter and for a text. */
  readonly request: string | undefined;
  /** The function that is given the request. */
  readonly fn: FunctionNode;
  /** Where the bytes have to stand. */
  readonly site: Node;
  /** What changes in a helper that is handed the body: it takes the text instead. */
  readonly edits: readonly Edit[];
}

/** The reading behind `JSON.stringify(body)`, or behind a body that a verifier is given as it is. */
export function readingOf(site: Node, flow: Flow): Reading | undefined {
  const inner = site.type === "CallExpression" ? madeText(site, flow) : undefined;
  const reading = follow(inner ?? site, { site, edits: [] }, flow);
  // A closure in between may have names of its own.
  return reading && flow.tree.functionOf(reading.site) === homeOf(reading, flow) ? reading : undefined;
}

function homeOf({ kind, node, fn }: Reading, flow: Flow): FunctionNode | undefined {
  return kind === "parameter" ? fn : flow.tree.functionOf(node);
}

function madeText(call: TSESTree.CallExpression, flow: Flow): Node | undefined {
  return flow.name(call.callee) === "JSON.stringify" ? call.arguments[0] : undefined;
}

type Way = Pick<Reading, "site" | "edits">;

/** Names of names, and helpers that are handed a body by others, are followed so far. */
const DEPTH = 5;

function follow(value: Node, way: Way, flow: Flow, depth = 0): Reading | undefined {
  const node = bare(value);
  if (depth > DEPTH) return undefined;
  if (node.type === "AwaitExpression") return jsonRead(bare(node.argument), way, flow);
  if (node.type === "MemberExpression") return memberRead(node, node.object, way, flow);
  if (node.type === "CallExpression" && flow.name(node.callee) === "JSON.parse")
    return textRead(node.arguments[0], way, flow);
  const variable = node.type === "Identifier" ? flow.scopes.variableOf(node) : undefined;
  const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
  if (!write || others.length > 0 || write.defaults.length > 0) return undefined;
  if (write.how === "parameter") return parameterRead(write, way, flow, depth);
  if (write.how !== "declared" || !write.value) return undefined;
  if (write.path.length === 0) return follow(write.value, way, flow, depth + 1);
  // `const { body } = req`
  return write.path.length === 1 ? memberRead(node, write.value, way, flow) : undefined;
}

const JSON_READ = /^#\d+(?:\.req|\.request)?(?:\.clone\(\))?\.json\(\)$/;
const MEMBER_READ = /^#\d+(?:\.req|\.request|\.switchToHttp\(\)\.getRequest\(\))?\.body$/;

function jsonRead(node: Node, way: Way, flow: Flow): Reading | undefined {
  if (node.type !== "CallExpression" || !JSON_READ.test(flow.name(node) ?? "")) return undefined;
  return reading("json", node, undefined, way, flow);
}

function memberRead(node: Node, object: Node, way: Way, flow: Flow): Reading | undefined {
  const name = flow.name(node) ?? "";
  const part = partOf(node, flow);
  if (!MEMBER_READ.test(name) || bare(object).type === "ObjectPattern") return undefined;
  if (part === "raw-body") return reading("text", node, undefined, way, flow);
  return part === "body" ? reading("member", node, textOf(object, flow), way, flow) : undefined;
}

/** `JSON.parse(raw)`: what it was parsed from. */
function textRead(node: Node | undefined, way: Way, flow: Flow): Reading | undefined {
  if (!node || !/^(?:Identifier|MemberExpression)$/.test(node.type) || partOf(node, flow) !== "raw-body")
    return undefined;
  return reading("text", node, undefined, way, flow);
}

function partOf(node: Node, flow: Flow): string | undefined {
  const [trace, ...others] = flow.traces(node);
  const source = trace && others.length === 0 ? sourceOf(trace.origin, flow) : undefined;
  return source?.kind === "request" ? source.part : undefined;
}

function reading(
  kind: Reading["kind"],
  node: Node,
  request: string | undefined,
  way: Way,
  flow: Flow,
): Reading | undefined {
  const { root } = flow.resolve(node);
  const fn = root.kind === "parameter" ? root.function : flow.tree.functionOf(node);
  return fn && { kind, node, request, fn, ...way };
}

function parameterRead(write: Write, way: Way, flow: Flow, depth: number): Reading | undefined {
  const parameter = flow.scopes.parameterOf(write);
  if (parameter?.node.type !== "Identifier") return undefined;
  if (parameter.node.decorators?.length)
    return { kind: "parameter", node: parameter.node, request: undefined, fn: parameter.function, ...way };
  return handedOver(parameter.node, parameter.index, parameter.function, way, flow, depth);
}

/** A helper that is called once and does nothing else with the body is handed the text. */
function handedOver(
  parameter: TSESTree.Identifier,
  index: number,
  fn: FunctionNode,
  { site, edits }: Way,
  flow: Flow,
  depth: number,
): Reading | undefined {
  const { calls, escapes } = flow.calls.sitesOf(fn);
  const argument = calls[0]?.arguments[index];
  if (calls.length !== 1 || escapes || !argument || parameter.optional) return undefined;
  if (argument.type === "SpreadElement" || !isOnlyFor(site, parameter, flow)) return undefined;
  const type = parameter.typeAnnotation?.typeAnnotation;
  const changes = [
    ...(site.type === "CallExpression" ? [{ range: rangeOf(site), text: parameter.name }] : []),
    ...(type ? [{ range: rangeOf(type), text: "string" }] : []),
  ];
  return follow(argument, { site: argument, edits: [...edits, ...changes] }, flow, depth + 1);
}

/** Whether a variable is read nowhere but in a place. */
export function isOnlyFor(site: Node, name: Node, flow: Flow): boolean {
  const variable = flow.scopes.variableOf(name);
  return (
    variable !== undefined &&
    variable.references.every(({ identifier, init }) => init || isWithin(identifier as Node, site))
  );
}
