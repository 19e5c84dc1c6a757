import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { valueOf } from "../objects.ts";
import { EXCEPTIONS, STATUS_NAMES } from "./status-names.ts";

/** An answer to an HTTP request; the status is undefined where the code does not tell. */
export interface Reply {
  readonly status: number | undefined;
}

/**
 * What a node answers to the request at hand: a call (`res.status(400).json(…)`, `Response.json(…)`, `c.json(…, 400)`,
 * a helper of this file that answers), a construction (`new Response(…)`), an assignment (`ctx.status = 400`), a thrown
 * exception of a framework, or what is returned to a platform (`return { statusCode: 400 }`).
 */
export function replyOf(node: Node, flow: Flow): Reply | undefined {
  return find(node, flow, 0);
}

/** Helpers that answer through helpers are followed so deep. */
const DEPTH = 3;

function find(node: Node, flow: Flow, depth: number): Reply | undefined {
  switch (node.type) {
    case "CallExpression":
      return ofCall(node, flow) ?? (depth < DEPTH ? ofHelper(node, flow, depth) : undefined);
    case "NewExpression":
      return ofResponse(node, flow);
    case "AssignmentExpression":
      return ofContext(node, flow);
    case "ThrowStatement":
      return node.argument ? ofException(bare(node.argument), flow) : undefined;
    case "ReturnStatement":
      return node.argument ? ofResult(bare(node.argument), flow) : undefined;
    default:
      return undefined;
  }
}

const ANSWERS = /^(?:json|jsonp|send|end|redirect|render|sendFile|html|text)$/;
const RESPONSE = /^_?(?:\w*res|\w*response|reply|rep)$/i;

function ofCall(node: TSESTree.CallExpression, flow: Flow): Reply | undefined {
  const name = flow.name(node.callee) ?? "";
  if (/^(?:Response|(?:next\/server:)?NextResponse)\.(?:json|redirect|rewrite)$/.test(name))
    return name.endsWith("json") ? statusIn(node.arguments[1], flow) : { status: 307 };
  if (/^(?:@remix-run\/[\w-]+|react-router|@sveltejs\/kit):(?:json|data|text)$/.test(name))
    return statusIn(node.arguments[1], flow);
  if (/^@sveltejs\/kit:error$/.test(name)) return { status: statusOf(node.arguments[0], flow) };
  const callee = receiverOf(node);
  if (!callee) return undefined;
  const made = chained(callee.object);
  if (isResponse(made.root, flow)) return ofResponseCall(node, callee.method, made.status, flow);
  if (isContext(made.root, flow)) return ofContextCall(node, callee.method, made.status, flow);
  return undefined;
}

/** `res.status(400).type("text")` as the object at its root and the node that says the status. */
export function chained(object: Node): { root: Node; status: Node | undefined } {
  let status: Node | undefined;
  let root = bare(object);
  while (root.type === "CallExpression") {
    const inner = receiverOf(root);
    if (!inner) break;
    if (/^(?:status|code|writeHead)$/.test(inner.method)) status ??= root.arguments[0];
    root = bare(inner.object);
  }
  return { root, status };
}

export function isResponse(node: Node, flow: Flow): boolean {
  if (node.type === "MemberExpression")
    return /^(?:res|response|reply)$/.test(propertyName(node) ?? "") && isContextual(node.object, flow);
  return node.type === "Identifier" && RESPONSE.test(node.name) && isParameter(node, flow);
}

function isContextual(node: Node, flow: Flow): boolean {
  const object = bare(node);
  return object.type === "Identifier" && isParameter(object, flow);
}

function isParameter(node: Node, flow: Flow): boolean {
  return flow.resolve(node).root.kind === "parameter";
}

function ofResponseCall(
  node: TSESTree.CallExpression,
  method: string,
  status: Node | undefined,
  flow: Flow,
): Reply | undefined {
  if (method === "sendStatus") return { status: statusOf(node.arguments[0], flow) };
  if (/^(?:badRequest|unauthorized|forbidden|notFound|conflict|unprocessableEntity)$/.test(method))
    return { status: 400 };
  if (method === "internalServerError") return { status: 500 };
  if (!ANSWERS.test(method)) return undefined;
  // `res.json()` without a value reads the answer to a request of our own.
  if (/^(?:json|text)$/.test(method) && node.arguments.length === 0) return undefined;
  if (status) return { status: statusOf(status, flow) };
  if (method === "redirect") return { status: 302 };
  return { status: saidBefore(node, flow) ? saidBefore(node, flow)!.status : 200 };
}

/** `res.status(400)` or `res.statusCode = 400` or `res.writeHead(400)` as a statement of its own before the answer. */
function saidBefore(node: Node, flow: Flow): Reply | undefined {
  const fn = flow.tree.functionOf(node);
  const before: { at: number; status: number | undefined }[] = [];
  for (const call of flow.tree.all("CallExpression")) {
    const callee = receiverOf(call);
    if (!callee || !/^(?:status|code|writeHead)$/.test(callee.method)) continue;
    if (flow.tree.parentOf(call)?.type !== "ExpressionStatement" || flow.tree.functionOf(call) !== fn)
      continue;
    if (isResponse(bare(callee.object), flow))
      before.push({ at: call.range[0], status: statusOf(call.arguments[0], flow) });
  }
  for (const { left, right, range } of flow.tree.all("AssignmentExpression")) {
    if (left.type !== "MemberExpression" || !/^(?:statusCode|status)$/.test(propertyName(left) ?? ""))
      continue;
    if (flow.tree.functionOf(left) === fn && isResponse(bare(left.object), flow))
      before.push({ at: range[0], status: statusOf(right, flow) });
  }
  if (before.length === 0) return undefined;
  const sameBlock = before.filter(({ at }) => inSameBlock(node, at, flow));
  return { status: sameBlock.at(-1)?.status };
}

function inSameBlock(node: Node, at: number, flow: Flow): boolean {
  let up = flow.tree.parentOf(node);
  while (up && up.type !== "BlockStatement" && up.type !== "SwitchCase") up = flow.tree.parentOf(up);
  return up !== undefined && at >= up.range[0] && at < node.range[0];
}

const CONTEXT = /^(?:c|ctx|context)$/;

/** Hono's and Koa's context. */
export function isContext(node: Node, flow: Flow): boolean {
  return node.type === "Identifier" && CONTEXT.test(node.name) && isParameter(node, flow);
}

function ofContextCall(
  node: TSESTree.CallExpression,
  method: string,
  status: Node | undefined,
  flow: Flow,
): Reply | undefined {
  const [first, second] = node.arguments;
  if (method === "throw") return { status: statusOf(first, flow) };
  if (method === "notFound") return { status: 404 };
  if (method === "redirect") return { status: 302 };
  if (
    !/^(?:json|text|html|body|newResponse|send|badRequest|unauthorized|forbidden|internalServerError)$/.test(
      method,
    )
  )
    return undefined;
  if (/^[bufi]/.test(method) && method !== "body") return { status: method.startsWith("i") ? 500 : 400 };
  if (status) return { status: statusOf(status, flow) };
  if (second === undefined) return { status: 200 };
  const init = valueOf(second, flow);
  return init.type === "ObjectExpression" ? statusIn(second, flow) : { status: statusOf(second, flow) };
}

/** Koa: `ctx.status = 400`, `ctx.body = …`. */
function ofContext({ left, right }: TSESTree.AssignmentExpression, flow: Flow): Reply | undefined {
  if (left.type !== "MemberExpression") return undefined;
  const object = bare(left.object);
  const onContext =
    isContext(object, flow) ||
    (object.type === "MemberExpression" &&
      propertyName(object) === "response" &&
      isContextual(object.object, flow));
  if (!onContext) return undefined;
  const name = propertyName(left);
  if (name === "status") return { status: statusOf(right, flow) };
  return name === "body" ? { status: undefined } : undefined;
}

function ofResponse(node: TSESTree.NewExpression, flow: Flow): Reply | undefined {
  const name = flow.name(node.callee) ?? "";
  return /^(?:Response|next\/server:NextResponse|NextResponse)$/.test(name)
    ? statusIn(node.arguments[1], flow)
    : undefined;
}

/** The status of `{ status: 400 }`; 200 without one. */
function statusIn(init: Node | undefined, flow: Flow): Reply {
  if (!init) return { status: 200 };
  const value = valueOf(init, flow);
  if (value.type !== "ObjectExpression") return { status: statusOf(init, flow) };
  if (value.properties.some(({ type }) => type === "SpreadElement")) return { status: undefined };
  const property = value.properties.find(
    (item) => item.type === "Property" && propertyName(item) === "status",
  );
  return { status: property?.type === "Property" ? statusOf(property.value, flow) : 200 };
}

/** `throw new BadRequestException()`, `throw new HTTPException(400)`, `throw error(400)`, `throw createError({ statusCode: 400 })`. */
function ofException(thrown: Node, flow: Flow): Reply | undefined {
  if (thrown.type === "CallExpression") {
    const reply = ofCall(thrown, flow);
    if (reply) return reply;
    if (calledName(thrown) !== "createError") return undefined;
    const [first] = thrown.arguments;
    const code = first && codeIn(valueOf(first, flow), flow);
    return code ?? { status: statusOf(first, flow) };
  }
  if (thrown.type !== "NewExpression") return undefined;
  const name = calledName(thrown) ?? "";
  const meaning = flow.name(thrown.callee) ?? "";
  if (meaning.startsWith("@nestjs/common:")) {
    if (name === "HttpException") return { status: statusOf(thrown.arguments[1], flow) };
    const status = EXCEPTIONS[name];
    return status === undefined ? undefined : { status };
  }
  if (meaning.startsWith("hono/http-exception:"))
    return { status: statusOf(thrown.arguments[0], flow) ?? 500 };
  return ofResponse(thrown, flow);
}

/** What a function hands back to its platform: `return { statusCode: 400, body }`. */
function ofResult(result: Node, flow: Flow): Reply | undefined {
  return codeIn(valueOf(result, flow), flow);
}

function codeIn(value: Node, flow: Flow): Reply | undefined {
  if (value.type !== "ObjectExpression") return undefined;
  for (const property of value.properties) {
    if (
      property.type === "Property" &&
      /^status(?:Code)?$/.test(propertyName(property) ?? "") &&
      (propertyName(property) === "statusCode" || (value.properties.length > 1 && hasBody(value)))
    )
      return { status: statusOf(property.value, flow) };
  }
  return undefined;
}

function hasBody(value: TSESTree.ObjectExpression): boolean {
  return value.properties.some(
    (item) => item.type === "Property" && /^(?:body|jsonBody|headers)$/.test(propertyName(item) ?? ""),
  );
}

/** A status as a number, or by the name that a framework gives it: `HttpStatus.BAD_REQUEST`. */
function statusOf(node: Node | undefined, flow: Flow): number | undefined {
  if (!node) return undefined;
  const constant = flow.constant(node);
  if (typeof constant === "number") return constant;
  const value = bare(node);
  const name = value.type === "MemberExpression" ? propertyName(value) : undefined;
  return name === undefined ? undefined : STATUS_NAMES[name.replaceAll("_", "").toUpperCase()];
}

/** A function of the project that answers, whatever way it takes: its status where all of its answers have one. */
function ofHelper(call: TSESTree.CallExpression, flow: Flow, depth: number): Reply | undefined {
  const helper = helperOf(call, flow);
  if (!helper) return undefined;
  const replies = repliesIn(helper.fn, helper.flow, depth + 1);
  if (replies.length === 0) return undefined;
  const [first] = replies;
  if (replies.some(({ status }) => status !== first!.status)) return { status: undefined };
  return { status: first!.status ?? passed(call, helper.fn, flow) };
}

/** What stands in the file of a function that answers; of any other function its file need not be opened. */
const SPEAKS_OF_ANSWERS =
  /Response\b|\b\w*(?:res|response|reply|rep)\b\s*[.,)?:]|\bctx\b|\bcontext\b|\bc\s*[.,:]|\bstatus(?:Code)?\s*:|sveltejs|remix|react-router/i;

function helperOf(call: TSESTree.CallExpression, flow: Flow): { fn: FunctionNode; flow: Flow } | undefined {
  const fn = flow.calls.functionNamed(call.callee);
  if (fn) return { fn, flow };
  const meaning = flow.resolve(call.callee);
  if (flow.functionAtGlance(meaning) !== undefined && !flow.beginsIn(SPEAKS_OF_ANSWERS, meaning))
    return undefined;
  const found = flow.elsewhere(meaning);
  return found && isFunction(found.node) ? { fn: found.node, flow: found.flow } : undefined;
}

function repliesIn(fn: FunctionNode, flow: Flow, depth: number): Reply[] {
  const results = fn.body?.type === "BlockStatement" ? [] : [ofResult(bare(fn.body), flow)];
  const nodes: Node[] = [
    ...flow.tree.all("CallExpression"),
    ...flow.tree.all("NewExpression"),
    ...flow.tree.all("ReturnStatement"),
    ...flow.tree.all("AssignmentExpression"),
  ];
  const inside = nodes.filter((node) => flow.tree.functionOf(node) === fn);
  return [...results, ...inside.map((node) => find(node, flow, depth))].flatMap((reply) => reply ?? []);
}

/** `respond(400, …)`: the one number between 200 and 599 that is handed to a helper whose answer takes its status from there. */
function passed(call: TSESTree.CallExpression, helper: FunctionNode, flow: Flow): number | undefined {
  const statuses = call.arguments.flatMap((argument, at) => {
    const parameter = helper.params[at];
    const name = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
    if (name?.type !== "Identifier" || !/status|code/i.test(name.name)) return [];
    return statusOf(argument, flow) ?? [];
  });
  return statuses.length === 1 ? statuses[0] : undefined;
}
