import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import { comparisonAt } from "../../comparisons.ts";
import { macOf, throughEncoders } from "../../macs.ts";
import { isReceived, sourceOf } from "../../sources.ts";
import type { Check } from "../checks.ts";

type Proof = Pick<Check, "proves" | "subject">;

/** What two values prove that are compared: a MAC and a received signature, a configured token and the one sent. */
export function equalityAt(node: Node, flow: Flow): Check | undefined {
  const proof = proofOf(node, flow);
  return proof && { node, ...proof, promise: false, provider: undefined };
}

function proofOf(node: Node, flow: Flow): Proof | undefined {
  switch (node.type) {
    case "BinaryExpression":
      return ofDifference(node, flow) ?? ofSecrets(node, node.operator.startsWith("!"), flow);
    case "UnaryExpression":
      return node.operator === "!" && isDifference(node.argument, flow)
        ? { proves: "true", subject: "signature" }
        : undefined;
    case "CallExpression":
      return ofCall(node, flow);
    default:
      return undefined;
  }
}

function ofSecrets(node: Node, isInverse: boolean, flow: Flow): Proof | undefined {
  const compared = comparisonAt(node, flow);
  return (
    compared && {
      proves: isInverse ? "false" : "true",
      subject: compared.subject === "mac" ? "signature" : "token",
    }
  );
}

/** `localeCompare` and `Buffer.compare` answer 0 where both are the same. */
const ORDERS = /(?:^|\.)(?:localeCompare|compare)$/;

function ofCall(call: TSESTree.CallExpression, flow: Flow): Proof | undefined {
  const name = flow.name(call.callee) ?? "";
  // Nobody compares in constant time what is not secret.
  if (/^(?:crypto[:.])?timingSafeEqual$/.test(name) || /(?:^|[:.])subtle\.timingSafeEqual$/.test(name))
    return { proves: "true", subject: "signature" };
  const receiver = receiverOf(call);
  if (ORDERS.test(name) || receiver?.method === "localeCompare") return ofSecrets(call, true, flow);
  if (receiver && /^(?:includes|startsWith|endsWith)$/.test(receiver.method) && call.arguments[0])
    return holdsMac(receiver.object, call.arguments[0], flow)
      ? { proves: "true", subject: "signature" }
      : undefined;
  return ofSecrets(call, false, flow);
}

/** `received.split(",").includes(mac)`, `header.endsWith(mac)`. */
function holdsMac(received: Node, computed: Node, flow: Flow): boolean {
  const macs = flow.traces(computed, throughEncoders).some((trace) => macOf(trace, flow));
  return macs && flow.traces(received).some(({ origin }) => isReceived(sourceOf(origin, flow)));
}

/** `difference === 0` after a loop that gathered the bits in which two texts differ. */
function ofDifference({ left, right, operator }: TSESTree.BinaryExpression, flow: Flow): Proof | undefined {
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const sides = [left, right].map((side) => bare(side));
  const isZero = sides.some((side) => side.type === "Literal" && side.value === 0);
  if (!isZero || !sides.some((side) => isDifference(side, flow))) return undefined;
  return { proves: operator.startsWith("!") ? "false" : "true", subject: "signature" };
}

function isDifference(node: Node, flow: Flow): boolean {
  const value = bare(node);
  const variable = value.type === "Identifier" ? flow.scopes.variableOf(value) : undefined;
  if (!variable) return false;
  return flow.scopes.writesOf(variable).some(({ how, value: written, target }) => {
    const up = flow.tree.parentOf(target);
    if (how !== "updated" && how !== "assigned") return false;
    if (up?.type !== "AssignmentExpression" || !written) return false;
    return (up.operator === "|=" || up.operator === "=" || up.operator === "+=") && isXor(written);
  });
}

function isXor(node: Node): boolean {
  const value = bare(node);
  if (value.type !== "BinaryExpression") return false;
  return value.operator === "^" || (value.operator === "|" && (isXor(value.left) || isXor(value.right)));
}
