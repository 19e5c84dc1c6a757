import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";

export const FLOAT_NAME = /^(?:float[48]?|double|real|double precision)$/i;
const ORM = /["'](?:typeorm|sequelize|@mikro-orm\/[\w-]+|sequelize-typescript|@nestjs\/typeorm)["']/;
const MONGOOSE = /^(?:mongoose[:.](?:Schema\.)?Types\.Double|mongoose-float[:.].*)$/;

/** `DataTypes.FLOAT`, `{ type: DataTypes.DOUBLE(10, 2) }`, `{ type: "float" }`, `real("price")`. */
export function isFloatType(expression: Node, flow: Flow): boolean {
  const node = bare(expression);
  if (node.type === "ObjectExpression")
    return node.properties.some(
      (each) =>
        each.type === "Property" &&
        /^(?:type|columnType)$/.test(propertyName(each) ?? "") &&
        isTypeName(bare(each.value), flow),
    );
  if (isDataType(node) || MONGOOSE.test(flow.name(node) ?? "")) return true;
  return node.type === "CallExpression" && isDrizzleFloat(node, flow);
}

/** What an object of settings says a column's type is. */
function isTypeName(value: Node, flow: Flow): boolean {
  if (value.type === "Literal") return FLOAT_NAME.test(String(value.value)) && ORM.test(flow.module.text);
  return isDataType(value) || MONGOOSE.test(flow.name(value) ?? "");
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
  if (node.type !== "CallExpression") return false;
  const name = flow.name(node.callee) ?? "";
  return (
    DRIZZLE.test(name) || (/^#0\.(?:real|doublePrecision|double|float)$/.test(name) && isInTable(node, flow))
  );
}

const DRIZZLE = /^drizzle-orm\/(?:pg|mysql|sqlite|singlestore)-core:(?:real|doublePrecision|double|float)$/;

/** `pgTable("orders", (t) => ({ price: t.real() }))` */
function isInTable(call: TSESTree.CallExpression, flow: Flow): boolean {
  const fn = flow.tree.functionOf(call);
  const host = fn && flow.calls.hostOf(fn)?.call;
  return host !== undefined && /^drizzle-orm\/[\w-]+:\w*Table\w*$/.test(flow.name(host.callee) ?? "");
}

export function isFloatDecorator({ expression }: TSESTree.Decorator, flow: Flow): boolean {
  if (expression.type !== "CallExpression" || !/^(?:Column|Property)$/.test(calledName(expression) ?? ""))
    return false;
  return expression.arguments.some((argument) => {
    const node = bare(argument);
    return (node.type === "Literal" && FLOAT_NAME.test(String(node.value))) || isFloatType(node, flow);
  });
}
