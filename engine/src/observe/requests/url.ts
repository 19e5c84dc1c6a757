import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/callee.ts";
import { bare, type Node } from "../../flow/tree.ts";
import { type Bound, inCall, valueOf } from "../objects.ts";

const DEPTH = 8;
/** Settings that a bundler writes into the page: the address in one of them is the project's own server. */
const PUBLIC = /\b(?:VITE|NEXT_PUBLIC|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC)_\w{1,80}$/;

/** A URL as far as it is written out; `{}` for each part that the run decides. */
export function urlOf(expression: Node, flow: Flow, bound?: Bound, depth = 0): string {
  const handed = inCall(expression, flow, bound);
  if (handed && handed.node !== expression) return urlOf(handed.node, handed.flow, undefined, depth + 1);
  const node = bare(expression);
  const constant = flow.constant(node);
  if (constant !== undefined) return String(constant);
  if (depth > DEPTH) return "{}";
  const inner = (part: Node): string => urlOf(part, flow, bound, depth + 1);
  switch (node.type) {
    case "TemplateLiteral":
      return node.quasis
        .map(
          (quasi, at) =>
            quasi.value.cooked + (at < node.expressions.length ? inner(node.expressions[at]!) : ""),
        )
        .join("");
    case "BinaryExpression":
      return node.operator === "+" ? inner(node.left) + inner(node.right) : "{}";
    case "LogicalExpression":
      return inner(node.right);
    case "ConditionalExpression":
      return inner(node.consequent);
    case "NewExpression":
      return calledName(node) === "URL" && node.arguments[0]
        ? joined(node.arguments[1] && inner(node.arguments[1]), inner(node.arguments[0]))
        : "{}";
    case "Identifier":
    case "MemberExpression":
      return urlBehind(node, flow, bound, depth);
    default:
      return "{}";
  }
}

/** What a name stands for, in this file or another. */
function urlBehind(node: Node, flow: Flow, bound: Bound | undefined, depth: number): string {
  if (PUBLIC.test(flow.name(node) ?? "")) return "";
  const value = valueOf(node, flow);
  if (value !== node) return urlOf(value, flow, bound, depth + 1);
  const place = flow.place(flow.resolve(node));
  return place && place.node !== node ? urlOf(place.node, place.flow, undefined, depth + 1) : "{}";
}

export function joined(base: string | undefined, path: string): string {
  if (base === undefined || /^https?:/.test(path)) return path;
  return `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

/**
 * Host and path of a URL as urlOf() writes it; the host is undefined where it is not written out. `relative`: it is the
 * project's own server that is asked.
 */
export function partsOf(url: string): {
  readonly host: string | undefined;
  readonly path: string;
  readonly relative: boolean;
} {
  const match = /^https?:\/\/([^/?#{}]+)([^?#]*)/.exec(url);
  if (match) {
    const host = match[1]!.toLowerCase();
    return { host, path: match[2]!, relative: /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host) };
  }
  return {
    host: undefined,
    path: url.replace(/^(?:https?:\/\/)?(?:\{\})+/, "").replace(/[?#].*$/, ""),
    relative: url.startsWith("/"),
  };
}
