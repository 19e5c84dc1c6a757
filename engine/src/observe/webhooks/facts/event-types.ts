import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";
import { valueOf } from "../../objects.ts";
import { madeOf } from "./event-values.ts";

const TYPES =
  /^(?:event|type|event_?type|event_?name|event_?code|topic|webhook_?(?:type|event|code|name)|notification_?type|message_?type|hook_?type|event_?key|transaction_?status|payment_?status)$/i;

/** Whether an expression is what an event says of its type: `event.type`, `body.event`, `headers["x-event"]`. */
function isEventType(expression: Node, flow: Flow): boolean {
  let node = bare(expression);
  // `event.type.toLowerCase()`
  if (node.type === "CallExpression" && node.arguments.length === 0)
    node = bare(receiverOf(node)?.object ?? node);
  const name =
    node.type === "MemberExpression"
      ? propertyName(node)
      : node.type === "Identifier"
        ? node.name
        : undefined;
  if (name === undefined || !TYPES.test(name)) return false;
  const { event, answered } = madeOf(node, flow);
  return event || answered.length === 0;
}

/** Names of events have parts, or are written in capitals: `invoice.paid`, `charge:failed`, `PAYMENT_PAID`. */
function namesEvent(node: Node, flow: Flow): boolean {
  const value = flow.constant(node);
  if (typeof value === "string") return /\w[._:/-]\w/.test(value) || /^[A-Z_]{4,}$/.test(value);
  const member = bare(node);
  return member.type === "MemberExpression" && bare(member.object).type === "Identifier";
}

/** A test of an event's type: `says` tells what a true outcome means. */
export interface TypeTest {
  readonly says: "one of those" | "none of those";
}

/** What a condition asks of an event's type and of nothing else; undefined for any other condition. */
export function typeTestOf(condition: Node, flow: Flow): TypeTest | undefined {
  const test = bare(condition);
  switch (test.type) {
    case "UnaryExpression": {
      const inner = test.operator === "!" ? typeTestOf(test.argument, flow) : undefined;
      if (inner) return { says: inner.says === "none of those" ? "one of those" : "none of those" };
      return test.operator === "!" && isLookedUp(test.argument, flow) ? { says: "none of those" } : undefined;
    }
    case "LogicalExpression": {
      const [left, right] = [typeTestOf(test.left, flow), typeTestOf(test.right, flow)];
      if (!left || !right || left.says !== right.says) return undefined;
      return (test.operator === "||") === (left.says === "one of those") ? left : undefined;
    }
    case "BinaryExpression":
      return ofComparison(test, flow);
    case "CallExpression":
      return ofMembership(test, flow);
    default:
      return undefined;
  }
}

function ofComparison(
  { left, right, operator }: TSESTree.BinaryExpression,
  flow: Flow,
): TypeTest | undefined {
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const compares =
    (isEventType(left, flow) && namesEvent(right, flow)) ||
    (isEventType(right, flow) && namesEvent(left, flow));
  return compares ? { says: operator.startsWith("!") ? "none of those" : "one of those" } : undefined;
}

/** `HANDLED.includes(event.type)`, `handled.has(event.type)`, `event.type in handlers`. */
function ofMembership(call: TSESTree.CallExpression, flow: Flow): TypeTest | undefined {
  if (!/^(?:includes|has|hasOwn|hasOwnProperty)$/.test(calledName(call) ?? "")) return undefined;
  return call.arguments.some((argument) => isEventType(argument, flow))
    ? { says: "one of those" }
    : undefined;
}

/** `const handle = handlers[event.type]`. */
function isLookedUp(expression: Node, flow: Flow): boolean {
  const value = valueOf(expression, flow);
  if (value.type === "MemberExpression" && value.computed) return isEventType(value.property, flow);
  return (
    value.type === "CallExpression" &&
    calledName(value) === "get" &&
    value.arguments.some((argument) => isEventType(argument, flow))
  );
}

/** Whether a `switch` tells events apart by their type. */
export function switchesOnType(node: TSESTree.SwitchStatement, flow: Flow): boolean {
  if (!isEventType(node.discriminant, flow)) return false;
  const tests = node.cases.flatMap(({ test }) => test ?? []);
  // The states of a payment are words without parts, but stand in a list of them.
  const states = /status$/i.test(lastName(node.discriminant)) && tests.length >= 3;
  return tests.length > 0 && (states || tests.some((test) => namesEvent(test, flow)));
}

function lastName(node: Node): string {
  const value = bare(node);
  if (value.type === "MemberExpression") return propertyName(value) ?? "";
  return value.type === "Identifier" ? value.name : "";
}
