import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type FunctionNode, isFunction, type Node } from "../../flow/tree.ts";
import { importersOf } from "../files.ts";
import { wordsOf } from "../names.ts";
import { placesOf } from "./helpers.ts";

const OPERATOR =
  /^(?:admins?|administrators?|superadmin|superuser|backoffice|operators?|staff|internal|cron|jobs?|workers?|scripts?|ops|seed|migrations?)$/;
/** A guard inside a function: a role that is compared or required, or a caller that proves to be a machine. */
const GUARD = new RegExp(
  [
    String.raw`\b(?:is|require|assert|ensure|check|verify|only|must)\w{0,12}_?admin`,
    String.raw`role\w{0,10}["'\]]{0,2}\s{0,4}[!=]==?\s{0,4}["'\`]?\w{0,20}(?:admin|ADMIN|operator|staff|finance)`,
    String.raw`["'\`](?:super_?)?admin(?:istrator)?["'\`]|\.(?:SUPER_?)?ADMIN\b`,
    String.raw`(?:has|require|check|assert|ensure|can|verify)\w{0,12}(?:Permission|Role|Scope|Ability|Capability)`,
    String.raw`timingSafeEqual|createHmac|constructEvent|verify\w{0,20}Signature|verifyWebhook|CRON_SECRET|INTERNAL_\w{0,20}(?:KEY|SECRET|TOKEN)`,
    String.raw`(?:validate|verify|authenticate|check)\w{0,12}(?:App|Client|Merchant|Partner)\w{0,8}Credential`,
    String.raw`(?:validate|verify|authenticate|check|require)\w{0,12}_?api_?key|headers?\)?\??\.?(?:get\(|\[)\s{0,4}["'\`]x-(?:api|internal|cron|admin)`,
  ].join("|"),
  "i",
);
const GUARDED =
  /admin|operator|staff|superuser|backoffice|internal|permission|role|scope|api_?key|cron|webhook|signature/i;

/**
 * Whether only operators of the payer, or machines that prove who they are, seem to reach a place: by the names of its
 * file, functions and routes, by middlewares and decorators, or by a guard inside. They may choose recipients.
 */
export function isForOperators(node: Node, flow: Flow): boolean {
  if (isNamedForOperators(node, flow)) return true;
  const functions = functionsAround(node, flow);
  if (functions.some((fn) => GUARD.test(textOf(fn, flow)) || isDecorated(fn, flow))) return true;
  const handler = functions.at(-1);
  return handler !== undefined && isRegisteredGuarded(handler, flow);
}

/** Whether the names of a place's file, functions and routes say that operators alone reach it. */
export function isNamedForOperators(node: Node, flow: Flow): boolean {
  const segments = flow.module.fileName.split(/[/.]/).slice(-6);
  return [...segments, ...placesOf(node, flow)].some(namesOperator);
}

function namesOperator(name: string): boolean {
  return wordsOf(name).some((word) => OPERATOR.test(word));
}

function functionsAround(node: Node, flow: Flow): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let fn = flow.tree.functionOf(node); fn; fn = flow.tree.functionOf(fn)) found.push(fn);
  return found;
}

/** `@Roles("admin")` or `@UseGuards(AdminGuard)` on a method or its class. */
function isDecorated(fn: FunctionNode, flow: Flow): boolean {
  const method = flow.tree.parentOf(fn);
  if (method?.type !== "MethodDefinition") return false;
  const body = flow.tree.parentOf(method);
  const owner = body && flow.tree.parentOf(body);
  const decorators = [method, owner].flatMap(
    (each) => (each as { decorators?: readonly TSESTree.Decorator[] } | undefined)?.decorators ?? [],
  );
  return decorators.some(
    (decorator) =>
      /^@(?:\w*Roles?|UseGuards|\w*Permissions?|\w*Auth\w*|\w*Admin\w*)\b/.test(textOf(decorator, flow)) &&
      GUARDED.test(textOf(decorator, flow)),
  );
}

const REGISTERS = /^(?:get|post|put|patch|delete|all|use|route|handle|on)$/;

/** Whether a handler is registered behind a middleware for operators, here or in a file that imports it. */
function isRegisteredGuarded(handler: FunctionNode, flow: Flow): boolean {
  const host = flow.calls.hostOf(handler)?.call;
  if (host) return host.type === "CallExpression" && isGuarded(host, [handler], flow);
  for (const importer of [flow, ...(importersOf(flow) ?? [])]) {
    for (const call of importer.tree.all("CallExpression")) {
      if (!REGISTERS.test(calledName(call) ?? "")) continue;
      const served = call.arguments.filter((argument) => stands(argument, handler, importer));
      if (served.length > 0 && (isGuarded(call, served, importer) || namesOperatorFile(importer)))
        return true;
    }
  }
  return false;
}

function namesOperatorFile(flow: Flow): boolean {
  return flow.module.fileName.split(/[/.]/).slice(-3).some(namesOperator);
}

/** Whether an argument is the handler, or wraps it. */
function stands(argument: Node, handler: FunctionNode, flow: Flow): boolean {
  const node = bare(argument);
  if (isFunction(node)) return node === handler;
  if (node.type === "CallExpression") return node.arguments.some((inner) => stands(inner, handler, flow));
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return false;
  const place = flow.place(flow.resolve(node));
  return place !== undefined && bare(place.node) === handler;
}

/** Whether a registration names a middleware for operators, or its router uses one for all. */
function isGuarded(call: TSESTree.CallExpression, served: readonly Node[], flow: Flow): boolean {
  if (call.arguments.some((argument) => !served.includes(argument) && GUARDED.test(textOf(argument, flow))))
    return true;
  const router = receiverOf(call)?.object;
  const variable = router && flow.scopes.variableOf(bare(router));
  if (!variable) return false;
  return variable.references.some(({ identifier }) => {
    const member = flow.tree.parentOf(identifier);
    const used = member && flow.tree.parentOf(member);
    if (used?.type !== "CallExpression" || calledName(used) !== "use" || used.callee !== member) return false;
    const applies = used.arguments.every((argument) => flow.constant(argument) === undefined);
    return applies && used.arguments.some((argument) => GUARDED.test(textOf(argument, flow)));
  });
}

function textOf(node: Node, flow: Flow): string {
  return flow.module.text.slice(node.range[0], node.range[1]);
}
