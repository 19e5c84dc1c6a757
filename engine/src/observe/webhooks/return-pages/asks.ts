import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";
import { packageOf, providers, providersOfHost, verifierByCallee } from "../../../providers/index.ts";
import { partsOf, requestsOf } from "../../requests.ts";
import { chainOf, packageBehind } from "../effects/chain.ts";
import { namesDone } from "../effects/fulfilment.ts";
import { hidesEvent } from "../facts/called.ts";
import { madeOf } from "../facts/event-values.ts";
import type { Asked } from "../facts/refetched.ts";

const PACKAGES = new Set(providers.flatMap(({ sdks }) => (sdks ?? []).map((sdk) => sdk.package)));
const CHECKS =
  /verif|valid|confirm|capture|retrieve|check|query|lookup|status|signature|hmac|decode|decrypt|execute/i;

/** Whether a call asks a payment provider, or checks a signature of what came back with the customer. */
export function asksAnyone(call: TSESTree.CallExpression, flow: Flow): Asked {
  const request = requestsOf(flow).find((other) => other.call === call);
  if (request) {
    const { host, relative } = partsOf(request.url);
    if (relative) return "no";
    return host !== undefined && providersOfHost(host).length > 0 ? "yes" : "perhaps";
  }
  const name = flow.name(call.callee) ?? "";
  if (verifierByCallee(name) || /(?:^|[:.])(?:createHmac|timingSafeEqual|createVerify)$/.test(name))
    return "yes";
  const chain = chainOf(call, flow);
  const library = packageBehind(chain, flow);
  if (library !== undefined && PACKAGES.has(packageOf(library).name)) return "yes";
  const called = calledName(call) ?? "";
  if (/^(?:createHash|md5|sha1|sha256|sha512)$/i.test(called)) return "perhaps";
  if (hidesEvent(call, flow)) return "perhaps";
  return CHECKS.test(called) ||
    /payment|gateway|provider|stripe|paypal|client/i.test(chain.module ?? chain.base)
    ? "perhaps"
    : "no";
}

/** Whether a path is one on which our own records say already that it was paid: a webhook may have told them. */
export function saysPaid(test: Node, holds: boolean, flow: Flow): boolean {
  const node = bare(test);
  if (node.type === "MemberExpression")
    return holds && isRecorded(node, flow) && namesDone(propertyName(node) ?? "");
  if (node.type !== "BinaryExpression" || !/^[!=]==?$/.test(node.operator)) return false;
  if (holds !== node.operator.startsWith("=")) return false;
  return [
    [node.left, node.right],
    [node.right, node.left],
  ].some(([value, other]) => isRecorded(value!, flow) && typeof flow.constant(other!) === "string");
}

function isRecorded(node: Node, flow: Flow): boolean {
  return !madeOf(node, flow).event;
}
