import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { type Meaning, membersOf, nameOf } from "../../flow/meaning.ts";
import type { Origin } from "../../flow/origin.ts";
import { bare, type FunctionNode, type Node, propertyName } from "../../flow/tree.ts";
import { type RequestPart, sourceOf } from "../sources.ts";
import { namesRecipient } from "./names.ts";

/** A value that whoever calls the server sends along. */
export interface Sent {
  /** The name it is sent under; undefined for the whole of what is sent. */
  readonly field: string | undefined;
}

const CHOSEN: ReadonlySet<RequestPart> = new Set(["body", "raw-body", "query", "path", "form"]);
const WHOLE =
  /^(?:body|json|query|params|data|input|args|form|formData|payload|dto|values|parsedInput|validated\w*|\d+)$/;

/**
 * What a caller sends: a request's body, query, path or form, the arguments of a server action, a procedure, a resolver
 * or a socket's message. A header counts where it names a recipient; cookies hold what the server put there.
 */
export function sentBy(origin: Origin, flow: Flow): Sent | undefined {
  if (origin.kind !== "named") return undefined;
  const source = sourceOf(origin, flow);
  if (source.kind === "request") {
    const field = named(source.field);
    if (CHOSEN.has(source.part)) return { field };
    return source.part === "header" && namesRecipient(field) ? { field } : undefined;
  }
  const { meaning } = origin;
  const sends =
    meaning.root.kind === "parameter"
      ? isSentParameter(meaning, flow)
      : SENT_ELSEWHERE.test(nameOf(meaning) ?? "");
  return sends ? { field: named(fieldOf(meaning, flow)) } : undefined;
}

function named(field: string | undefined): string | undefined {
  return field === undefined || WHOLE.test(field) ? undefined : field;
}

/** Checked input, and the requests of frameworks that keep them in an object of the controller. */
const SENT_ELSEWHERE =
  /^express-validator:matchedData\(\)|^this\.(?:ctx\.)?(?:request\.(?:body|query)|query|params)\b/;
const SENT_MEMBER = /^#\d\.(?:(?:req|request)\.)?(?:(?:input|only|all|validated\w*)(?:\(\))?(?:\.|$))/;

function isSentParameter(meaning: Meaning, flow: Flow): boolean {
  if (meaning.root.kind !== "parameter") return false;
  const { function: fn, index } = meaning.root;
  const [member] = membersOf(meaning);
  if (isDecorated(fn.params[index])) return true;
  if (SENT_MEMBER.test(nameOf(meaning) ?? "") && isRequestLike(fn.params[index])) return true;
  if (/^(?:input|parsedInput|clientInput|rawInput)$/.test(member ?? "") && isProcedure(fn, flow)) return true;
  if (isServerAction(fn, flow) || isCallable(fn, index, flow)) return true;
  if (index === 1 && (isResolver(fn, flow) || isConvex(fn, flow))) return true;
  if (index !== 0) return false;
  return isMessage(fn, flow) || (/^(?:body|query|params)$/.test(member ?? "") && isRoute(fn, flow));
}

/** GraphQL's and socket gateways' decorated parameters: `@Args() input`, `@Arg("to") to`, `@MessageBody() message`. */
function isDecorated(parameter: TSESTree.Parameter | undefined): boolean {
  return ((parameter as { decorators?: TSESTree.Decorator[] } | undefined)?.decorators ?? []).some(
    ({ expression }) => {
      const callee = expression.type === "CallExpression" ? expression.callee : expression;
      return callee.type === "Identifier" && /^(?:Args?|MessageBody)$/.test(callee.name);
    },
  );
}

function isRequestLike(parameter: TSESTree.Parameter | undefined): boolean {
  if (parameter?.type === "ObjectPattern") return true;
  return parameter?.type === "Identifier" && /^_?(?:req|request|ctx|context)$/.test(parameter.name);
}

/** `procedure.input(schema).mutation(async ({ input }) => …)`, `client.inputSchema(schema).action(…)`. */
function isProcedure(fn: FunctionNode, flow: Flow): boolean {
  const host = flow.calls.hostOf(fn)?.call;
  const receiver = host && receiverOf(host);
  if (!receiver || !/^(?:mutation|query|subscription|action|stateAction|handler)$/.test(receiver.method))
    return false;
  for (let node = bare(receiver.object); node.type === "CallExpression";) {
    if (/^(?:input|inputSchema|schema)$/.test(calledName(node) ?? "")) return true;
    const callee = bare(node.callee);
    if (callee.type !== "MemberExpression") return false;
    node = bare(callee.object);
  }
  return false;
}

const actions = new WeakMap<Flow, ReadonlySet<FunctionNode>>();

/** A function that pages call over the network: exported from a file of "use server", or with that directive inside. */
export function isServerAction(fn: FunctionNode, flow: Flow): boolean {
  if (fn.body?.type === "BlockStatement" && isServerDirective(fn.body.body[0])) return true;
  if (!isServerDirective(flow.module.program.body[0])) return false;
  let exported = actions.get(flow);
  if (!exported) {
    const values = [...flow.exports.named.values()].flat();
    exported = new Set(
      values.flatMap((each) => (each.kind === "value" ? (flow.calls.functionNamed(each.node) ?? []) : [])),
    );
    actions.set(flow, exported);
  }
  return exported.has(fn);
}

function isServerDirective(statement: Node | undefined): boolean {
  return (
    statement?.type === "ExpressionStatement" &&
    statement.expression.type === "Literal" &&
    statement.expression.value === "use server"
  );
}

/** Firebase: `onCall((data, context) => …)`, `onCall((request) => request.data)`. */
function isCallable(fn: FunctionNode, index: number, flow: Flow): boolean {
  const host = flow.calls.hostOf(fn)?.call;
  return (
    index === 0 && host !== undefined && /^firebase-functions\b.*\bonCall$/.test(flow.name(host.callee) ?? "")
  );
}

/** The member of a map of resolvers: `Mutation: { withdraw: (parent, args) => … }`. */
function isResolver(fn: FunctionNode, flow: Flow): boolean {
  const property = flow.tree.parentOf(fn);
  const object = property?.type === "Property" ? flow.tree.parentOf(property) : undefined;
  const holder = object?.type === "ObjectExpression" ? flow.tree.parentOf(object) : undefined;
  const name =
    holder?.type === "Property"
      ? propertyName(holder)
      : holder?.type === "VariableDeclarator" && holder.id.type === "Identifier"
        ? holder.id.name
        : undefined;
  return /^(?:\w*Mutations?|Query)$/.test(name ?? "");
}

/** `mutation({ args: { … }, handler: async (ctx, args) => … })`, but not what only the server itself calls. */
function isConvex(fn: FunctionNode, flow: Flow): boolean {
  const property = flow.tree.parentOf(fn);
  if (property?.type !== "Property" || propertyName(property) !== "handler") return false;
  const object = flow.tree.parentOf(property);
  const call = object && flow.tree.parentOf(object);
  if (object?.type !== "ObjectExpression" || call?.type !== "CallExpression") return false;
  const hasArgs = object.properties.some((each) => each.type === "Property" && propertyName(each) === "args");
  return hasArgs && /^(?:mutation|action)$/.test(calledName(call) ?? "");
}

const LIFECYCLE =
  /^(?:connect\w*|disconnect\w*|error|close|open|end|drain|timeout|ping|pong|listening|ready)$/;

/** What a client sends over a socket: `socket.on("withdraw", (data) => …)`. */
function isMessage(fn: FunctionNode, flow: Flow): boolean {
  const host = flow.calls.hostOf(fn)?.call;
  const receiver = host && receiverOf(host);
  if (!receiver || receiver.method !== "on") return false;
  const event = host.arguments[0] && flow.constant(host.arguments[0]);
  const object = bare(receiver.object);
  return (
    typeof event === "string" &&
    !LIFECYCLE.test(event) &&
    object.type === "Identifier" &&
    /^(?:\w*socket|ws|client|conn|connection|peer)$/i.test(object.name) &&
    flow.scopes.variableOf(object)?.defs[0]?.type === "Parameter"
  );
}

/** `app.post("/withdraw", ({ body }) => …)`. */
function isRoute(fn: FunctionNode, flow: Flow): boolean {
  const host = flow.calls.hostOf(fn)?.call;
  const receiver = host && receiverOf(host);
  if (!receiver || !/^(?:get|post|put|patch|delete)$/.test(receiver.method)) return false;
  const path = host.arguments[0] && flow.constant(host.arguments[0]);
  return typeof path === "string" && path.startsWith("/");
}

/** The last name of a value: a member's, or what a call asks for by `get("to")`. */
function fieldOf(meaning: Meaning, flow: Flow): string | undefined {
  const last = meaning.path.at(-1);
  if (last?.kind === "member") return last.name;
  if (last?.kind === "call") {
    const asked = last.node.arguments[0] && flow.constant(last.node.arguments[0]);
    return typeof asked === "string" ? asked : undefined;
  }
  if (meaning.root.kind !== "parameter") return undefined;
  const parameter = meaning.root.function.params[meaning.root.index];
  return parameter?.type === "Identifier" ? parameter.name : undefined;
}
