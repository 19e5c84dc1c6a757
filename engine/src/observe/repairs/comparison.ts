import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import { type Node, rangeOf } from "../../flow/tree.ts";
import type { Edit, Repair } from "../observation.ts";
import { addedFunction, freeName, importOf, isTypeScript, textOf } from "./modules.ts";

/**
 * A comparison in constant time in the place of one that stops at the first difference. Whatever is compared, it
 * answers: a missing header, a list of headers and another length are no match.
 */
export function repairComparison(node: Node, flow: Flow): readonly Repair[] {
  const comparison = comparisonIn(node, flow);
  if (!comparison) return [];
  const { range, sides, isNegated, areBytes } = comparison;
  const [left, right] = sides.map((side) => textOf(side, flow));
  const helper = areBytes ? bytesHelper(flow) : textHelper(flow);
  const call = `${isNegated ? "!" : ""}${helper.name}(${left}, ${right})`;
  return [
    {
      title: "Compare in constant time",
      edits: [...helper.edits, { range, text: call }].sort((a, b) => a.range.start - b.range.start),
      isSafe: true,
    },
  ];
}

interface Comparison {
  readonly range: Edit["range"];
  readonly sides: readonly [Node, Node];
  readonly isNegated: boolean;
  /** Whether buffers are compared, and not texts. */
  readonly areBytes: boolean;
}

function comparisonIn(node: Node, flow: Flow): Comparison | undefined {
  if (node.type === "BinaryExpression")
    return {
      range: rangeOf(node),
      sides: [node.left, node.right],
      isNegated: node.operator.startsWith("!"),
      areBytes: false,
    };
  if (node.type !== "CallExpression") return undefined;
  const [first, second] = node.arguments;
  const receiver = receiverOf(node);
  if (receiver?.method === "equals" && first)
    return { range: rangeOf(node), sides: [receiver.object, first], isNegated: false, areBytes: true };
  if (flow.name(node.callee) === "Buffer.compare" && first && second) return comparedWithZero(node, flow);
  return undefined;
}

/** `Buffer.compare(a, b) === 0`; by itself its answer says which is greater, which nothing else does. */
function comparedWithZero(call: TSESTree.CallExpression, flow: Flow): Comparison | undefined {
  const up = flow.tree.parentOf(call);
  const [left, right] = call.arguments as [Node, Node];
  if (up?.type === "UnaryExpression" && up.operator === "!")
    return { range: rangeOf(up), sides: [left, right], isNegated: false, areBytes: true };
  if (up?.type !== "BinaryExpression" || !/^[!=]==?$/.test(up.operator)) return undefined;
  const other = up.left === call ? up.right : up.left;
  if (flow.constant(other) !== 0) return undefined;
  return {
    range: rangeOf(up),
    sides: [left, right],
    isNegated: up.operator.startsWith("!"),
    areBytes: true,
  };
}

interface Helper {
  readonly name: string;
  readonly edits: readonly Edit[];
}

const NAME = "safeEqual";

function bytesHelper(flow: Flow): Helper {
  const { name: compare, edits } = importOf("timingSafeEqual", "crypto", flow);
  const type = isTypeScript(flow) ? ": Uint8Array" : "";
  const answer = isTypeScript(flow) ? ": boolean" : "";
  return helperOf(
    flow,
    edits,
    (name) => `/** Compares bytes in constant time; other lengths are no match. */
function ${name}(received${type}, expected${type})${answer} {
  return received.length === expected.length && ${compare}(received, expected);
}`,
  );
}

function textHelper(flow: Flow): Helper {
  const type = isTypeScript(flow) ? ": unknown" : "";
  const answer = isTypeScript(flow) ? ": boolean" : "";
  if (isWeb(flow)) return helperOf(flow, [], (name) => webHelper(name, type, answer));
  const { name: compare, edits } = importOf("timingSafeEqual", "crypto", flow);
  return helperOf(
    flow,
    edits,
    (name) => `/** Compares texts in constant time; what is no text, such as a missing header, is no match. */
function ${name}(received${type}, expected${type})${answer} {
  if (typeof received !== "string" || typeof expected !== "string") return false;
  const a = Buffer.from(received);
  const b = Buffer.from(expected);
  return a.length === b.length && ${compare}(a, b);
}`,
  );
}

function helperOf(flow: Flow, edits: readonly Edit[], textFor: (name: string) => string): Helper {
  const name = freeName(NAME, textFor, flow);
  const added = addedFunction(textFor(name), flow);
  return { name, edits: [...edits, ...added] };
}

/** Deno, Workers and edge functions: WebCrypto is what there is. */
function isWeb({ module }: Flow): boolean {
  const { text } = module;
  if (/["'](?:node:)?crypto["']|\bBuffer\b/.test(text)) return false;
  return /\bsubtle\b|\bDeno\b|runtime\s*=\s*["']edge["']/.test(text);
}

function webHelper(name: string, type: string, answer: string): string {
  return `/** Compares texts in constant time; what is no text, such as a missing header, is no match. */
function ${name}(received${type}, expected${type})${answer} {
  if (typeof received !== "string" || typeof expected !== "string") return false;
  const a = new TextEncoder().encode(received);
  const b = new TextEncoder().encode(expected);
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}`;
}
