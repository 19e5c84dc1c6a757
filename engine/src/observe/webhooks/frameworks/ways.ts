import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Place } from "../../../flow/link.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName } from "../../../flow/tree.ts";
import type { Stage } from "../handler.ts";
import { definitionOf } from "./definitions.ts";
import { filesBehind } from "./importers.ts";
import { covers, joined } from "./paths.ts";
import { hooksIn, mayServe, type Registration, registrationsOf } from "./registrations.ts";
import { isConditional, surelyBefore } from "./sequence.ts";

/** What stands before something mounted: the path in front of its own, and what runs first. */
export interface Way {
  readonly prefix: string;
  readonly before: readonly Stage[];
  /** What of it does not stand on the app itself, where everything passes. */
  readonly own: readonly Stage[];
  /** Whether `before` is all that runs first. */
  readonly complete: boolean;
  /** The files that mount it. */
  readonly files: readonly Flow[];
}

/** Routers mounted on routers are followed so far. */
const DEPTH = 5;
const UNKNOWN: Way = { prefix: "", before: [], own: [], complete: false, files: [] };

/** What runs before a registration: on its own app or router, and on those that this one is mounted on. */
export function wayTo({ flow, target, call, path }: Registration, depth = 0): Way {
  return wayOn(target, { flow, call, path }, depth);
}

interface At {
  readonly flow: Flow;
  readonly call: TSESTree.CallExpression;
  readonly path: string | undefined;
}

function wayOn(target: Place, at: At, depth: number): Way {
  if (depth > DEPTH) return UNKNOWN;
  const above = aboveOf(target, at, depth);
  const before = stagesBefore(target, at);
  const own = isApp(target.flow.name(target.node) ?? "") ? above.own : [...above.own, ...before];
  const files = [...new Set([...above.files, target.flow, at.flow])];
  return { ...above, before: [...above.before, ...before], own, files };
}

function stagesBefore(target: Place, at: At): readonly Stage[] {
  const files = target.flow === at.flow ? [at.flow] : [target.flow, at.flow];
  return files
    .flatMap((file) => registrationsOf(file))
    .filter((other) => isSame(other.target, target) && isMiddleware(other, at) && mayRunBefore(other, at))
    .flatMap((other) => {
      const found = other.handlers
        .filter((node) => !isRouter(node, other.flow))
        .flatMap((node) => stages(node, other.flow));
      return isSure(other, at) ? found : found.map((stage) => ({ ...stage, unsure: true }));
    });
}

function isMiddleware(other: Registration, { path }: At): boolean {
  if (other.method === "addHook") return true;
  if (other.method !== "use" && other.method !== "all") return false;
  return other.path === undefined || path === undefined || covers(other.path, path);
}

/** Not what surely runs after. Hooks run for all routes of their scope. */
function mayRunBefore(other: Registration, { flow, call }: At): boolean {
  if (other.call === call || other.method === "addHook") return other.call !== call;
  return other.flow !== flow || !surelyBefore(call, other.call, flow);
}

function isSure(other: Registration, { flow, call, path }: At): boolean {
  if (isConditional(other.call, other.flow)) return false;
  if (other.path === undefined || (path === undefined && !/^\/?\*?$/.test(other.path))) return false;
  return other.flow !== flow
    ? other.flow.tree.functionOf(other.call) === undefined
    : other.method === "addHook" || surelyBefore(other.call, call, flow);
}

/** The middlewares that an argument stands for; of Fastify's options the hooks. */
export function stages(node: Node, flow: Flow): readonly Stage[] {
  if (node.type === "ObjectExpression") return hooksIn(node).map((hook) => ({ flow, node: hook }));
  return mayServe(node) ? [{ flow, node }] : [];
}

function aboveOf(target: Place, at: At, depth: number): Way {
  const { node, flow } = target;
  const made = flow.name(node) ?? "";
  const receiver = node.type === "CallExpression" ? receiverOf(node) : undefined;
  if (receiver?.method === "basePath") {
    const inner = definitionOf(receiver.object, flow);
    const path = constantPath((node as TSESTree.CallExpression).arguments[0], flow);
    return inner && path !== undefined ? prefixed(wayOn(inner, at, depth + 1), path) : UNKNOWN;
  }
  const own = ownPrefix(node, flow);
  const mounts = mountsOf(target, at.flow);
  const [mount, ...others] = mounts;
  if (mount) {
    const way = mountedAt(mount, target, depth);
    return prefixed({ ...way, complete: way.complete && others.length === 0 }, own);
  }
  const fn = flow.tree.parentOf(node);
  if (fn && isFunction(fn) && fn.params.includes(node as TSESTree.Parameter))
    return handedTo(fn, fn.params.indexOf(node as TSESTree.Parameter), flow, depth);
  return {
    prefix: own,
    before: [],
    own: [],
    files: [],
    complete: isApp(made) && flow === at.flow && !isHandedOut(target, at),
  };
}

function prefixed(way: Way, path: string): Way {
  return path === "" ? way : { ...way, prefix: joined(way.prefix, path) };
}

function constantPath(node: Node | undefined, flow: Flow): string | undefined {
  const path = node && flow.constant(node);
  return typeof path === "string" ? path : undefined;
}

/** Koa's `new Router({ prefix: "/hooks" })`, itty-router's `Router({ base })`. */
function ownPrefix(node: Node, flow: Flow): string {
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return "";
  return optionIn(node.arguments, /^(?:prefix|base|basePath)$/, flow) ?? "";
}

function optionIn(given: readonly Node[], names: RegExp, flow: Flow): string | undefined {
  for (const options of given) {
    if (options.type !== "ObjectExpression") continue;
    for (const each of options.properties)
      if (each.type === "Property" && names.test(propertyName(each) ?? ""))
        return constantPath(each.value, flow);
  }
  return undefined;
}

/** Where a router is mounted, in its own file, in the one that is asked for, and in those that import it. */
function mountsOf(target: Place, flow: Flow): readonly Registration[] {
  return [...new Set([target.flow, flow, ...filesBehind(target.flow)])].flatMap((file) =>
    registrationsOf(file).filter(
      (registration) => registration.method !== "register" && mountIndex(registration, target) >= 0,
    ),
  );
}

function mountIndex({ handlers, flow }: Registration, target: Place): number {
  return handlers.findIndex((node) => isSame(definitionOf(routerIn(node), flow), target));
}

/** Koa mounts `router.routes()`. */
export function routerIn(node: Node): Node {
  const receiver = node.type === "CallExpression" ? receiverOf(node) : undefined;
  return receiver && /^(?:routes|middleware)$/.test(receiver.method) ? bare(receiver.object) : node;
}

function mountedAt(mount: Registration, target: Place, depth: number): Way {
  const way = wayTo(mount, depth + 1);
  const own = mount.handlers.slice(0, mountIndex(mount, target)).flatMap((node) => stages(node, mount.flow));
  return {
    prefix: joined(way.prefix, mount.path ?? ""),
    before: [...way.before, ...own],
    own: [...way.own, ...own],
    files: way.files,
    complete: way.complete && mount.path !== undefined,
  };
}

/** A function that is handed an app: a plugin that is registered, or one that is called with it. */
function handedTo(fn: FunctionNode, index: number, flow: Flow, depth: number): Way {
  const place = { flow, node: fn };
  const ways: Way[] = [];
  for (const file of new Set([flow, ...filesBehind(flow)])) {
    for (const registration of registrationsOf(file)) {
      if (registration.method !== "register" || index !== 0) continue;
      const { handlers, call } = registration;
      if (!handlers.some((node) => isSame(definitionOf(node, file), place))) continue;
      const prefix = optionIn(call.arguments, /^prefix$/, file) ?? "";
      ways.push(prefixed(wayTo(registration, depth + 1), prefix));
    }
    for (const call of file.tree.all("CallExpression")) {
      const given = call.arguments[index];
      const inner =
        given?.type === "Identifier" && isSame(definitionOf(call.callee, file), place)
          ? definitionOf(given, file)
          : undefined;
      if (inner) ways.push(wayOn(inner, { flow: file, call, path: undefined }, depth + 1));
    }
  }
  const [way, ...others] = ways;
  return way ? { ...way, complete: way.complete && others.length === 0 } : UNKNOWN;
}

/** Names of what makes an app that serves by itself; a router waits for one. */
function isApp(name: string): boolean {
  return /^(?:express|fastify|polka|restify)(?::call)?\(\)$|^(?:hono:Hono|hono\/\w+:Hono|@hono\/zod-openapi:OpenAPIHono|koa)[:.]new\(\)$|^(?:express:express|fastify:fastify)\(\)$/.test(
    name,
  );
}

/** Calls that make an app serve, and mount nothing on it. */
const HARMLESS =
  /^(?:createServer|listen|serve|handle|getRequestListener|toNodeHandler|serverless|serverlessHttp|serverlessExpress|onRequest|request|log|inspect|default|export)$/i;

/** Whether something that may mount on an app is given it before. */
function isHandedOut(target: Place, { flow, call: before }: At): boolean {
  return flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        call.range[0] < before.range[0] &&
        !HARMLESS.test(calledName(call) ?? "") &&
        call.arguments.some(
          (argument) => argument.type === "Identifier" && isSame(definitionOf(argument, flow), target),
        ),
    );
}

function isRouter(node: Node, flow: Flow): boolean {
  const place = definitionOf(routerIn(node), flow);
  const name = place?.flow.name(place.node) ?? "";
  return /Router(?:\(\)|:call\(\)|\.new\(\)|:new\(\)|\.routes\(\))|(?:Hono|koa)[:.]new\(\)/i.test(name);
}

export function isSame(one: Place | undefined, other: Place | undefined): boolean {
  return one !== undefined && other !== undefined && one.flow === other.flow && one.node === other.node;
}
