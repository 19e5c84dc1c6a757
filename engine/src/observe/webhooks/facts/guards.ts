import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Assumption } from "../../../flow/graph.ts";
import { callsOf, type Meaning } from "../../../flow/meaning.ts";
import { bare, childrenOf, isFunction, isWithin, type Node, propertyName } from "../../../flow/tree.ts";
import { chainOf } from "../effects/chain.ts";
import { effectOf } from "../effects.ts";
import { valueOf } from "../../objects.ts";
import { hidesEvent, isLibrary, isOpened } from "./called.ts";
import { madeOf } from "./event-values.ts";

/** What keeps a repeated event from having its effects again: a test that does, a call that may. */
export type Guard = "sure" | "maybe";

/** Names of functions that keep count of events by themselves. */
const KEEPS =
  /dedup|idempoten|duplicate|already|processed|claim|acquire|withlock|\block|unlock|(?:record|store|save|log|mark|insert|register|track)\w{0,20}event|seen|replay/i;

/**
 * Whether a call may keep the effects after it from being repeated. What its name says, or what it does unseen, is
 * presumed; it is sure only where its answer is tested.
 */
export function guardOfCall(call: TSESTree.CallExpression, flow: Flow): "maybe" | undefined {
  const name = calledName(call) ?? "";
  if (KEEPS.test(name)) return "maybe";
  const effect = effectOf(call, flow);
  if (effect?.kind === "write" || effect?.kind === "increment") return guardOfWrite(call, name, flow);
  return hidesEffects(call, flow) ? "maybe" : undefined;
}

/** Whether a call gives the event to a function that cannot be seen and may act on it. */
export function hidesEffects(call: TSESTree.CallExpression, flow: Flow): boolean {
  const name = calledName(call) ?? "";
  return !KEEPS.test(name) && !HARMLESS.test(name) && !NEUTRAL.test(name) && hidesEvent(call, flow);
}

/** Whether a call only asks who sent an event, or writes a log: what it tests on the way is no state of ours. */
export function saysNothing(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const name = calledName(call) ?? "";
  return (NEUTRAL.test(name) || LOGS.test(name)) && !KEEPS.test(name);
}

const LOGS = /^(?:log|info|warn|error|debug|trace|fatal|createLogger|getLogger)$/;

function guardOfWrite(call: TSESTree.CallExpression, name: string, flow: Flow): "maybe" | undefined {
  if (isConditional(call, flow)) return "maybe";
  // A row with the payment's id may be unique, and one that is consumed is there only once.
  if (/^(?:create|insert|add|save|put|values|query|execute|exec|run|set|setex|push)/i.test(name))
    return call.arguments.some((argument) => namesPayment(argument, flow, 0)) ? "maybe" : undefined;
  return /delete|destroy|remove|^del$/i.test(name) ? "maybe" : undefined;
}

const STATE =
  /(?:^|_|[a-z])(?:status|state|paid|processed|fulfilled|completed|confirmed|delivered|credited|sent|used|redeemed|active|activated|granted|handled|settled|pending|expires?|at|count|length|size|version|done)$/i;

/** Whether a write names the state that it starts from: `where: { id, status: "pending" }`, `.eq("status", "pending")`. */
export function isConditional(call: TSESTree.CallExpression, flow: Flow): boolean {
  // The conditions of a builder stand before or after the call that writes.
  const parts: Node[] = chainOf(call, flow).links.flatMap((link) =>
    link.call && link.call !== call ? [link.call] : [],
  );
  for (let up = flow.tree.parentOf(call); up; up = flow.tree.parentOf(up)) {
    if (up.type === "CallExpression" && receiverOf(up)) parts.push(...up.arguments);
    else if (up.type !== "MemberExpression") break;
  }
  const [first] = call.arguments;
  if (first && FILTERED.test(calledName(call) ?? "") && saysState(first, flow, true, 0)) return true;
  return [...call.arguments, ...parts].some((part) => saysState(part, flow, false, 0));
}

/** Mongo's calls, whose first argument is a filter. */
const FILTERED = /^(?:updateOne|updateMany|findOneAnd\w+|replaceOne|deleteOne|deleteMany)$/;

const DEPTH = 6;

function saysState(expression: Node, flow: Flow, inWhere: boolean, depth: number): boolean {
  const node = bare(expression);
  if (depth > DEPTH || isFunction(node)) return false;
  if (node.type === "Property") {
    const key = propertyName(node) ?? "";
    if (inWhere && STATE.test(key)) return true;
    if (/^(?:data|set|\$set|\$inc|update|create)$/.test(key)) return false;
    return saysState(node.value, flow, inWhere || key === "where", depth + 1);
  }
  if (node.type === "ObjectExpression")
    return node.properties.some((property) => saysState(property, flow, inWhere, depth + 1));
  if (node.type === "CallExpression") {
    const method = calledName(node) ?? "";
    const [first] = node.arguments;
    if (/^(?:eq|ne|neq|is|in|not|isNull|filter|where|whereNot|whereNull|andWhere|and|or|match)$/.test(method))
      return node.arguments.some((argument) => mentionsState(argument, flow, 0));
    return first !== undefined && receiverOf(node) !== undefined
      ? false
      : node.arguments.some((argument) => saysState(argument, flow, inWhere, depth + 1));
  }
  const text = node.type === "Literal" ? String(node.value) : templateText(node);
  return /\bwhere\b[\s\S]{0,400}?\b(?:\w{0,30}status|state|\w{0,30}_at|paid|processed|credited|is_\w{1,30})\b/i.test(
    text,
  );
}

function templateText(node: Node): string {
  return node.type === "TemplateLiteral" ? node.quasis.map(({ value }) => value.raw).join("?") : "";
}

function mentionsState(node: Node, flow: Flow, depth: number): boolean {
  if (node.type === "Literal" && typeof node.value === "string") return STATE.test(node.value);
  if (node.type === "MemberExpression" && STATE.test(propertyName(node) ?? "")) return true;
  if (node.type === "Property" && STATE.test(propertyName(node) ?? "")) return true;
  if (depth > DEPTH) return false;
  return childrenOf(node, flow.module.visitorKeys).some((child) => mentionsState(child, flow, depth + 1));
}

const PAYMENT =
  /^(?:\w{0,30}(?:event|session|payment|charge|intent|invoice|transaction|trx|tx|order|checkout|webhook|delivery|external|provider|stripe|paypal|paystack|razorpay|gateway)\w{0,20}(?:id|ref|reference|no|number|code|key|hash)|\w{0,20}reference|\w{0,10}ref)$/i;
const OBJECT =
  /(?:event|session|payment|charge|intent|invoice|transaction|data|object|order|payload|body|entity|resource|evt|tx|pi|cs)$/i;

/** Whether what is stored holds the id of the event, the payment or the order. */
function namesPayment(expression: Node, flow: Flow, depth: number): boolean {
  const node = bare(expression);
  if (depth > 8 || isFunction(node)) return false;
  if (node.type === "Identifier" && PAYMENT.test(node.name)) return true;
  if (node.type === "Property" && PAYMENT.test(propertyName(node) ?? "")) return true;
  if (node.type === "MemberExpression") {
    const name = propertyName(node) ?? "";
    if (PAYMENT.test(name)) return true;
    const object = bare(node.object);
    const owner =
      object.type === "Identifier"
        ? object.name
        : object.type === "MemberExpression"
          ? (propertyName(object) ?? "")
          : "";
    if (/^_?id$/.test(name) && OBJECT.test(owner)) return true;
  }
  return childrenOf(node, flow.module.visitorKeys).some((child) => namesPayment(child, flow, depth + 1));
}

/** Reads and transformations: what they answer counts where it is tested. */
const HARMLESS =
  /^(?:get|find|fetch|load|read|retrieve|lookup|select|query|list|count|log|info|warn|error|debug|format|parse|stringify|to[A-Z]|from[A-Z]|map|is[A-Z]|has[A-Z]|build|make|calculate|compute|convert|normali[sz]e|verify|validate|assert|check\w{0,20}(?:signature|auth)|headers?|includes|startsWith|endsWith|push|json|text|set|capture\w*|eq|doc|collection|from|where|then|catch|slice|split|replace|trim|construct|unwrap|write$|resolve$|reject$)/i;

/** Calls whose answers say who sent an event or what it is, and not whether it came before. */
const NEUTRAL =
  /verif|valid|genuine|authentic|signature|hmac|auth|secret|token|safe|equal|compare|match|isArray|isInteger|isNaN|isFinite|instance|configured|enabled|supported|allowed|startsWith|endsWith|headers?$|digest|keys|parse|test$|env$|config/i;
const READS =
  /^(?:get|find|fetch|load|read|retrieve|look|select|query|maybeSingle|single|first|one|list|exec|lean|limit|eq|where|findBy|populate|all|json|data)/i;
const WRITES = /^(?:update|create|insert|upsert|save|set|add|put|increment|decrement|send)/i;
/** Members that say how often something was done, or whether it was. */
const COUNTS =
  /^(?:count|length|size|rowCount|modifiedCount|matchedCount|affectedRows|affected|rowsAffected|changes|upsertedCount|numUpdatedRows|created|inserted|isNew|isNewRecord|exists|duplicate|upsertedId|success)$/;
const FIELDS =
  /(?:amount|total|price|currency|email|user|customer|name|id|owner|tenant|error|err|message|role|plan|type)$/i;

/** What a path on which a test came out so says: a repeated event surely, or perhaps, does not take it. */
export function guardOfTest(
  test: Node,
  holds: boolean,
  about: Assumption["about"],
  flow: Flow,
): Guard | undefined {
  const node = bare(test);
  if (!decides(test, flow)) return undefined;
  switch (node.type) {
    case "Identifier":
    case "MemberExpression":
    case "AwaitExpression":
      return ofTruth(node, holds, flow);
    case "CallExpression":
      return ofCall(node, holds, flow);
    case "BinaryExpression":
      return about === "truth" ? ofComparison(node, flow) : undefined;
    case "SwitchCase": {
      const up = flow.tree.parentOf(node);
      return up?.type === "SwitchStatement" ? ofState(up.discriminant, flow) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether something is done or left on a test's outcome: not in `name ?? "guest"`, not in `paid ? "yes" : "no"`. */
function decides(test: Node, flow: Flow): boolean {
  let node = test;
  for (let up = flow.tree.parentOf(node); up; node = up, up = flow.tree.parentOf(up)) {
    if (up.type === "ConditionalExpression" && up.test === node)
      return callsSomething(up.consequent, flow) || callsSomething(up.alternate, flow);
    if (/^(?:LogicalExpression|UnaryExpression|ChainExpression|TS\w+)$/.test(up.type)) continue;
    if (
      /^(?:If|While|DoWhile|For|Return|Expression)Statement$|^SwitchCase$|^ArrowFunction|^Await/.test(up.type)
    )
      return true;
    return node.type !== "LogicalExpression" || callsSomething(node.right, flow);
  }
  return true;
}

function callsSomething(node: Node, flow: Flow): boolean {
  return flow.tree.all("CallExpression").some((call) => isWithin(call as Node, node));
}

function strongest(guards: readonly (Guard | undefined)[]): Guard | undefined {
  return guards.includes("sure") ? "sure" : guards.find((guard) => guard !== undefined);
}

/** The last name that a value goes by: its own, or the member's. */
function ownName(node: Node): string {
  if (node.type === "MemberExpression") return propertyName(node) ?? "";
  return node.type === "Identifier" ? node.name : "";
}

function ofTruth(node: Node, holds: boolean, flow: Flow): Guard | undefined {
  const { answered, unknown } = madeOf(node, flow);
  const name = ownName(node);
  if (/^(?:\w{0,30}error|err|e)$/i.test(name)) return undefined;
  const guards = answered.map((meaning) => ofAnswer(meaning, name, holds, flow));
  return strongest(guards) ?? (unknown ? "maybe" : undefined);
}

/** Whether a write's own answer says that it was the first: `set(key, 1, "NX")`, an update from a state. */
function saysWhetherDone(name: string, call: TSESTree.CallExpression, flow: Flow): boolean {
  if (/^(?:set|setnx|hsetnx|add|sadd|incr\w*)$/i.test(name)) return true;
  return /update|modify|transition/i.test(name) && isConditional(call, flow);
}

/** Members that hold what was looked up as a whole. */
const ROW = /^(?:data|rows?|results?|docs?|items?|value|0)$/i;

/** What an answer says beyond that something exists which an event needs. */
function ofAnswer(meaning: Meaning, name: string, holds: boolean, flow: Flow): Guard | undefined {
  const call = callsOf(meaning).at(-1);
  const called = (call && calledName(call)) ?? "";
  if (KEEPS.test(called)) return "sure";
  if (NEUTRAL.test(called)) return undefined;
  if (COUNTS.test(name) || (call && saysWhetherDone(called, call, flow))) return "sure";
  if (!READS.test(called) && !WRITES.test(called)) return "maybe";
  const last = meaning.path.at(-1);
  const isMember = last?.kind === "member" && !ROW.test(last.name ?? "");
  if (isMember && STATE.test(name)) return "sure";
  if (holds) return undefined;
  return !isMember && callsOf(meaning).some((made) => namesPayment(made, flow, 0)) ? "sure" : "maybe";
}

function ofCall(node: TSESTree.CallExpression, holds: boolean, flow: Flow): Guard | undefined {
  const name = calledName(node) ?? "";
  if (KEEPS.test(name)) return "sure";
  const receiver = receiverOf(node)?.object;
  if (/^(?:has|includes|some|every)$/.test(name)) {
    // `seen.has(event.id)` of a set that the process keeps.
    if (node.arguments.some((argument) => namesPayment(argument, flow, 0))) return "sure";
    const parts = receiver ? [...node.arguments, receiver] : node.arguments;
    return strongest(parts.map((part) => ofState(part, flow)));
  }
  if (NEUTRAL.test(name)) return undefined;
  if (READS.test(name)) return holds ? undefined : "maybe";
  const { module } = chainOf(node, flow);
  const isOwn = module !== undefined ? !isLibrary(module) : isOpened(node, flow) || receiver !== undefined;
  return isOwn ? "maybe" : undefined;
}

function ofComparison({ left, right, operator }: TSESTree.BinaryExpression, flow: Flow): Guard | undefined {
  if (!/^(?:[!=]==?|[<>]=?|in)$/.test(operator)) return undefined;
  return strongest([ofState(left, flow), ofState(right, flow)]);
}

/** Whether a value is what a look-up says of the state of things, and not the amount or the owner of something. */
function ofState(expression: Node, flow: Flow): Guard | undefined {
  const node = bare(expression);
  if (node.type === "Literal" || node.type === "UnaryExpression") return undefined;
  const { answered, unknown } = madeOf(node, flow);
  const name = ownName(node);
  const isState = STATE.test(name);
  // A list that was put together here is as long as the event makes it.
  if (node.type === "MemberExpression" && valueOf(node.object, flow).type === "ArrayExpression")
    return undefined;
  if (FIELDS.test(name) && !isState) return undefined;
  const guards = answered.map((meaning): Guard | undefined => {
    const call = callsOf(meaning).at(-1);
    const called = (call && calledName(call)) ?? "";
    if (NEUTRAL.test(called) && !KEEPS.test(called)) return undefined;
    return isState || COUNTS.test(name) ? "sure" : "maybe";
  });
  return strongest(guards) ?? (unknown ? "maybe" : undefined);
}
