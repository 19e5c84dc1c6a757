import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { callsOf } from "../flow/meaning.ts";
import { calledName, receiverOf } from "../flow/callee.ts";
import { bare, isFunction, type Node } from "../flow/tree.ts";
import { type Fields, fieldsOf, valueOf } from "./objects.ts";

/** An HTTP request that the program sends. */
export interface OutgoingRequest {
  readonly call: TSESTree.CallExpression;
  /** In upper case; undefined where the code does not tell. */
  readonly method: string | undefined;
  /** As far as it is written out; `{}` stands for each part that is not. */
  readonly url: string;
  readonly headers: Fields;
  readonly body: Fields;
  /** The argument that holds the body, for showing where it stands. */
  readonly bodyNode: Node | undefined;
}

/** All requests of a file: fetch, axios and its instances, got, ky, undici, superagent-like clients, Nest's HttpService. */
export function requestsOf(flow: Flow): readonly OutgoingRequest[] {
  let requests = known.get(flow);
  if (!requests)
    known.set(
      flow,
      (requests = flow.tree.all("CallExpression").flatMap((call) => requestOf(call, flow) ?? [])),
    );
  return requests;
}

const known = new WeakMap<Flow, readonly OutgoingRequest[]>();

const FETCH =
  /^(?:fetch|(?:globalThis|window|self)\.fetch|(?:node-fetch|cross-fetch|undici|isomorphic-fetch|isomorphic-unfetch|ofetch)(?::fetch|:request|:\$fetch)?)$/;
const CLIENT_ROOT = /^(?:axios|got|ky|needle|superagent|request|@nestjs\/axios)(?::|$)/;
const VERB = /^(?:post|put|patch|delete|get)$/;

function requestOf(call: TSESTree.CallExpression, flow: Flow): OutgoingRequest | undefined {
  const callee = flow.name(call.callee) ?? "";
  if (FETCH.test(callee)) return fetchRequest(call, flow);
  const method = receiverOf(call)?.method;
  if (method !== undefined && VERB.test(method) && isClient(call, callee, flow))
    return verbRequest(call, method, flow);
  if (isThinClient(call, flow)) return thinRequest(call, flow);
  if (/^axios(?::(?:default\.)?request|:create\(\)(?:\.request)?)?$/.test(callee))
    return configRequest(call, flow);
  return undefined;
}

/** Whether a method named like an HTTP verb sends a request, and does not answer one. */
function isClient(call: TSESTree.CallExpression, callee: string, flow: Flow): boolean {
  const [first, second] = call.arguments;
  if (!first || (second && isFunction(bare(second)))) return false;
  if (CLIENT_ROOT.test(callee)) return true;
  if (call.arguments.some((argument) => isFunction(valueOf(argument, flow)))) return false;
  const head = callee.replace(/[.:]\w+$/, "");
  return (
    /(?:axios|http|client|api|request|gateway)\w*(?:\(\))?$/i.test(head) && urlOf(first, flow).includes("/")
  );
}

/** A project's own wrapper: `swapPay("/payouts", { destination })`, the path first and the body after it. */
function isThinClient(call: TSESTree.CallExpression, flow: Flow): boolean {
  const [path, body] = call.arguments;
  if (!path || !body || bare(call.callee).type !== "Identifier" || isFunction(valueOf(body, flow)))
    return false;
  if (!/^\/[\w/{}.-]+$/.test(urlOf(path, flow))) return false;
  const { root, path: way } = flow.resolve(call.callee);
  const ofProject = root.kind === "import" && way.length <= 1 && /^[.@~#]/.test(root.module);
  return ofProject || wrapped(call, flow) !== undefined;
}

/** The one request inside a wrapper of this file. */
function wrapped(call: TSESTree.CallExpression, flow: Flow): OutgoingRequest | undefined {
  const fn = flow.calls.functionNamed(call.callee);
  if (!fn) return undefined;
  const inner = flow.tree
    .all("CallExpression")
    .filter((other) => flow.tree.functionOf(other) === fn && FETCH.test(flow.name(other.callee) ?? ""));
  return inner.length === 1 ? fetchRequest(inner[0]!, flow) : undefined;
}

function thinRequest(call: TSESTree.CallExpression, flow: Flow): OutgoingRequest {
  const [path, bodyNode, more] = call.arguments;
  const inner = wrapped(call, flow);
  const body = fieldsOf(bodyNode, flow);
  return {
    call,
    method: inner?.method ?? "POST",
    // Whatever base the wrapper puts before it, it is no path of our own server.
    url: `{}${urlOf(path!, flow)}`,
    // Further arguments may add headers, as may a wrapper of another file.
    headers: inner && !more ? inner.headers : { values: inner?.headers.values ?? new Map(), open: true },
    body,
    bodyNode,
  };
}

function fetchRequest(call: TSESTree.CallExpression, flow: Flow): OutgoingRequest | undefined {
  const [url, options] = call.arguments;
  if (!url) return undefined;
  const fields = fieldsOf(options, flow);
  const method = options ? textOf(fields.values.get("method")?.[0], flow) : "GET";
  const bodyNode = fields.values.get("body")?.[0] ?? fields.values.get("json")?.[0];
  return {
    call,
    method: method?.toUpperCase() ?? (fields.open || fields.values.has("method") ? undefined : "GET"),
    url: urlOf(url, flow),
    headers: merged(fields.values.get("headers") ?? [], fields.open, flow),
    body: fieldsOf(bodyNode, flow),
    bodyNode,
  };
}

/** `client.post(url, data, { headers })`; got and ky take everything but the URL in one object. */
function verbRequest(call: TSESTree.CallExpression, method: string, flow: Flow): OutgoingRequest | undefined {
  const [url, second, third] = call.arguments;
  if (!url) return undefined;
  const instance = instanceOf(call, flow);
  const bundled = /^(?:got|ky)(?::|$)/.test(flow.name(call.callee) ?? "");
  const options = fieldsOf(bundled || !/^(?:post|put|patch)$/.test(method) ? second : third, flow);
  const bodyNode = bundled
    ? (options.values.get("json") ?? options.values.get("body") ?? options.values.get("form"))?.[0]
    : second;
  const headers = [...(options.values.get("headers") ?? []), ...(instance?.values.get("headers") ?? [])];
  return {
    call,
    method: method.toUpperCase(),
    url: joined(instance && textOf(instance.values.get("baseURL")?.[0], flow), urlOf(url, flow)),
    headers: merged(headers, options.open, flow),
    body: fieldsOf(bodyNode, flow),
    bodyNode,
  };
}

/** `axios({ method, url, data, headers })`. */
function configRequest(call: TSESTree.CallExpression, flow: Flow): OutgoingRequest | undefined {
  const [config] = call.arguments;
  const fields = fieldsOf(config, flow);
  const url = fields.values.get("url")?.[0];
  if (!url) return undefined;
  const instance = instanceOf(call, flow);
  const bodyNode = fields.values.get("data")?.[0];
  const base = textOf((fields.values.get("baseURL") ?? instance?.values.get("baseURL"))?.[0], flow);
  return {
    call,
    method:
      textOf(fields.values.get("method")?.[0], flow)?.toUpperCase() ?? (fields.open ? undefined : "GET"),
    url: joined(base, urlOf(url, flow)),
    headers: merged(fields.values.get("headers") ?? [], fields.open, flow),
    body: fieldsOf(bodyNode, flow),
    bodyNode,
  };
}

/** The settings of a client that was made with some: `axios.create({ baseURL, headers })`. */
function instanceOf(call: TSESTree.CallExpression, flow: Flow): Fields | undefined {
  const maker = callsOf(flow.resolve(call.callee)).find((inner) =>
    /^(?:create|extend|defaults)$/.test(calledName(inner) ?? ""),
  );
  return maker?.arguments[0] && fieldsOf(maker.arguments[0], flow);
}

function merged(nodes: readonly Node[], open: boolean, flow: Flow): Fields {
  const values = new Map<string, readonly Node[]>();
  for (const fields of nodes.map((node) => fieldsOf(node, flow))) {
    open ||= fields.open;
    for (const [name, found] of fields.values) values.set(name, [...(values.get(name) ?? []), ...found]);
  }
  return { values, open };
}

function textOf(node: Node | undefined, flow: Flow): string | undefined {
  const value = node && flow.constant(node);
  return typeof value === "string" ? value : undefined;
}

/** A URL as far as it is written out; `{}` for each part that another file or the run decides. */
export function urlOf(expression: Node, flow: Flow, depth = 0): string {
  const node = bare(expression);
  const constant = flow.constant(node);
  if (constant !== undefined) return String(constant);
  if (depth > 8) return "{}";
  const inner = (part: Node): string => urlOf(part, flow, depth + 1);
  switch (node.type) {
    case "TemplateLiteral":
      return node.quasis
        .map(
          (quasi, at) =>
            quasi.value.cooked + (at < node.expressions.length ? inner(node.expressions[at]!) : ""),
        )
        .join("");
    case "BinaryExpression":
      return node.operator === "+" ? inner(node.left) + inner(node.right) : "{}";
    case "LogicalExpression":
      return inner(node.right);
    case "ConditionalExpression":
      return inner(node.consequent);
    case "NewExpression":
      return calledName(node) === "URL" && node.arguments[0]
        ? joined(node.arguments[1] && inner(node.arguments[1]), inner(node.arguments[0]))
        : "{}";
    case "Identifier":
    case "MemberExpression": {
      const value = node.type === "Identifier" ? valueOf(node, flow) : flow.resolve(node).root;
      if ("kind" in value)
        return value.kind === "value" && flow.resolve(node).path.length === 0 ? inner(value.node) : "{}";
      return value === node ? "{}" : inner(value);
    }
    default:
      return "{}";
  }
}

function joined(base: string | undefined, path: string): string {
  if (base === undefined || /^https?:/.test(path)) return path;
  return `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

/** Host and path of a URL as urlOf() writes it; the host is undefined where it is not written out. */
export function partsOf(url: string): {
  readonly host: string | undefined;
  readonly path: string;
  readonly relative: boolean;
} {
  const match = /^https?:\/\/([^/?#{}]+)([^?#]*)/.exec(url);
  if (match) return { host: match[1]!.toLowerCase(), path: match[2]!, relative: false };
  return {
    host: undefined,
    path: url.replace(/^(?:https?:\/\/)?(?:\{\})+/, "").replace(/[?#].*$/, ""),
    relative: url.startsWith("/"),
  };
}
