import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import { fieldsOf, valueOf } from "../../objects.ts";
import { type Chain, isOwn, linkOf, textOf } from "./chain.ts";
import { adds } from "./increments.ts";
import { sqlEffect } from "./sql.ts";

export type Written = "write" | "increment";

/** What a call writes to a database: by the verbs of each library together with the shapes of their arguments. */
export function databaseWrite(chain: Chain, flow: Flow): Written | undefined {
  const sql = sqlEffect(chain, flow);
  if (sql) return sql;
  if (/^(?:increment|decrement)$/.test(chain.last)) return counter(chain, flow);
  if (/^rpc$/.test(chain.last)) return procedure(chain, flow);
  const writes =
    isPrisma(chain, flow) ||
    isDocumentStore(chain, flow) ||
    isActiveRecord(chain, flow) ||
    isRepository(chain, flow) ||
    isBuilder(chain, flow) ||
    isFirestore(chain, flow) ||
    isOther(chain, flow);
  if (!writes) return undefined;
  return adds(chain.call.arguments, flow) || buildsIncrement(chain) ? "increment" : "write";
}

function hasKeys(node: Node | undefined, keys: RegExp, flow: Flow): boolean {
  if (!node || bare(node).type === "SpreadElement") return false;
  return [...fieldsOf(node, flow).values.keys()].some((key) => keys.test(key));
}

function isObject(node: Node | undefined, flow: Flow): boolean {
  if (!node) return false;
  const value = valueOf(node, flow);
  return value.type === "ObjectExpression" || value.type === "ArrayExpression";
}

const PRISMA =
  /^(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)$/;

/** `prisma.order.update({ where, data })`; payload's and Strapi's calls have the same form. */
function isPrisma(chain: Chain, flow: Flow): boolean {
  if (!PRISMA.test(chain.last) || chain.base === "Object") return false;
  return (
    hasKeys(chain.call.arguments[0], /^(?:data|where)$/, flow) ||
    hasKeys(chain.call.arguments[2], /^data$/, flow)
  );
}

const MONGO =
  /^(?:findByIdAndUpdate|findOneAndUpdate|findByIdAndDelete|findByIdAndRemove|findOneAndDelete|findOneAndReplace|updateOne|updateMany|deleteOne|deleteMany|insertMany|insertOne|replaceOne|bulkWrite|bulkCreate|findOrCreate)$/;

/** Mongo's and Mongoose's verbs tell by themselves. */
function isDocumentStore(chain: Chain, flow: Flow): boolean {
  if (MONGO.test(chain.last)) return true;
  if (chain.last !== "save") return false;
  return isRow(chain, flow) || isEntityManager(chain);
}

const LOADS =
  /^(?:find\w*|create|build|get\w*|load\w*|fetch\w*|query\w*|findOne\w*|select\w*|populate|exec|lean|new)$/;

/** A row that was looked up or made, here or by whoever called: `user.save()`. */
function isRow(chain: Chain, flow: Flow): boolean {
  const object = receiverNode(chain.call);
  if (!object || /^(?:ctx|context|canvas|c)$/i.test(chain.receiver)) return false;
  if (chain.links.slice(0, -1).some(({ name, call }) => call && LOADS.test(name))) return true;
  return flow
    .traces(object)
    .some(
      ({ origin }) =>
        origin.kind === "named" &&
        origin.meaning.path.some(
          (segment, at, path) =>
            segment.kind === "new" ||
            (segment.kind === "call" &&
              LOADS.test((path[at - 1] as { name?: string } | undefined)?.name ?? "")),
        ),
    );
}

function receiverNode(call: TSESTree.CallExpression): Node | undefined {
  const callee = bare(call.callee);
  return callee.type === "MemberExpression" ? callee.object : undefined;
}

/** Mongoose and Sequelize: `Order.create({…})`, `Order.update({…}, { where })`, `order.update({…})`, `Order.destroy({ where })`. */
function isActiveRecord(chain: Chain, flow: Flow): boolean {
  const [first, second] = chain.call.arguments;
  switch (chain.last) {
    case "create":
      return isModel(chain) && isObject(first, flow);
    case "update":
      return (
        (isObject(first, flow) && hasKeys(second, /^(?:where|transaction)$/, flow)) ||
        (isObject(first, flow) && isRow(chain, flow))
      );
    case "upsert":
      return isModel(chain) && isObject(first, flow);
    case "destroy":
      return hasKeys(first, /^where$/, flow) || isRow(chain, flow);
    default:
      return false;
  }
}

/** A class of the project's own, or one that was made by an ORM: `Order`, `db.Order`, `this.orderModel`. */
function isModel(chain: Chain): boolean {
  const { receiver, module } = chain;
  if (/[mM]odel$/.test(receiver) || chain.links.some(({ name }) => name === "model")) return true;
  if (module !== undefined && !isOwn(module) && !/^(?:mongoose|sequelize)/.test(module)) return false;
  return /^[A-Z][a-z]\w*$/.test(receiver) && !/^(?:Object|Reflect|Stripe|Math|JSON)$/.test(receiver);
}

const REPOSITORY = /(?:^|[a-z\d_])(?:repo|repository|Repo|Repository)$|^getRepository$/;

/** TypeORM and what is named after it: `this.orders.repository.save(order)`, `manager.save(order)`. */
function isRepository(chain: Chain, flow: Flow): boolean {
  const { last, receiver, call } = chain;
  const verb = /^(?:save|insert|update|delete|remove|softDelete|softRemove|upsert|persistAndFlush)$/;
  if (!verb.test(last) || call.arguments.length === 0) return false;
  if (REPOSITORY.test(receiver)) return true;
  return (
    chain.links.some(({ name }) => REPOSITORY.test(name)) || (isEntityManager(chain) && isObject(call, flow))
  );
}

function isEntityManager({ receiver, links, call }: Chain): boolean {
  if (call.arguments.length === 0) return false;
  return (
    /^(?:manager|entityManager|em|queryRunner|transactionalEntityManager)$/.test(receiver) ||
    links.some(({ name }) => REPOSITORY.test(name)) ||
    REPOSITORY.test(receiver)
  );
}

/** Builders: Drizzle, Knex, Kysely, Supabase, TypeORM's. The call that says what is written is the effect. */
function isBuilder(chain: Chain, flow: Flow): boolean {
  const { last, links, call } = chain;
  const before = links.at(-2);
  const called = before?.call;
  switch (last) {
    case "values":
      return called !== undefined && /^(?:insert|insertInto|into|replaceInto)$/.test(before!.name);
    case "set":
      return called !== undefined && /^(?:update|updateTable)$/.test(before!.name);
    case "where":
      return (
        called !== undefined && /^(?:delete|deleteFrom)$/.test(before!.name) && called.arguments.length === 1
      );
    case "execute":
      return false;
    case "insert":
    case "update":
    case "upsert":
    case "delete":
    case "del":
      return isTable(chain, flow) && (last.startsWith("del") || call.arguments.length > 0);
    default:
      return false;
  }
}

/** Whether a chain starts at a table named in a text: `supabase.from("orders")`, `knex("orders").where(…)`. */
function isTable({ links, base, module, call }: Chain, flow: Flow): boolean {
  for (const link of links) {
    if (link.call === call) return false;
    const [name] = link.call?.arguments ?? [];
    if (!name || typeof flow.constant(name) !== "string") continue;
    if (/^(?:from|table|withSchema)$/.test(link.name) && base !== "Buffer") return true;
    if (/^(?:knex|db|trx|tx|database|conn|connection)$/i.test(link.name || base)) return true;
    if (link.name === "" && module !== undefined && /knex|\bdb\b|database/i.test(module)) return true;
  }
  return false;
}

const FIRESTORE = /^(?:set|update|add|delete|create|push)$/;

/** Firestore and the Realtime Database, by their references and by their functions. */
function isFirestore(chain: Chain, flow: Flow): boolean {
  const { last, links, call, module } = chain;
  if (/^(?:updateDoc|setDoc|addDoc|deleteDoc)$/.test(last)) return module?.includes("fire") ?? true;
  if (!FIRESTORE.test(last)) return false;
  if (last !== "delete" && call.arguments.length === 0) return false;
  const before = links.slice(0, -1);
  if (before.some(({ name, call: made }) => made && /^(?:doc|collection|ref|batch)$/.test(name))) return true;
  if (/(?:^ref|Ref)$/.test(chain.receiver)) return isObject(call.arguments[0], flow) || last === "delete";
  return inTransaction(chain, flow);
}

/** `runTransaction(async (transaction) => transaction.update(ref, {…}))`. */
function inTransaction(chain: Chain, flow: Flow): boolean {
  const { root } = flow.resolve(chain.call.callee);
  if (root.kind !== "parameter" || chain.links.length !== 1) return false;
  const host = flow.calls.hostOf(root.function);
  return host?.call.type === "CallExpression" && /runTransaction$/.test(flow.name(host.call.callee) ?? "");
}

function counter(chain: Chain, flow: Flow): Written | undefined {
  if (chain.call.arguments.length === 0 || chain.receiver === "FieldValue") return undefined;
  if (isModel(chain) || isTable(chain, flow) || isRow(chain, flow)) return "increment";
  return isEntityManager(chain) ? "increment" : undefined;
}

/** A stored procedure of a database: only its name tells what it does. */
function procedure(chain: Chain, flow: Flow): Written | undefined {
  const name = chain.call.arguments[0] && flow.constant(chain.call.arguments[0]);
  if (typeof name !== "string") return undefined;
  return /^(?:add|increment|credit|grant|decrement|increase|deduct)_/i.test(name) ? "increment" : undefined;
}

const COMMANDS =
  /^(?:Put|Update|Delete|PutItem|UpdateItem|DeleteItem|BatchWrite|BatchWriteItem|TransactWrite|TransactWriteItems)Command$/;

const BIGQUERY = /^@google-cloud\/bigquery:.*\.table\(\)\.insert$/;

/** Redis, KV stores, DynamoDB, BigQuery, Convex, Sanity, Appwrite. */
function isOther(chain: Chain, flow: Flow): boolean {
  const { last, call, receiver } = chain;
  const text = textOf(chain);
  if (last === "send") return COMMANDS.test(constructed(call.arguments[0]));
  if (/^(?:set|setex|setEx|hset|hSet|incr\w*|lpush|rpush|sadd|zadd|del|mset|getset)$/.test(last))
    return /\b(?:io)?redis\b|@upstash\/redis|@vercel\/kv|\bkv\b|redisClient|\bredis[A-Z]/i.test(text);
  if (last === "insert" && BIGQUERY.test(flow.name(call.callee) ?? "")) return true;
  if (last === "put") return call.arguments.length >= 2 && (/\benv\b/.test(text) || /kv$/i.test(receiver));
  if (/^(?:patch|insert|replace)$/.test(last)) return /^ctx|^#/.test(chain.base) && receiver === "db";
  if (last === "runMutation" || last === "updateDocument" || last === "createDocument") return true;
  return last === "commit" && linkOf(chain, /^(?:patch|create|createIfNotExists)$/) !== undefined;
}

function constructed(node: Node | undefined): string {
  const value = node && bare(node);
  return value?.type === "NewExpression" && value.callee.type === "Identifier" ? value.callee.name : "";
}

function buildsIncrement({ links }: Chain): boolean {
  return links.some(({ name }) => /^incr/.test(name));
}
