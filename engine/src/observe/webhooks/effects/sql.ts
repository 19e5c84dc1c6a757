import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import { valueOf } from "../../objects.ts";
import type { Chain } from "./chain.ts";
import { sqlAdds } from "./increments.ts";

const RUNS =
  /^(?:query|execute|exec|run|raw|unsafe|all|get|first|one|none|oneOrNone|any|\$?executeRaw\w*|\$?queryRaw\w*)$/;
const WRITES =
  /^\s*(?:with\b[\s\S]{0,400}?\b)?(?:insert\s+(?:or\s+\w{1,10}\s+)?into|update\s+[\w."`[\]]{1,80}\s+(?:as\s+)?(?:\w{1,20}\s+)?set|delete\s+from|replace\s+into|upsert\s+into|merge\s+into)\b/i;

/** What an SQL statement given to a call writes: `pool.query("UPDATE …")`, `db.prepare("INSERT …").bind(id).run()`. */
export function sqlEffect({ last, links, call }: Chain, flow: Flow): "write" | "increment" | undefined {
  if (!RUNS.test(last)) return undefined;
  const prepared = links.find(({ name, call: made }) => made && made !== call && name === "prepare");
  const statement = (prepared?.call ?? call).arguments[0];
  return statement && effectOfSql(statement, flow);
}

/** What a statement writes, as far as its text is written out. */
export function effectOfSql(statement: Node, flow: Flow): "write" | "increment" | undefined {
  const sql = textOf(statement, flow);
  if (sql === undefined || !WRITES.test(sql)) return undefined;
  return sqlAdds(sql) ? "increment" : "write";
}

/** The text of a statement; `?` stands for each part that is not written out. */
export function textOf(node: Node, flow: Flow): string | undefined {
  const value = valueOf(node, flow);
  const constant = flow.constant(value);
  if (typeof constant === "string") return constant;
  const template = value.type === "TaggedTemplateExpression" ? value.quasi : value;
  if (template.type === "TemplateLiteral")
    return template.quasis.map(({ value: part }) => part.cooked ?? part.raw).join("?");
  if (value.type === "BinaryExpression" && value.operator === "+") {
    const [left, right] = [textOf(bare(value.left), flow), textOf(value.right, flow)];
    return left === undefined ? undefined : `${left}${right ?? "?"}`;
  }
  if (value.type === "ObjectExpression") return undefined;
  return undefined;
}
