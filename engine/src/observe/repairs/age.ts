import type { Flow } from "../../flow/flow.ts";
import { bare, type FunctionNode, type Node, rangeOf } from "../../flow/tree.ts";
import type { Signature } from "../../providers/index.ts";
import { digestOf, macInputs, macOf, throughEncoders } from "../macs.ts";
import type { Repair } from "../observation.ts";
import { sourceOf } from "../sources.ts";
import { textOf } from "./modules.ts";
import { asOperand } from "./places.ts";
import { isReached } from "./scope.ts";

/** Seconds; what most senders advise. */
const TOLERANCE = 300;

/** A tolerance that refuses old events in the place of one that does not. */
export function repairTolerance(given: Node): readonly Repair[] {
  return [
    { title: `Allow ${TOLERANCE} seconds`, edits: [{ range: rangeOf(given), text: String(TOLERANCE) }] },
  ];
}

/**
 * The age looked at in front of a comparison that is made by hand, or of the helper's call that makes it. None where the
 * signed time is not seen there, and for a time that is not signed in seconds along with the body.
 */
export function repairAge(comparison: Node, signature: Signature, flow: Flow): readonly Repair[] {
  if (signature.covers !== "timestamp-and-raw-body") return [];
  const time = signedTime(comparison, signature, flow);
  const place = time && placeFor(time, comparison, flow);
  if (!place) return [];
  const fresh = `Math.abs(Date.now() / 1000 - Number(${textOf(time, flow)})) <= ${TOLERANCE}`;
  const isDifference = place.type === "BinaryExpression" && place.operator.startsWith("!");
  const check = textOf(place, flow);
  const text = asOperand(isDifference ? `!(${fresh}) || ${check}` : `${fresh} && ${check}`, place, flow);
  return [{ title: "Refuse what was signed long ago", edits: [{ range: rangeOf(place), text }] }];
}

/** The time among what goes into the MAC that is compared. */
function signedTime(comparison: Node, { timestamp }: Signature, flow: Flow): Node | undefined {
  const sides =
    comparison.type === "BinaryExpression" ? [comparison.left, comparison.right] : argumentsOf(comparison);
  const macs = sides.flatMap((side) =>
    flow.traces(side, throughEncoders).flatMap((trace) => macOf(trace, flow) ?? []),
  );
  const inputs = macInputs(flow).filter(({ call }) => macs.includes(digestOf(call, flow)));
  const parts = inputs.flatMap(({ input }) => partsOf(input, flow)).filter((part) => !isBody(part, flow));
  const isNamed = (part: Node) => headerOf(part, flow) === timestamp?.name.toLowerCase();
  const [time, ...others] = timestamp?.carrier === "header" ? parts.filter(isNamed) : parts;
  return others.length === 0 ? time : undefined;
}

function argumentsOf(node: Node): readonly Node[] {
  return node.type === "CallExpression" ? node.arguments : [];
}

/** What varies in a text: the parts of a template, of a sum, of the name that either has. */
function partsOf(input: Node, flow: Flow, depth = 0): readonly Node[] {
  const node = bare(input);
  if (depth > 10 || flow.constant(node) !== undefined) return [];
  const further = (nodes: readonly Node[]) => nodes.flatMap((each) => partsOf(each, flow, depth + 1));
  if (node.type === "TemplateLiteral") return further(node.expressions);
  if (node.type === "BinaryExpression" && node.operator === "+") return further([node.left, node.right]);
  const variable = node.type === "Identifier" ? flow.scopes.variableOf(node) : undefined;
  const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
  const value = write && others.length === 0 && write.path.length === 0 ? write.value : undefined;
  const isText = value && /^(?:TemplateLiteral|BinaryExpression)$/.test(bare(value).type);
  return isText ? partsOf(value, flow, depth + 1) : [node];
}

function isBody(part: Node, flow: Flow): boolean {
  return flow.traces(part, throughEncoders).some(({ origin }) => {
    const source = sourceOf(origin, flow);
    return source.kind === "request"
      ? source.part === "raw-body" || source.part === "body"
      : source.kind === "parameter" && /body|payload|raw/i.test(source.name ?? "");
  });
}

function headerOf(part: Node, flow: Flow): string | undefined {
  const [trace] = flow.traces(part);
  const source = trace && sourceOf(trace.origin, flow);
  return source?.kind === "request" && source.part === "header" ? source.field?.toLowerCase() : undefined;
}

/** Helpers that compare for helpers are followed so far. */
const DEPTH = 3;

/** Where a time is seen: at the comparison, or at the only call of the helper that answers its outcome. */
function placeFor(time: Node, comparison: Node, flow: Flow, depth = 0): Node | undefined {
  if (isReached(time, comparison, flow)) return comparison;
  const fn = flow.tree.functionOf(comparison);
  if (!fn || fn.async || depth === DEPTH || !answersIf(comparison, fn, flow)) return undefined;
  const { calls, escapes } = flow.calls.sitesOf(fn);
  return calls.length === 1 && !escapes ? placeFor(time, calls[0]!, flow, depth + 1) : undefined;
}

/** Whether a function answers true only where a comparison in it is true. */
function answersIf(comparison: Node, fn: FunctionNode, flow: Flow): boolean {
  if (comparison.type === "BinaryExpression" && comparison.operator.startsWith("!")) return false;
  const isIt = (node: Node): boolean =>
    bare(node) === comparison ||
    (node.type === "LogicalExpression" && node.operator === "&&" && isIt(node.right));
  const others = flow.tree.returnsOf(fn).filter((returned) => !isIt(bare(returned)));
  return (
    others.length < flow.tree.returnsOf(fn).length && others.every((each) => flow.constant(each) === false)
  );
}
