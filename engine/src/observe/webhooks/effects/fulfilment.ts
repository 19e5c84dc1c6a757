import type { Flow } from "../../../flow/flow.ts";
import { bare, isFunction, type Node, propertyName } from "../../../flow/tree.ts";
import { valueOf } from "../../objects.ts";
import type { Effect } from "../effects.ts";
import { textOf } from "./sql.ts";

const DONE =
  /^(?:order_?|payment_?)?(?:paid|success|successful|succeeded|completed?|confirmed|fulfilled|active|activated|processing|delivered|settled|approved|captured|premium|pro)$/i;
const STATES = /(?:status|state)$/i;
/** Fields that are set where somebody gets what was paid for. */
const MARKS =
  /^(?:(?:is_?)?paid|paid_?at|(?:is_?)?premium|is_?pro|(?:is_?)?fulfilled|fulfilled_?at|(?:is_?)?activated?|activated_?at|(?:is_?)?credited|has_?(?:paid|access|premium)|payment_?(?:done|completed|verified|received)|(?:is_?)?subscribed|confirmed_?at)$/i;
const SQL_DONE =
  /\bset\b[\s\S]{0,300}?\b(?:(?:\w{0,30}status|state)"?\s{0,4}=\s{0,4}'(?:paid|success|successful|succeeded|completed?|confirmed|fulfilled|active|settled)'|(?:is_)?paid"?\s{0,4}=\s{0,4}(?:true|1)|paid_at"?\s{0,4}=)/i;

/** Whether an effect gives somebody what was paid for: marks it paid or done, or raises a balance. */
export function fulfils({ node, kind }: Effect, flow: Flow): boolean {
  if (kind === "increment") return true;
  if (kind !== "write") return false;
  if (node.type === "CallExpression")
    return node.arguments.some(
      (argument) => isDone(argument, undefined, flow, 0) || isDoneSql(argument, flow),
    );
  return isDoneSql(node, flow);
}

function isDoneSql(node: Node, flow: Flow): boolean {
  return SQL_DONE.test(textOf(node, flow) ?? "");
}

const DEPTH = 6;

function isDone(expression: Node, field: string | undefined, flow: Flow, depth: number): boolean {
  const node = depth === 0 || field === undefined ? valueOf(expression, flow) : bare(expression);
  if (depth > DEPTH || isFunction(node)) return false;
  switch (node.type) {
    case "ObjectExpression":
      return node.properties.some((property) => {
        if (property.type === "SpreadElement") return isDone(property.argument, field, flow, depth + 1);
        const name = propertyName(property);
        return (
          !/^(?:where|select|include)$/.test(name ?? "") && isDone(property.value, name, flow, depth + 1)
        );
      });
    case "ArrayExpression":
      return node.elements.some((element) => element && isDone(element, field, flow, depth + 1));
    default:
      return field !== undefined && marksDone(field, node, flow);
  }
}

/** Whether a field that is given a value says that something was paid. */
function marksDone(field: string, value: Node, flow: Flow): boolean {
  const constant = flow.constant(value);
  if (MARKS.test(field)) return constant === undefined || Boolean(constant);
  if (!STATES.test(field)) return false;
  if (typeof constant === "string") return DONE.test(constant);
  // `OrderStatus.PAID`
  return (
    value.type === "MemberExpression" && DONE.test(propertyName(value) ?? "") && isEnumLike(value.object)
  );
}

function isEnumLike(node: Node): boolean {
  const object = bare(node);
  const name =
    object.type === "Identifier"
      ? object.name
      : object.type === "MemberExpression"
        ? propertyName(object)
        : "";
  return /^[A-Z]/.test(name ?? "");
}

/** `order.status = "paid"`, `user.isPremium = true`: what is saved later, or meant to be. */
export function assignsDone(node: Node, flow: Flow): boolean {
  if (node.type !== "AssignmentExpression" || node.operator !== "=") return false;
  const { left, right } = node;
  const name = left.type === "MemberExpression" ? propertyName(left) : undefined;
  return name !== undefined && marksDone(name, bare(right), flow);
}

/** Whether a field's name says that something was paid or given: `isPaid`. */
export function namesDone(field: string): boolean {
  return MARKS.test(field);
}
