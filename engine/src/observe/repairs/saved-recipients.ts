import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { textOf } from "./modules.ts";

/** Who asks, and for which saved recipient, as the code spells it. */
export interface Asked {
  readonly id: string;
  /** The column that names the owner, in camel case. */
  readonly owner: string;
  readonly user: string;
}

/** How a project looks a saved recipient up. */
export interface LookUp {
  readonly expression: string;
  /** Writes the name of a column. */
  readonly column: (name: string) => string;
}

/** Tables and models that hold the recipients that people saved. */
const SAVED =
  /(?:payout|withdrawal|saved|stored|bank|connected)_?(?:account|address|method|destination|wallet|detail)|beneficiar|recipient|payee/i;

/** A look-up by id and owner, in the way in which the file asks its database; undefined where none is seen. */
export function ownersLookUp(asked: Asked, flow: Flow): LookUp | undefined {
  const calls = flow.tree.all("CallExpression");
  for (const way of [byPrisma, byDrizzle, byKnex, byMongoose, bySequelize]) {
    const found = way(calls, asked, flow);
    if (found) return found;
  }
  return undefined;
}

type Way = (calls: readonly TSESTree.CallExpression[], asked: Asked, flow: Flow) => LookUp | undefined;

const plain = (name: string): string => name;

const PRISMA =
  /^(?:find(?:Unique|First|Many)(?:OrThrow)?|create(?:Many)?|update(?:Many)?|upsert|delete(?:Many)?|count|aggregate)$/;

/** `prisma.payoutAccount.findFirst({ where: { id, userId } })` */
const byPrisma: Way = (calls, { id, owner, user }, flow) => {
  const models = calls.flatMap((call) => {
    const receiver = receiverOf(call);
    const model = receiver && bare(receiver.object);
    if (!receiver || !PRISMA.test(receiver.method) || model?.type !== "MemberExpression") return [];
    const client = textOf(model.object, flow);
    const isNamed = /prisma/i.test(`${client} ${flow.name(model.object) ?? ""}`);
    // Drizzle has one of these methods, too, behind `query`.
    const isItsOwn = /^find(?:Unique|First)/.test(receiver.method) && !client.endsWith(".query");
    if (!(isNamed || isItsOwn) || !isShared(model.object, flow)) return [];
    return [{ client, name: propertyName(model) ?? "" }];
  });
  const saved = models.find(({ name }) => SAVED.test(name)) ?? models[0];
  if (!saved) return undefined;
  const name = SAVED.test(saved.name) ? saved.name : "payoutAccount";
  const where = `{ ${member("id", id)}, ${member(owner, user)} }`;
  return { expression: `await ${saved.client}.${name}.findFirst({ where: ${where} })`, column: plain };
};

/** `db.query.payoutAccounts.findFirst({ where: (row, { and, eq }) => … })` */
const byDrizzle: Way = (calls, { id, owner, user }, flow) => {
  for (const call of calls) {
    const receiver = receiverOf(call);
    const table = receiver && bare(receiver.object);
    if (table?.type !== "MemberExpression" || !/^find(?:First|Many)$/.test(receiver!.method)) continue;
    const query = bare(table.object);
    if (query.type !== "MemberExpression" || propertyName(query) !== "query" || !isShared(query.object, flow))
      continue;
    const name = SAVED.test(propertyName(table) ?? "") ? propertyName(table)! : "payoutAccounts";
    const filter = `(row, { and, eq }) => and(eq(row.id, ${id}), eq(row.${owner}, ${user}))`;
    return {
      expression: `await ${textOf(query, flow)}.${name}.findFirst({ where: ${filter} })`,
      column: plain,
    };
  }
  return undefined;
};

const BUILDS =
  /^(?:where|insert|select|update|del|delete|first|join|leftJoin|orderBy|increment|decrement|count|returning)$/;

/** `knex("payout_accounts").where({ id, user_id }).first()` */
const byKnex: Way = (calls, { id, owner, user }, flow) => {
  const tables = calls.flatMap((call) => {
    const receiver = receiverOf(call);
    const table = receiver && bare(receiver.object);
    if (table?.type !== "CallExpression" || !BUILDS.test(receiver!.method) || table.arguments.length !== 1)
      return [];
    const name = flow.constant(table.arguments[0]!);
    const client = bare(table.callee);
    const isKnex =
      client.type === "Identifier" &&
      /^(?:knex|db|database|trx)$/i.test(client.name) &&
      isShared(client, flow);
    return isKnex && typeof name === "string" ? [{ client: client.name, name }] : [];
  });
  const saved = tables.find(({ name }) => SAVED.test(name)) ?? tables[0];
  if (!saved) return undefined;
  const name = SAVED.test(saved.name) ? saved.name : "payout_accounts";
  const where = `{ ${member("id", id)}, ${snake(owner)}: ${user} }`;
  return { expression: `await ${saved.client}("${name}").where(${where}).first()`, column: snake };
};

/** `PayoutAccount.findOne({ _id: id, userId })` */
const byMongoose: Way = (calls, { id, owner, user }, flow) => {
  const models = modelsBy(
    calls,
    /^(?:findById\w*|findOne(?:AndUpdate)?|findByIdAndUpdate|countDocuments|updateOne)$/,
    flow,
  );
  if (
    !models.some(({ method }) => /^findById|AndUpdate$|countDocuments|updateOne/.test(method)) &&
    !/["']mongoose["']/.test(flow.module.text)
  )
    return undefined;
  const model =
    models.find(({ name }) => SAVED.test(name))?.name ??
    (/(?:import\s+mongoose\b|\bmongoose\s*=\s*require\()/.test(flow.module.text)
      ? 'mongoose.model("PayoutAccount")'
      : undefined);
  if (model === undefined) return undefined;
  return { expression: `await ${model}.findOne({ _id: ${id}, ${member(owner, user)} })`, column: plain };
};

/** `PayoutAccount.findOne({ where: { id, userId } })` */
const bySequelize: Way = (calls, { id, owner, user }, flow) => {
  const models = modelsBy(
    calls,
    /^(?:findByPk|findOne|findAll|findAndCountAll|bulkCreate|findOrCreate)$/,
    flow,
  );
  if (!models.some(({ method }) => /ByPk|^findAll|^bulk|OrCreate/.test(method))) return undefined;
  const model = models.find(({ name }) => SAVED.test(name))?.name;
  if (model === undefined) return undefined;
  const where = `{ ${member("id", id)}, ${member(owner, user)} }`;
  return { expression: `await ${model}.findOne({ where: ${where} })`, column: plain };
};

/** The models of a file, by the methods that are called on them. */
function modelsBy(calls: readonly TSESTree.CallExpression[], methods: RegExp, flow: Flow) {
  return calls.flatMap((call) => {
    const receiver = receiverOf(call);
    const model = receiver && bare(receiver.object);
    return model?.type === "Identifier" &&
      methods.test(calledName(call) ?? "") &&
      /^[A-Z]/.test(model.name) &&
      isShared(model, flow)
      ? [{ name: model.name, method: receiver!.method }]
      : [];
  });
}

/** Whether a name means the same in all functions of the file. */
function isShared(node: Node, flow: Flow): boolean {
  const object = bare(node);
  if (object.type === "MemberExpression") return isShared(object.object, flow);
  if (object.type === "ThisExpression") return true;
  const variable = flow.scopes.variableOf(object);
  return variable !== undefined && flow.scopes.topLevel(variable.name) === variable;
}

function member(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
