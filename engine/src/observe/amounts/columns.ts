import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName, receiverOf } from "../../flow/callee.ts";
import { bare, type Node, propertyName, type Range, rangeOf } from "../../flow/tree.ts";
import { languageOf } from "../../language.ts";
import type { EntryFile } from "../../parse/entries.ts";
import type { Amount } from "../observation.ts";
import { functionName } from "./destinations.ts";
import { namesSum } from "./words.ts";

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

/** Columns for sums of money in binary floating point: Sequelize, TypeORM, MikroORM, Drizzle, Knex, Kysely. */
export function* moduleColumns(flow: Flow): Generator<Amount> {
  if (!/\b(?:FLOAT|DOUBLE|REAL|float[48]?|double|real|doublePrecision)\b/.test(flow.module.text)) return;
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

const FLOAT_NAME = /^(?:float[48]?|double|real|double precision)$/i;
const ORM = /["'](?:typeorm|sequelize|@mikro-orm\/[\w-]+|sequelize-typescript|@nestjs\/typeorm)["']/;

/** `DataTypes.FLOAT`, `{ type: DataTypes.DOUBLE(10, 2) }`, `{ type: "float" }`, `real("price")`. */
function isFloatType(expression: Node, flow: Flow): boolean {
  const node = bare(expression);
  if (isDataType(node)) return true;
  if (node.type === "ObjectExpression") {
    const type = node.properties.find((each) => each.type === "Property" && propertyName(each) === "type") as
      TSESTree.Property | undefined;
    if (!type) return false;
    const value = bare(type.value);
    return (
      isDataType(value) ||
      (value.type === "Literal" && FLOAT_NAME.test(String(value.value)) && ORM.test(flow.module.text))
    );
  }
  return node.type === "CallExpression" && isDrizzleFloat(node, flow);
}

function isDataType(expression: Node): boolean {
  let node = bare(expression);
  // `DataTypes.FLOAT(10, 2)`, `DataTypes.FLOAT.UNSIGNED`
  for (;;) {
    if (node.type === "CallExpression") node = bare(node.callee);
    else if (node.type === "MemberExpression" && /^(?:UNSIGNED|ZEROFILL)$/.test(propertyName(node) ?? ""))
      node = bare(node.object);
    else break;
  }
  if (node.type !== "MemberExpression" || !/^(?:FLOAT|DOUBLE|REAL)$/.test(propertyName(node) ?? ""))
    return false;
  const object = bare(node.object);
  return object.type === "Identifier" && /^(?:DataTypes?|Sequelize|type|types)$/i.test(object.name);
}

/** `real("price").notNull()` of drizzle-orm, with whatever is chained to it. */
function isDrizzleFloat(call: TSESTree.CallExpression, flow: Flow): boolean {
  let node: Node = call;
  for (
    let receiver = receiverOf(call);
    node.type === "CallExpression" && receiver;
    receiver = receiverOf(node)
  ) {
    const object = bare(receiver.object);
    if (object.type !== "CallExpression") break;
    node = object;
  }
  const name = node.type === "CallExpression" ? flow.name(node.callee) : undefined;
  return /^drizzle-orm\/(?:pg|mysql|sqlite|singlestore)-core:(?:real|doublePrecision|double|float)$/.test(
    name ?? "",
  );
}

function isFloatDecorator({ expression }: TSESTree.Decorator, flow: Flow): boolean {
  if (expression.type !== "CallExpression" || !/^(?:Column|Property)$/.test(calledName(expression) ?? ""))
    return false;
  return expression.arguments.some((argument) => {
    const node = bare(argument);
    return (node.type === "Literal" && FLOAT_NAME.test(String(node.value))) || isFloatType(node, flow);
  });
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
