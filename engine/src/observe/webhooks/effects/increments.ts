import type { Flow } from "../../../flow/flow.ts";
import { bare, childrenOf, isFunction, type Node, propertyName } from "../../../flow/tree.ts";
import { wordsOf } from "../../names.ts";

/** Counters of the program's own work: adding to them twice costs nobody anything. */
const HARMLESS =
  /^(?:attempts?|retr(?:y|ies)|version|revision|views?|failures?|failed|errors?|deliver(?:y|ies)|received|processed|requests?|hits?)$/;

/** Whether a field that is added to matters to somebody. */
function isCounted(field: string | undefined): boolean {
  return field !== undefined && !wordsOf(field).some((word) => HARMLESS.test(word));
}

/** Whether what is written adds to what is there: `{ increment: 5 }`, `$inc`, `balance: user.balance + 5`, `increment(5)`. */
export function adds(written: readonly Node[], flow: Flow): boolean {
  return written.some((node) => addsIn(node, undefined, flow, 0));
}

const DEPTH = 6;

function addsIn(expression: Node, field: string | undefined, flow: Flow, depth: number): boolean {
  const node = bare(expression);
  if (depth > DEPTH || isFunction(node)) return false;
  switch (node.type) {
    case "ObjectExpression":
      return node.properties.some((property) => {
        if (property.type === "SpreadElement") return addsIn(property.argument, field, flow, depth + 1);
        const name = propertyName(property);
        // A condition says what must be there, and adds nothing.
        if (name === "where" || name === "select" || name === "include") return false;
        if (name === "increment" || name === "decrement") return isCounted(field);
        if (name === "$inc") return countedKeys(property.value).some((key) => isCounted(key));
        return addsIn(property.value, name, flow, depth + 1);
      });
    case "ArrayExpression":
      return node.elements.some((element) => element && addsIn(element, field, flow, depth + 1));
    case "BinaryExpression":
      return /^[-+]$/.test(node.operator) && isCounted(field) && mentions(node, field!, flow, 0);
    case "CallExpression":
      if (/(?:^|[.:])increment$/.test(flow.name(node.callee) ?? "")) return isCounted(field);
      return (
        node.arguments.length > 0 &&
        depth < DEPTH &&
        node.arguments.some((argument) => addsIn(argument, field, flow, depth + 1))
      );
    case "TaggedTemplateExpression":
      return (
        isCounted(field) &&
        /^\s*[-+]\s*/.test(node.quasi.quasis.at(1)?.value.raw ?? "") &&
        node.quasi.expressions[0] !== undefined &&
        mentions(node.quasi.expressions[0], field!, flow, 0)
      );
    case "Identifier": {
      const variable = flow.scopes.variableOf(node);
      const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
      if (!write?.value || others.length > 0 || write.path.length > 0 || write.how !== "declared")
        return false;
      return addsIn(write.value, field, flow, depth + 1);
    }
    default:
      return false;
  }
}

function countedKeys(node: Node): readonly (string | undefined)[] {
  const value = bare(node);
  if (value.type !== "ObjectExpression") return [];
  return value.properties.map((property) =>
    property.type === "Property" ? propertyName(property) : undefined,
  );
}

/** Whether a member of the same name as the field is read: `wallet.balance` for `balance`. */
function mentions(node: Node, field: string, flow: Flow, depth: number): boolean {
  if (node.type === "MemberExpression" && propertyName(node) === field) return true;
  if (depth > DEPTH || isFunction(node)) return false;
  return childrenOf(node, flow.module.visitorKeys).some((child) => mentions(child, field, flow, depth + 1));
}

const SQL_ADDS =
  /\b(\w{2,60})"?\s*=\s*(?:coalesce\s*\(\s*)?(?:\w{1,60}\.)?"?\1\b"?\s{0,9}(?:,\s{0,9}[\w.]{1,20}\s{0,9}\))?(?:::\w{1,20})?\s{0,9}[-+]/i;

/** Whether an SQL statement adds to a column: `SET balance = balance + $1`. */
export function sqlAdds(sql: string): boolean {
  const match = SQL_ADDS.exec(sql);
  return match !== null && isCounted(match[1]);
}
