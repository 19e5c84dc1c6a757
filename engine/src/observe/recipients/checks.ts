import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, isWithin, type Node } from "../../flow/tree.ts";
import { wordsOf } from "../names.ts";
import { sourceOf } from "../sources.ts";
import { recipientNameOf } from "./chains.ts";
import { namesRecordId } from "./names.ts";
import type { RecipientSink } from "./sinks.ts";
import { namesWhole, type Way } from "./ways.ts";

/** A check of form says nothing of whose the recipient is. */
const FORM =
  /(?:valid|format|checksum|normaliz|sanitiz|clean|getAddress|isAddress|isEthereum|test|match|parse|trim|String|resolve_?account|publicKey|fromPublicKey)/i;
const MEMBERSHIP = /^(?:includes|has|indexOf|some|find|every|contains|sismember)$/;
const OWNERSHIP =
  /^(?:owns?|owned|owner|ownership|belongs|allow|allowed|allowlist|allowlisted|whitelist|whitelisted|permit|permitted|authori[sz]e\w?|trusted|approved|recover\w*|bound|linked)$/;
const PROVES = /verify\w*(?:message|signature|signed|typed)|recover/i;
const COMPARES = /match|compare|similar|equal|same/i;
const LOOKUP =
  /^(?:find|get|select|query|where|lookup|fetch|load|read|exists|count|search|first|eq|match|execute|one|raw)/i;
const OPERATOR = /^(?:eq|and|or|ilike|like|inArray|in|equals)$/;
const OWNER =
  /user|owner|merchant|customer|client_?id|session|auth|tenant|partner|vendor|seller|member|profile|business_?id|company_?id|org(?:anization|anisation)?_?id/i;
/** Whether a text names somebody whom a record can belong to. */
export function namesOwner(text: string): boolean {
  return OWNER.test(text);
}

const DENIES = /black|block(?:ed|list)|deny|denied|banned|sanction|forbid/i;

/**
 * Whether something between the request and the payout may have tied the recipient to its owner: a look-up that is
 * filtered by an owner, membership in a list, a comparison with a stored value, a signature. Then it is unknown
 * whether the recipient is trusted; a check of form alone changes nothing.
 */
export function isOwnershipChecked(way: Way, sink: RecipientSink, flow: Flow): boolean {
  if (isLookedUpByOwner(sink, flow)) return true;
  const checker = new Checker(sink, flow);
  const uses = [...variablesOf(way, sink, flow).flatMap(usesOf), ...sameMember(way, flow)].filter(
    (use) => !isWithin(use, sink.call),
  );
  if (uses.some((use) => checker.isCheck(use))) return true;
  return uses.flatMap((use) => answersTo(use, flow)).some((use) => checker.isComparison(use));
}

/** `payouts.start(req.user.id, { recipientId })`: a function given both can look the record up by its owner. */
function isLookedUpByOwner({ call, isByName, field }: RecipientSink, flow: Flow): boolean {
  if (!isByName || !namesRecordId(field) || /stripe|connect/i.test(field)) return false;
  return call.arguments.some((argument) => OWNER.test(textOf(argument, flow)));
}

function usesOf(variable: Variable): readonly Node[] {
  return variable.references.map(({ identifier }) => identifier as Node);
}

/** The variables that hold the value on its way; the request's own is used for everything else, too. */
function variablesOf(way: Way, sink: RecipientSink, flow: Flow): readonly Variable[] {
  const nodes = [sink.value, ...way.steps.map(({ node }) => node)];
  const found = nodes.flatMap((node) => {
    const variable = flow.scopes.variableOf(bare(node));
    return variable && !namesWhole(variable.name) ? [variable] : [];
  });
  return [...new Set(found)];
}

/** Other readings of the same member, e.g. a second `req.body.toAddress`. */
function sameMember({ steps, origin }: Way, flow: Flow): readonly Node[] {
  const member = steps.find(({ kind, node }) => kind === "member" && recipientNameOf(node))?.node;
  const first = member ?? steps.find(({ kind }) => kind === "member")?.node;
  if (first?.type !== "MemberExpression") return [];
  const text = textOf(first, flow);
  return flow.tree
    .all("MemberExpression")
    .filter((other) => other !== first && other !== origin.node && textOf(other, flow) === text);
}

/** The uses of what a call answers that was asked about the value: `const row = await find(to)`, then `row.userId`. */
function answersTo(use: Node, flow: Flow): readonly Node[] {
  for (let up = flow.tree.parentOf(use), inCall = false; up; up = flow.tree.parentOf(up)) {
    inCall ||= up.type === "CallExpression";
    if (inCall && up.type === "VariableDeclarator") return namesIn(up.id, flow).flatMap(usesOf);
    if (/Statement$|^Program$|Function/.test(up.type)) return [];
  }
  return [];
}

function namesIn(pattern: Node, flow: Flow): readonly Variable[] {
  const variable = flow.scopes.variableOf(pattern);
  if (variable) return [variable];
  if (pattern.type !== "ObjectPattern") return [];
  return pattern.properties.flatMap((property) =>
    property.type === "Property" ? namesIn(bare(property.value), flow) : [],
  );
}

/** Tells what is done with a value on its way to one sink. */
class Checker {
  readonly #sink: RecipientSink;
  readonly #flow: Flow;

  constructor(sink: RecipientSink, flow: Flow) {
    this.#sink = sink;
    this.#flow = flow;
  }

  isCheck(use: Node): boolean {
    for (const [child, up] of this.#upwards(use)) {
      if (up.type === "CallExpression" && up.callee !== child) {
        if (up === this.#sink.call) return false;
        const name = calledName(up) ?? "";
        if (this.#checks(up, name)) return true;
        // `isOwner(user, normalize(to))`, `where(eq(column, to))`: what the inner one answers may be checked.
        if (!FORM.test(name) && !OPERATOR.test(name)) return false;
      }
      if (up.type === "TaggedTemplateExpression")
        return /select|exists/i.test(this.#text(up)) && OWNER.test(this.#text(up));
      if (up.type === "BinaryExpression" && isEquality(up)) return this.#comparesWithStored(up, child);
      if (up.type === "BinaryExpression" && up.operator === "in") return !this.#isDenial(up, true);
    }
    return false;
  }

  /** Whether the answer to a question about the value is compared with something stored: `row.userId !== user.id`. */
  isComparison(use: Node): boolean {
    for (const [child, up] of this.#upwards(use)) {
      if (up.type === "BinaryExpression" && isEquality(up)) return this.#comparesWithStored(up, child);
      if (up.type === "CallExpression" && up.callee !== child) {
        const name = calledName(up) ?? "";
        return COMPARES.test(name) || wordsOf(name).some((word) => OWNERSHIP.test(word));
      }
    }
    return false;
  }

  *#upwards(use: Node): Generator<readonly [child: Node, up: Node]> {
    const { tree } = this.#flow;
    for (let child = use, up = tree.parentOf(use); up; child = up, up = tree.parentOf(up)) {
      if (/Statement$|Declaration$|^Program$|Function/.test(up.type)) return;
      yield [child, up];
    }
  }

  #checks(call: TSESTree.CallExpression, name: string): boolean {
    if (PROVES.test(name) || wordsOf(name).some((word) => OWNERSHIP.test(word)))
      return !this.#isDenial(call, true);
    if (MEMBERSHIP.test(name) && receiverOf(call)) return !this.#isDenial(call, true);
    if (FORM.test(name) || !LOOKUP.test(name)) return false;
    return this.#filters(call).some((argument) => OWNER.test(this.#text(argument)));
  }

  /** What a look-up is asked with, in all its calls: `.eq("account", to).eq("user_id", user.id)`. */
  #filters(call: TSESTree.CallExpression): readonly Node[] {
    const found: Node[] = [...call.arguments];
    for (let inner = bare(call.callee); inner.type === "MemberExpression";) {
      const before = bare(inner.object);
      if (before.type !== "CallExpression") break;
      found.push(...filtersOf(before));
      inner = bare(before.callee);
    }
    for (
      let [child, up]: [Node, Node | undefined] = [call, this.#flow.tree.parentOf(call)];
      up;
      child = up, up = this.#flow.tree.parentOf(up)
    ) {
      if (up.type === "CallExpression" && up.callee === child) found.push(...filtersOf(up));
      else if (
        up.type !== "MemberExpression" &&
        up.type !== "AwaitExpression" &&
        up.type !== "ChainExpression"
      )
        break;
    }
    return found;
  }

  #comparesWithStored(node: TSESTree.BinaryExpression, side: Node): boolean {
    if (this.#isDenial(node, /^==/.test(node.operator))) return false;
    const other = node.left === side ? node.right : node.left;
    if (OWNER.test(this.#text(other))) return true;
    return this.#flow.traces(other).some(({ origin }) => {
      const source = sourceOf(origin, this.#flow);
      return source.kind === "other" || source.kind === "environment";
    });
  }

  /** `if (blocked.has(to)) return`: what fits is refused, so that all the rest passes. */
  #isDenial(test: Node, positive: boolean): boolean {
    if (DENIES.test(this.#text(test))) return true;
    let refusesTrue = positive;
    for (const [child, up] of upTo(test, this.#flow)) {
      if (up.type === "UnaryExpression" && up.operator === "!") refusesTrue = !refusesTrue;
      else if (up.type === "IfStatement") return up.test === child && refusesTrue && leaves(up.consequent);
      else if (!/^(?:AwaitExpression|LogicalExpression|ChainExpression)$/.test(up.type)) return false;
    }
    return false;
  }

  #text(node: Node): string {
    return textOf(node, this.#flow);
  }
}

function* upTo(node: Node, flow: Flow): Generator<readonly [child: Node, up: Node]> {
  for (let child = node, up = flow.tree.parentOf(node); up; child = up, up = flow.tree.parentOf(up))
    yield [child, up];
}

function filtersOf(call: TSESTree.CallExpression): readonly Node[] {
  return /^(?:eq|match|where|andWhere|filter|is|and|equals|select|find\w*)$/.test(calledName(call) ?? "")
    ? call.arguments
    : [];
}

function isEquality({ operator }: TSESTree.BinaryExpression): boolean {
  return /^[!=]==?$/.test(operator);
}

/** Whether what follows a test is a refusal. */
function leaves(consequent: TSESTree.Statement): boolean {
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return /^(?:Return|Throw|Continue|Break)Statement$/.test(last?.type ?? "");
}

function textOf(node: Node, flow: Flow): string {
  return flow.module.text.slice(node.range[0], node.range[1]);
}
