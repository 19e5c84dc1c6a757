import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/callee.ts";
import type { Trace } from "../../flow/origin.ts";
import { bare, isWithin, type Node } from "../../flow/tree.ts";
import { namesRecordId } from "./names.ts";
import type { RecipientSink } from "./sinks.ts";
import { sourceOf } from "../sources.ts";

/** A check of form says nothing of whose the recipient is. */
const FORM =
  /(?:valid|format|checksum|normaliz|getAddress|isAddress|isEthereum|test|match|parse|trim|String|resolve_?account|publicKey|fromPublicKey)/i;
const MEMBERSHIP = /^(?:includes|has|indexOf|some|find)$/;
const OWNERSHIP =
  /own|allow|whitelist|permit|authori[sz]|trusted|approved|belongs|verify\w*(?:message|signature|signed|typed)|recover/i;
const LOOKUP = /^(?:find|get|select|query|where|lookup|fetch|load|read|exists|count|search|first|eq)/i;
const OWNER =
  /user|owner|merchant|customer|client_?id|session|auth|tenant|partner|vendor|seller|member|profile/i;

/**
 * Whether something between the request and the payout may have tied the recipient to its owner: a look-up that is
 * filtered by an owner, membership in a list, a comparison with a stored value, a signature. Then it is unknown
 * whether the recipient is trusted; a check of form alone changes nothing.
 */
export function isOwnershipChecked(trace: Trace, sink: RecipientSink, flow: Flow): boolean {
  if (isLookedUpByOwner(sink, flow)) return true;
  const uses = variablesOf(trace, sink, flow).flatMap((variable) =>
    variable.references.map(({ identifier }) => identifier as Node),
  );
  const members = sameMember(trace, flow);
  return [...uses, ...members].some((use) => !isWithin(use, sink.call) && isCheck(use, sink, flow));
}

/** `payouts.start(req.user.id, { recipientId })`: a function given both can look the record up by its owner. */
function isLookedUpByOwner({ call, provider, field }: RecipientSink, flow: Flow): boolean {
  if (provider !== undefined || !namesRecordId(field) || /stripe|connect/i.test(field)) return false;
  return call.arguments.some((argument) => OWNER.test(textOf(argument, flow)));
}

/** The variables that hold the value on its way. */
function variablesOf(trace: Trace, sink: RecipientSink, flow: Flow): Variable[] {
  const nodes = [sink.value, ...trace.steps.map(({ node }) => node)];
  // The request's own variable is used for everything else, too.
  return nodes.flatMap((node) => {
    const variable = flow.scopes.variableOf(bare(node));
    return variable && !isWhole(variable, flow) ? [variable] : [];
  });
}

function isWhole(variable: Variable, flow: Flow): boolean {
  const [name] = variable.identifiers;
  if (!name) return true;
  return flow.traces(name as Node).some(({ origin }) => {
    const source = sourceOf(origin, flow);
    return (
      source.kind === "request" &&
      source.field !== undefined &&
      /^(?:body|json|query|params)$/.test(source.field)
    );
  });
}

/** Other readings of the same member, e.g. a second `req.body.toAddress`. */
function sameMember(trace: Trace, flow: Flow): Node[] {
  const { node } = trace.origin;
  const member = trace.steps.find((step) => step.kind === "member")?.node;
  if (member?.type !== "MemberExpression") return [];
  const text = textOf(member, flow);
  return flow.tree
    .all("MemberExpression")
    .filter((other) => other !== member && other !== node && textOf(other, flow) === text);
}

function isCheck(use: Node, sink: RecipientSink, flow: Flow): boolean {
  const { tree } = flow;
  for (let child = use, up = tree.parentOf(use); up; child = up, up = tree.parentOf(up)) {
    if (up.type === "CallExpression" && up !== sink.call && up.callee !== child) return checks(up, flow);
    if (up.type === "BinaryExpression" && /^[!=]==?$/.test(up.operator))
      return comparesWithStored(up, child, flow);
    if (up.type === "BinaryExpression" && up.operator === "in") return true;
    if (/Statement$|Declaration$|^Program$|Function/.test(up.type)) return false;
  }
  return false;
}

function checks(call: TSESTree.CallExpression, flow: Flow): boolean {
  const name = calledName(call) ?? "";
  if (OWNERSHIP.test(name) || MEMBERSHIP.test(name)) return true;
  if (FORM.test(name)) return false;
  return LOOKUP.test(name) && call.arguments.some((argument) => OWNER.test(textOf(argument, flow)));
}

function comparesWithStored(node: TSESTree.BinaryExpression, side: Node, flow: Flow): boolean {
  const other = node.left === side ? node.right : node.left;
  return flow.traces(other).some(({ origin }) => {
    const source = sourceOf(origin, flow);
    return source.kind === "other" || source.kind === "environment";
  });
}

function textOf(node: Node, flow: Flow): string {
  return flow.module.text.slice(node.range[0], node.range[1]);
}
