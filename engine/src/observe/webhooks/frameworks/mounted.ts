import type { Flow } from "../../../flow/flow.ts";
import type { Place } from "../../../flow/link.ts";
import type { FunctionNode, Node, Range } from "../../../flow/tree.ts";
import type { Framework, Stage } from "../handler.ts";
import { definitionOf, type Served, servedBy } from "./definitions.ts";
import { type Endpoint, nameOfFunction } from "./endpoint.ts";
import { hooksIn, mayServe, type Registration, registrationsOf } from "./registrations.ts";

/** What stands before something mounted: the path in front of its own, and what runs first. */
interface Way {
  readonly prefix: string;
  readonly before: readonly Stage[];
  readonly complete: boolean;
}

/** Importers of importers are asked so far. */
const DEPTH = 3;

/** Express, Koa, Hono, Fastify and their like: functions of a file that it, or a file that imports it, mounts. */
export function mountedEndpoints(flow: Flow): readonly Endpoint[] {
  const files = [flow, ...filesThatMount(flow, 0)];
  return files
    .flatMap((file) => registrationsOf(file))
    .flatMap((registration) => endpointOf(registration, flow));
}

function filesThatMount(flow: Flow, depth: number): readonly Flow[] {
  const importers = flow.importers() ?? [];
  if (depth === DEPTH) return importers;
  return [...importers, ...importers.filter(handsOn).flatMap((file) => filesThatMount(file, depth + 1))];
}

/** Whether a file may export what it imports. */
function handsOn({ exports }: Flow): boolean {
  return (
    exports.all.length > 0 ||
    exports.whole.length > 0 ||
    [...exports.named.values()].some((each) => each.some(({ kind }) => kind === "from"))
  );
}

function endpointOf(registration: Registration, flow: Flow): readonly Endpoint[] {
  const { method, handlers } = registration;
  if (!/^(?:use|all|any|post|put)$/.test(method)) return [];
  const last = handlers.at(-1);
  const served = last && mayServe(last) ? servedBy(last, registration.flow) : undefined;
  if (!served || served.flow !== flow || (method === "use" && !answers(served))) return [];
  const way = wayTo(registration, 0);
  const own = handlers.slice(0, -1).flatMap((node) => stages(node, registration.flow));
  return [
    {
      flow,
      fn: served.fn,
      framework: frameworkOf(registration, served),
      route: registration.path === undefined ? undefined : joined(way.prefix, registration.path),
      name: nameOfFunction(served.fn, flow),
      range: mountRange(registration, served),
      before: [...way.before, ...own, ...served.wrappers],
      complete: way.complete,
    },
  ];
}

/** A middleware hands on; what is mounted with use() to answer takes no `next`. */
function answers({ fn }: Served): boolean {
  return fn.params.length === 2;
}

function mountRange({ flow, call }: Registration, served: Served): Range {
  if (served.flow !== flow || served.fn.range[0] < call.range[0] || served.fn.range[1] > call.range[1]) {
    const { id } = served.fn;
    return id ? { start: id.range[0], end: id.range[1] } : headOf(served.fn);
  }
  const [first] = call.arguments;
  const end = first && first.range[1] <= served.fn.range[0] ? first.range[1] : call.callee.range[1];
  return { start: call.range[0], end };
}

function headOf(fn: FunctionNode): Range {
  return { start: fn.range[0], end: fn.body?.range[0] ?? fn.range[1] };
}

/** The middlewares that an argument stands for; of Fastify's options the hooks. */
function stages(node: Node, flow: Flow): readonly Stage[] {
  if (node.type === "ObjectExpression") return hooksIn(node).map((hook) => ({ flow, node: hook }));
  return mayServe(node) ? [{ flow, node }] : [];
}

/** What runs before a registration: on its own app or router, and on those that this one is mounted on. */
function wayTo(registration: Registration, depth: number): Way {
  const { flow, target } = registration;
  const above = depth > DEPTH ? unknownWay : wayToTarget(target, flow, depth);
  const own = registrationsOf(flow).filter(
    (other) =>
      isSame(other.target, target) &&
      other.call.range[1] <= registration.call.range[0] &&
      isMiddleware(other, registration),
  );
  const before = own.flatMap(({ handlers }) =>
    handlers.filter((node) => !isRouter(node, flow)).flatMap((node) => stages(node, flow)),
  );
  return { ...above, before: [...above.before, ...before] };
}

const unknownWay: Way = { prefix: "", before: [], complete: false };

function isMiddleware(other: Registration, { path }: Registration): boolean {
  if (other.method !== "use" && other.method !== "all" && other.method !== "addHook") return false;
  if (other.method === "addHook") return true;
  return other.path === undefined || path === undefined || covers(other.path, path);
}

function wayToTarget(target: Place, flow: Flow, depth: number): Way {
  const made = target.flow.name(target.node) ?? "";
  const mounts = [
    target.flow,
    ...(target.flow === flow ? [] : [flow]),
    ...filesThatMount(target.flow, 0),
  ].flatMap((file) =>
    registrationsOf(file).filter(({ handlers }) =>
      handlers.some((node) => isSame(definitionOf(node, file), target)),
    ),
  );
  const [mount, ...others] = [...new Set(mounts)];
  if (mount) {
    const way = wayTo(mount, depth + 1);
    const at = mount.handlers.findIndex((node) => isSame(definitionOf(node, mount.flow), target));
    const own = mount.handlers.slice(0, at).flatMap((node) => stages(node, mount.flow));
    return {
      prefix: joined(way.prefix, mount.path ?? ""),
      before: [...way.before, ...own],
      complete: way.complete && others.length === 0 && mount.path !== undefined,
    };
  }
  return {
    prefix: "",
    before: [],
    complete: isApp(made) && target.flow === flow && !isHandedOut(target, flow),
  };
}

/** Names of what makes an app that serves by itself; a router waits for one. */
function isApp(name: string): boolean {
  return /^(?:express|fastify|hono\/quick|polka|restify)(?::call)?\(\)$|^(?:hono:Hono|hono\/\w+:Hono|koa)[:.]new\(\)$/.test(
    name,
  );
}

const HARMLESS =
  /^(?:createServer|listen|serve|handle|getRequestListener|toNodeHandler|serverless|serverlessExpress|onRequest|request|log|inspect|default)$/i;

/** Whether a call that may mount something is given the app. */
function isHandedOut(target: Place, flow: Flow): boolean {
  return flow.tree.all("CallExpression").some(({ callee, arguments: given }) => {
    const name =
      callee.type === "Identifier"
        ? callee.name
        : callee.type === "MemberExpression"
          ? flow.module.text.slice(callee.property.range[0], callee.property.range[1])
          : "";
    return (
      !HARMLESS.test(name) &&
      given.some((argument) => argument.type === "Identifier" && isSame(definitionOf(argument, flow), target))
    );
  });
}

function isRouter(node: Node, flow: Flow): boolean {
  const place = definitionOf(node, flow);
  const name = place?.flow.name(place.node) ?? "";
  return /Router(?:\(\)|:call\(\)|\.new\(\)|:new\(\)|\.routes\(\))|Hono.new\(\)/.test(name);
}

export function isSame(one: Place | undefined, other: Place | undefined): boolean {
  return one !== undefined && other !== undefined && one.flow === other.flow && one.node === other.node;
}

function frameworkOf({ target }: Registration, { fn, flow }: Served): Framework {
  const made = target.flow.name(target.node) ?? "";
  const [, name] = /^(?:@\w+\/)?(express|fastify|hono|koa)\b/.exec(made) ?? [];
  if (name) return name as Framework;
  return frameworkByParameters(fn, flow) ?? "unknown";
}

/** What the names and types of a function's parameters tell of who calls it. */
export function frameworkByParameters(fn: FunctionNode, flow: Flow): Framework | undefined {
  const [first = "", second = ""] = fn.params.map((parameter) =>
    flow.module.text.slice(parameter.range[0], parameter.range[1]),
  );
  if (/^_*(?:reply|rep)\b|FastifyReply/.test(second)) return "fastify";
  if (/^_*(?:res|response)\b/i.test(second) && /^(?:_*(?:\w*req|request)\b|\{)/i.test(first))
    return "express";
  if (/^c\b|^c:|HonoContext/.test(first) && fn.params.length <= 2) return "hono";
  if (/^ctx\b/.test(first) && fn.params.length <= 2) return "koa";
  return undefined;
}

/** Whether what is mounted under one path also runs for another; a parameter stands for any segment. */
export function covers(outer: string, inner: string): boolean {
  const [wanted, given] = [outer, inner].map((path) =>
    path.split("/").filter((part) => part && part !== "*"),
  );
  return wanted!.every((part, at) => part.startsWith(":") || part === given![at]);
}

function joined(prefix: string, path: string): string {
  return `/${[prefix, path].flatMap((part) => part.split("/").filter(Boolean)).join("/")}`;
}
