import type { Flow } from "../../flow/flow.ts";
import { bare, type Node } from "../../flow/tree.ts";
import type { Repair } from "../observation.ts";
import { textOf } from "./modules.ts";
import { indentOf } from "./places.ts";

/**
 * A middleware puts the parsed body on the request where it hands on, `next()`, and no earlier: what was checked in
 * between is then checked before. None where something in between needs it, or where the function does not end so.
 */
export function repairParsedFirst(act: Node, flow: Flow): readonly Repair[] {
  const statement = flow.tree.parentOf(act);
  const block = statement && flow.tree.parentOf(statement);
  if (act.type !== "AssignmentExpression" || statement?.type !== "ExpressionStatement") return [];
  const fn = flow.tree.functionOf(act);
  if (block?.type !== "BlockStatement" || block !== fn?.body) return [];
  const last = block.body.at(-1);
  const next = fn.params.at(-1);
  const called = last && calledAlone(last);
  if (next?.type !== "Identifier" || called?.type !== "Identifier" || called.name !== next.name) return [];
  const between = flow.module.text.slice(statement.range[1], last!.range[0]);
  if (between.includes(textOf(act.left, flow))) return [];
  const following = block.body[block.body.indexOf(statement) + 1]!;
  const start = last!.range[0];
  return [
    {
      title: "Put it on the request after the check",
      edits: [
        { range: { start: statement.range[0], end: following.range[0] }, text: "" },
        { range: { start, end: start }, text: `${textOf(statement, flow)}\n${indentOf(last!, flow)}` },
      ],
    },
  ];
}

/** The callee of `next()`, `await next()`, `return next()`. */
function calledAlone(statement: Node): Node | undefined {
  const expression =
    statement.type === "ExpressionStatement"
      ? statement.expression
      : statement.type === "ReturnStatement" && statement.argument;
  if (!expression) return undefined;
  const value = bare(expression.type === "AwaitExpression" ? expression.argument : expression);
  return value.type === "CallExpression" && value.arguments.length === 0 ? bare(value.callee) : undefined;
}
