import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { type Fields, fieldsOf, valueOf } from "../objects.ts";
import { namesMoneyRow, namesRecipient } from "./names.ts";
import type { RecipientCall, RecipientSink } from "./sinks.ts";

const WRITES =
  /^(?:create|createOne|createMany|createManyAndReturn|bulkCreate|insert|insertOne|insertMany|insertGetId|save|add|addDoc|setDoc|set|put|upsert|values|build)$/;
const TRANSACTION_HASH = /^(?:tx|transaction)?_?(?:hash|signature)$|^tx_?id$/i;
const KIND = /^(?:type|kind|category|transaction_?type|tx_?type|operation|action)$/i;

/**
 * A row of money that is to be sent: `prisma.withdrawal.create({ data })`, `db("payouts").insert(…)`,
 * `Transaction.create({ type: "withdrawal" })`, `rpc("request_withdrawal", …)`, a job of a payout queue.
 */
export function* rowSinks(call: RecipientCall, flow: Flow): Generator<RecipientSink> {
  const method = calledName(call);
  if (call.type === "CallExpression" && /^(?:query|execute|run|none|one|raw)$/.test(method ?? "")) {
    yield* sqlSinks(call, flow);
    return;
  }
  const isRow = isMoneyRow(call, method, flow);
  if (!isRow && !WRITES.test(method ?? "")) return;
  for (const argument of call.arguments) {
    for (const row of rowsOf(argument, flow)) {
      if (isRow || namesKind(row, flow)) yield* rowFields(call, row);
    }
  }
}

function isMoneyRow(call: RecipientCall, method: string | undefined, flow: Flow): boolean {
  if (call.type === "NewExpression") return namesMoneyRow(method);
  const [first] = call.arguments;
  const told = first ? tablesOf(first, flow) : [];
  if (method === "rpc") return told.some(namesMoneyRow);
  return WRITES.test(method ?? "") && [...rowNames(call.callee, flow), ...told].some(namesMoneyRow);
}

/** `{ type: "withdrawal" }` in a table of all transactions. */
function namesKind({ values }: Fields, flow: Flow): boolean {
  return [...values].some(
    ([name, found]) =>
      KIND.test(name) &&
      found.some((node) => {
        const value = flow.constant(node) ?? propertyOf(node);
        return typeof value === "string" && namesMoneyRow(value.toLowerCase());
      }),
  );
}

/** `TransactionType.WITHDRAWAL` goes by its own name. */
function propertyOf(node: Node): string | undefined {
  const value = bare(node);
  return value.type === "MemberExpression" ? propertyName(value) : undefined;
}

/** The rows that an argument holds: itself, `data` or `values` of it, or the elements of a list. */
function rowsOf(argument: Node, flow: Flow): readonly Fields[] {
  const value = valueOf(argument, flow);
  if (value.type === "ArrayExpression")
    return value.elements.flatMap((element) => (element ? rowsOf(element, flow) : []));
  if (value.type === "Literal") return [];
  const fields = fieldsOf(argument, flow);
  const data = fields.values.get("data") ?? fields.values.get("values") ?? fields.values.get("create");
  return data ? data.flatMap((node) => rowsOf(node, flow)) : [fields];
}

function* rowFields(call: RecipientCall, { values }: Fields): Generator<RecipientSink> {
  // A row with a transaction's hash records what was paid elsewhere.
  if ([...values.keys()].some((name) => TRANSACTION_HASH.test(name))) return;
  for (const [field, found] of values) {
    if (!namesRecipient(field)) continue;
    for (const value of found) yield rowSink(call, value, field);
  }
}

function rowSink(call: RecipientCall, value: Node, field: string): RecipientSink {
  return { call, value, field, provider: undefined, isRecipientField: true, isByName: false };
}

/** The names on the way to a method, and the tables named in calls on that way. */
function rowNames(callee: Node, flow: Flow): string[] {
  const node = bare(callee);
  if (node.type === "MemberExpression") {
    const name = propertyName(node);
    return [...rowNames(node.object, flow), ...(name === undefined ? [] : [name])];
  }
  if (node.type === "CallExpression") {
    const tables = node.arguments.flatMap((argument) => tablesOf(argument, flow));
    return [...tables, ...rowNames(node.callee, flow)];
  }
  return node.type === "Identifier" ? [node.name] : [];
}

/** The tables, models or queues that an argument names: `"payouts"`, `Payout`, `collection(db, "payouts")`. */
function tablesOf(argument: Node, flow: Flow): string[] {
  const constant = flow.constant(argument);
  if (constant !== undefined) return typeof constant === "string" && constant.length < 60 ? [constant] : [];
  const node = bare(argument);
  if (node.type === "CallExpression") return node.arguments.flatMap((inner) => tablesOf(inner, flow));
  return node.type === "Identifier" && valueOf(node, flow).type !== "ObjectExpression" ? [node.name] : [];
}

const INSERT =
  /insert\s{1,20}into\s{1,20}["'`[]?([\w.]{1,80})["'`\]]?\s{0,40}\(([^()]{1,800})\)\s{0,40}values\s{0,40}\(([^()]{1,800})\)/i;

/** `query("INSERT INTO withdrawals (address) VALUES ($1)", [address])`. */
function* sqlSinks(call: TSESTree.CallExpression, flow: Flow): Generator<RecipientSink> {
  const [text, list] = call.arguments;
  const statement = text && flow.constant(text);
  const [, table, columns, places] = (typeof statement === "string" && INSERT.exec(statement)) || [];
  const values = list ? valueOf(list, flow) : undefined;
  if (!columns || !places || !namesMoneyRow(table) || values?.type !== "ArrayExpression") return;
  const names = columns.split(",").map((column) => column.trim().replace(/["'`]/g, ""));
  let asked = 0;
  for (const [at, place] of places.split(",").entries()) {
    const number = /^\$(\d{1,3})$/.exec(place.trim())?.[1];
    const index = number === undefined ? (place.trim() === "?" ? asked++ : undefined) : Number(number) - 1;
    const value = index === undefined ? undefined : values.elements[index];
    if (value && namesRecipient(names[at])) yield rowSink(call, value, names[at]!);
  }
}
