import type { Flow } from "../../flow/flow.ts";
import type { Node } from "../../flow/tree.ts";
import { equalityAt } from "./checks/equalities.ts";
import { refetchAt } from "./checks/refetches.ts";
import { verifierAt } from "./checks/verifiers.ts";

/** An expression that shows who sent a request. */
export interface Check {
  readonly node: Node;
  /** What shows it: that the expression comes to its end without an exception, or that it comes out true or false. */
  readonly proves: "end" | "true" | "false";
  /** The outcome is that of a promise, and has to be waited for. */
  readonly promise: boolean;
  /** `source`: who sent it is not looked at, but what it says is read from the provider. */
  readonly subject: "signature" | "token" | "source";
  /** Id of the provider whose SDK or header it is; undefined where the code does not tell. */
  readonly provider: string | undefined;
}

const known = new WeakMap<Flow, Map<Node, Check | undefined>>();

/**
 * What an expression proves by itself: an SDK's verifier, a comparison of a MAC or a configured token with what was
 * sent, a signature checked by a library, an object read from a provider that signs nothing. What a function of the
 * project proves is asked of its body: see behaviourOf().
 */
export function checkAt(node: Node, flow: Flow): Check | undefined {
  if (!/^(?:CallExpression|BinaryExpression|UnaryExpression)$/.test(node.type)) return undefined;
  let checks = known.get(flow);
  if (!checks) known.set(flow, (checks = new Map<Node, Check | undefined>()));
  if (!checks.has(node)) checks.set(node, find(node, flow));
  return checks.get(node);
}

function find(node: Node, flow: Flow): Check | undefined {
  if (node.type !== "CallExpression") return equalityAt(node, flow);
  return verifierAt(node, flow) ?? equalityAt(node, flow) ?? refetchAt(node, flow);
}
