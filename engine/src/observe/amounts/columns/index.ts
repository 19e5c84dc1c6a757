import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { receiverOf } from "../../../flow/callee.ts";
import { bare, type Node, propertyName, type Range, rangeOf } from "../../../flow/tree.ts";
import { languageOf } from "../../../language.ts";
import type { EntryFile } from "../../../parse/entries.ts";
import type { Amount } from "../../observation.ts";
import { FLOAT_NAME, isFloatDecorator, isFloatType } from "./types.ts";
import { sqlColumns } from "./sql.ts";
import { functionName } from "../destinations.ts";
import { hintsFloatColumn } from "../hints.ts";
import { namesSum } from "../words.ts";

/** Schemas that mention none of these hold prices of another kind, such as a chart's. */
const SHOP =
  /payment|stripe|paypal|invoice|checkout|payout|refund|withdraw|deposit|ledger|wallet|billing|subscription|order|cart|purchase|donation|booking|transaction/i;

/** Fields of Prisma models that hold sums of money as Float. */
export function* entryColumns(file: EntryFile): Generator<Amount> {
  if (languageOf(file.fileName) !== "prisma" || !SHOP.test(file.text)) return;
  for (const { path, value, range } of file.entries) {
    if (path.length !== 3 || path[0] !== "model" || !/^Float\b/.test(value) || !namesSum(path[2])) continue;
    // `payoutFee Float @default(0.05)` is a rate.
    if (!/@default\(0?\.\d*[1-9]/.test(value)) yield column(range);
  }
}

/** Columns for sums of money in binary floating point: Sequelize, TypeORM, MikroORM, Drizzle, Knex, Kysely, SQL. */
export function* moduleColumns(flow: Flow): Generator<Amount> {
  if (!hintsFloatColumn(flow.module.text)) return;
  for (const property of flow.tree.all("Property")) {
    if (namesSum(propertyName(property)) && isFloatType(property.value, flow) && !isUndone(property, flow))
      yield column(rangeOf(property));
  }
  for (const property of flow.tree.all("PropertyDefinition")) {
    if (namesSum(propertyName(property)) && property.decorators?.some((each) => isFloatDecorator(each, flow)))
      yield column(rangeOf(property));
  }
  for (const call of flow.tree.all("CallExpression"))
    if (addsColumn(call, flow) && !isUndone(call, flow)) yield column(rangeOf(call));
  if (!SHOP.test(flow.module.text)) return;
  for (const { name, range, node } of sqlColumns(flow))
    if (namesSum(name) && !isUndone(node, flow)) yield column(range);
}

/** Whether it stands in a migration's `down`: what that restores is the mistake that `up` mends. */
function isUndone(node: Node, flow: Flow): boolean {
  if (!/\bdown\b/.test(flow.module.text)) return false;
  for (let fn = flow.tree.functionOf(node); fn; fn = flow.tree.functionOf(fn)) {
    if (functionName(fn, flow) === "down") return true;
    const up = flow.tree.parentOf(fn);
    if (up?.type === "AssignmentExpression" && /\.down$/.test(flow.module.text.slice(...up.left.range)))
      return true;
  }
  return false;
}

function column(range: Range): Amount {
  return {
    kind: "amount",
    provider: undefined,
    range,
    shape: "float-column",
    exact: { answer: "no", range, steps: [] },
    unit: undefined,
    mistake: undefined,
    currency: undefined,
  };
}

/** `table.float("price")`, `addColumn("orders", "price", { type: Sequelize.FLOAT })`, `addColumn("price", "real")`. */
function addsColumn(call: TSESTree.CallExpression, flow: Flow): boolean {
  const receiver = receiverOf(call);
  if (!receiver) return false;
  const texts = call.arguments.map((argument) => flow.constant(argument));
  if (/^(?:float|double)$/.test(receiver.method)) {
    return (
      typeof texts[0] === "string" &&
      namesSum(texts[0]) &&
      /^(?:table|t|tbl|builder)$/.test(receiverName(receiver.object) ?? "")
    );
  }
  if (!/^(?:addColumn|changeColumn)$/.test(receiver.method)) return false;
  const type = call.arguments.at(-1)!;
  if (typeof texts[1] === "string" && FLOAT_NAME.test(texts[1])) return namesSum(String(texts[0]));
  return typeof texts[1] === "string" && namesSum(texts[1]) && isFloatType(type, flow);
}

function receiverName(node: Node): string | undefined {
  const object = bare(node);
  return object.type === "Identifier" ? object.name : undefined;
}
