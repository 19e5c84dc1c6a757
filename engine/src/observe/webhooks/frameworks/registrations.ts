import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Place } from "../../../flow/link.ts";
import { bare, isFunction, type Node, propertyName } from "../../../flow/tree.ts";
import { definitionOf } from "./definitions.ts";

/** Something mounted on an app or router: `app.use("/api", auth, router)`, `router.post("/hook", raw, handle)`. */
export interface Registration {
  readonly flow: Flow;
  readonly call: TSESTree.CallExpression;
  /** Where the app or router is made, or the parameter or variable that holds it. */
  readonly target: Place;
  readonly method: string;
  /** `/` where none is given; undefined where it is not the same in every run. */
  readonly path: string | undefined;
  /** Functions, routers and other values, in the order in which they run. */
  readonly handlers: readonly Node[];
}

const METHOD = /^(?:use|all|any|on|get|post|put|patch|delete|register|addHook|route)$/;
/** Names of what serves; a client's `post()` looks the same. */
const SERVER = /(?:app|router|routes?|server|fastify|hono|express|api|instance|webhooks?|scope)$/i;
const SERVER_PACKAGES =
  /^(?:express|express-promise-router|fastify|hono|@hono\/zod-openapi|koa|koa-router|@koa\/router|itty-router|polka|restify|find-my-way|next-connect|next-routes|@tinyhttp\/app|elysia|oak|@oak\/oak|router)(?:[:/]|$)/;

const known = new WeakMap<Flow, readonly Registration[]>();

/** What a file mounts on apps and routers, in the order of the text. */
export function registrationsOf(flow: Flow): readonly Registration[] {
  let found = known.get(flow);
  if (!found)
    known.set(flow, (found = flow.tree.all("CallExpression").flatMap((call) => registered(call, flow))));
  return found;
}

function registered(call: TSESTree.CallExpression, flow: Flow): readonly Registration[] {
  const receiver = receiverOf(call);
  if (!receiver || !METHOD.test(receiver.method) || call.arguments.length === 0) return [];
  const { root, path: outer } = rootOf(receiver.object, flow);
  if (!root || !isServer(root, flow)) return [];
  const target = definitionOf(root, flow);
  if (!target) return [];
  const common = { flow, call, target };
  const options = call.arguments[0]!;
  if (receiver.method === "route" && options.type === "ObjectExpression")
    return fromObject(options, flow).map((each) => ({ ...common, ...each }));
  if (receiver.method === "route" && call.arguments.length === 1) return [];
  if (receiver.method === "on") {
    const [methods, path, ...handlers] = call.arguments;
    const names = methods && textsOf(methods, flow);
    if (!names || handlers.length === 0) return [];
    return names.map((method) => ({
      ...common,
      method: method.toLowerCase(),
      path: path && textOf(path, flow),
      handlers: flat(handlers),
    }));
  }
  const { paths, handlers } = split(call.arguments, flow, outer !== undefined);
  return paths.map((path) => ({
    ...common,
    method: receiver.method,
    path: outer === undefined ? path : outer.path,
    handlers,
  }));
}

/** Behind `app.route("/hook").post(a)` and chains such as `new Hono().get(a).post(b)` what they are called on. */
function rootOf(object: Node, flow: Flow): { root: Node | undefined; path?: { path: string | undefined } } {
  let node = bare(object);
  let path: { path: string | undefined } | undefined;
  for (;;) {
    const receiver = node.type === "CallExpression" ? receiverOf(node) : undefined;
    if (node.type !== "CallExpression" || !receiver) return path ? { root: node, path } : { root: node };
    const [first] = node.arguments;
    if (receiver.method === "route" && node.arguments.length === 1)
      path ??= { path: first && textOf(first, flow) };
    else if (!METHOD.test(receiver.method)) return path ? { root: node, path } : { root: node };
    node = bare(receiver.object);
  }
}

function isServer(node: Node, flow: Flow): boolean {
  if (SERVER_PACKAGES.test(flow.name(node) ?? "")) return true;
  const name =
    node.type === "Identifier"
      ? node.name
      : node.type === "MemberExpression"
        ? propertyName(node)
        : undefined;
  return name !== undefined && SERVER.test(name);
}

function split(
  given: readonly Node[],
  flow: Flow,
  hasPath: boolean,
): { paths: readonly (string | undefined)[]; handlers: readonly Node[] } {
  const [first, ...rest] = given;
  if (hasPath || !first) return { paths: ["/"], handlers: flat(given) };
  const texts = textsOf(first, flow);
  if (texts) return { paths: texts, handlers: flat(rest) };
  const isPath =
    rest.length > 0 &&
    (first.type === "TemplateLiteral" ||
      first.type === "BinaryExpression" ||
      (first.type === "Literal" && "regex" in first) ||
      first.type === "MemberExpression");
  return isPath
    ? { paths: [textOf(first, flow)], handlers: flat(rest) }
    : { paths: ["/"], handlers: flat(given) };
}

function textsOf(node: Node, flow: Flow): readonly string[] | undefined {
  const value = bare(node);
  if (value.type !== "ArrayExpression") {
    const text = flow.constant(value);
    return typeof text === "string" ? [text] : undefined;
  }
  const texts = value.elements.map((element) => element && flow.constant(element));
  return texts.length > 0 && texts.every((text) => typeof text === "string") ? texts : undefined;
}

/** The text of a path; what of a template is not constant stands as `:param`. */
function textOf(node: Node, flow: Flow): string | undefined {
  const text = flow.constant(node);
  if (typeof text === "string") return text;
  if (node.type !== "TemplateLiteral") return undefined;
  return node.quasis
    .map(
      ({ value }, at) =>
        (value.cooked ?? "") + (at < node.expressions.length ? variable(node, at, flow) : ""),
    )
    .join("");
}

function variable(node: TSESTree.TemplateLiteral, at: number, flow: Flow): string {
  const value = flow.constant(node.expressions[at]!);
  return typeof value === "string" ? value : at === 0 && node.quasis[0]!.value.raw === "" ? "" : ":param";
}

function flat(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node): readonly Node[] => {
    const value = bare(node);
    if (value.type === "SpreadElement") return flat([value.argument]);
    return value.type === "ArrayExpression" ? flat(value.elements.filter((each) => each !== null)) : [value];
  });
}

/** Fastify: `app.route({ method: "POST", url: "/hook", preHandler, handler })`; its hooks run before. */
function fromObject(
  options: TSESTree.ObjectExpression,
  flow: Flow,
): readonly Pick<Registration, "method" | "path" | "handlers">[] {
  const value = (name: string) => {
    const property = options.properties.find(
      (each) => each.type === "Property" && propertyName(each) === name,
    );
    return property?.type === "Property" ? property.value : undefined;
  };
  const [methods, url, handler] = [value("method"), value("url") ?? value("path"), value("handler")];
  const names = methods && textsOf(methods, flow);
  if (!names || !handler) return [];
  return names.map((method) => ({
    method: method.toLowerCase(),
    path: url && textOf(url, flow),
    handlers: [...hooksIn(options), handler],
  }));
}

const HOOKS = ["onRequest", "preParsing", "preValidation", "preHandler"];

/** The hooks that a Fastify route's options name, in the order in which they run. */
export function hooksIn(options: TSESTree.ObjectExpression): readonly Node[] {
  return HOOKS.flatMap((hook) =>
    options.properties.flatMap((each) =>
      each.type === "Property" && propertyName(each) === hook ? flat([each.value]) : [],
    ),
  );
}

/** Whether a value may be called with a request, as far as it shows: not an object of options, not a text. */
export function mayServe(node: Node): boolean {
  return isFunction(node) || !/^(?:ObjectExpression|Literal|TemplateLiteral)$/.test(node.type);
}
