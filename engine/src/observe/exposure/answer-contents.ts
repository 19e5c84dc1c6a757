import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { valueOf } from "../objects.ts";
import { isServerAction } from "../recipients/callers.ts";
import { chained, isContext, isResponse } from "../webhooks/replies.ts";
import { EXCEPTIONS } from "../webhooks/status-names.ts";

/** An answer to whoever sent a request, with what it tells them. */
export interface Answer {
  readonly node: Node;
  readonly contents: readonly Node[];
}

/** All answers of a file: calls, constructions, assignments, thrown exceptions and results of frameworks. */
export function answersIn(flow: Flow): readonly Answer[] {
  const nodes: Node[] = [
    ...flow.tree.all("CallExpression"),
    ...flow.tree.all("NewExpression"),
    ...flow.tree.all("AssignmentExpression"),
    ...flow.tree.all("ReturnStatement"),
  ];
  return nodes.flatMap((node) => {
    const contents = contentsOf(node, flow).filter((content) => content !== undefined);
    return contents.length > 0 ? [{ node, contents }] : [];
  });
}

type Contents = readonly (Node | undefined)[];

function contentsOf(node: Node, flow: Flow): Contents {
  switch (node.type) {
    case "CallExpression":
      return ofCall(node, flow);
    case "NewExpression":
      return ofConstruction(node, flow);
    case "AssignmentExpression":
      return ofAssignment(node, flow);
    case "ReturnStatement":
      return node.argument ? ofResult(node.argument, flow) : [];
    default:
      return [];
  }
}

const BODY =
  /^(?:json|jsonp|send|end|html|text|body|newResponse|badRequest|unauthorized|forbidden|notFound|conflict|unprocessableEntity|internalServerError)$/;

/** What makes exceptions that a framework answers with; a function of the project by that name makes its own. */
const THROWN = /^(?:createError|(?:h3|#imports|nuxt\/app):createError|http-errors)$/;

function ofCall(node: TSESTree.CallExpression, flow: Flow): Contents {
  const name = flow.name(node.callee) ?? "";
  const [first, ...rest] = node.arguments;
  if (
    /^(?:(?:Response|(?:next\/server:)?NextResponse)\.json|(?:@remix-run\/[\w-]+|react-router|@sveltejs\/kit):(?:json|data|text))$/.test(
      name,
    )
  )
    return [first];
  if (/^@sveltejs\/kit:(?:error|fail)$/.test(name)) return rest;
  if (THROWN.test(name) && isThrown(node, flow)) return node.arguments;
  const callee = receiverOf(node);
  const root = callee && chained(callee.object).root;
  if (!callee || !root) return [];
  if (isContext(root, flow) && callee.method === "throw") return rest;
  if (!isResponse(root, flow) && !isContext(root, flow)) return [];
  if (BODY.test(callee.method)) return [first];
  if (callee.method === "render") return rest;
  return callee.method === "redirect" ? [node.arguments.at(-1)] : [];
}

function isThrown(node: Node, flow: Flow): boolean {
  return flow.tree.parentOf(node)?.type === "ThrowStatement";
}

/** Exceptions that are answered with what they are given, and which argument that is. */
function ofConstruction(node: TSESTree.NewExpression, flow: Flow): Contents {
  const name = flow.name(node.callee) ?? "";
  const [first, second] = node.arguments;
  if (/^(?:Response|next\/server:NextResponse|NextResponse)$/.test(name)) return [first];
  const [, module, made] = /^(.+):(?:\w+\.)*(\w+)$/.exec(name) ?? [];
  if (module === "@nestjs/common")
    return made === "HttpException" || EXCEPTIONS[made!] !== undefined ? [first] : [];
  if (made === "HTTPException") return [messageIn(second, flow)];
  if (made === "TRPCError") return [messageIn(first, flow)];
  if (made === "GraphQLError") return [first];
  return made === "HttpsError" ? [second, node.arguments[2]] : [];
}

function messageIn(options: Node | undefined, flow: Flow): Node | undefined {
  return options && memberIn(valueOf(options, flow), "message");
}

function memberIn(object: Node, name: string): Node | undefined {
  if (object.type !== "ObjectExpression") return undefined;
  const member = object.properties.find((each) => each.type === "Property" && propertyName(each) === name);
  return member?.type === "Property" ? member.value : undefined;
}

/** Koa: `ctx.body = …`. */
function ofAssignment({ left, right }: TSESTree.AssignmentExpression, flow: Flow): Contents {
  if (left.type !== "MemberExpression" || propertyName(left) !== "body") return [];
  const object = bare(left.object);
  const context =
    object.type === "MemberExpression" && propertyName(object) === "response" ? bare(object.object) : object;
  return isContext(context, flow) ? [right] : [];
}

/** What is handed back to a platform: `{ statusCode, body }`, a server action's result, a page's props. */
function ofResult(argument: Node, flow: Flow): Contents {
  const result = valueOf(argument, flow);
  if (result.type !== "ObjectExpression") return [];
  const body = memberIn(result, "statusCode") && memberIn(result, "body");
  if (body) return [body];
  const fn = flow.tree.functionOf(argument);
  return fn && isServerAction(fn, flow) ? [result] : [];
}
