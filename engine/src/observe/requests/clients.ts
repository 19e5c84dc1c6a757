import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import { bare, isFunction, type Node } from "../../flow/tree.ts";
import { type Bound, type Fields, fieldsAt, fieldsOf, seenAt, together, valueOf } from "../objects.ts";
import { calleeOf, type Instance, instanceOf, mayAddKey } from "./instances.ts";
import { methodIn, NOTHING, type OutgoingRequest, type Recogniser, textOf } from "./request.ts";
import { joined, urlOf } from "./url.ts";

const FETCH =
  /^(?:fetch|(?:globalThis|window|self)\.fetch|(?:node-fetch|cross-fetch|undici|isomorphic-fetch|isomorphic-unfetch|ofetch)(?::fetch|:request|:\$fetch)?|(?:got|ky)(?:[:.](?:create|extend)\(\))?)$/;

/** `fetch(url, { method, headers, body })`, undici's `request`, `got(url, { method, json })`. */
export const byFetch: Recogniser = (call, flow, bound) => {
  const [url, options] = call.arguments;
  if (!url || !FETCH.test(calleeOf(call, flow))) return undefined;
  const instance = instanceOf(call, flow);
  const fields = fieldsOf(options, flow, bound);
  return {
    call,
    method: methodIn(fields, flow, bound),
    url: joined(baseOf(instance), urlOf(url, flow, bound)),
    headers: headersIn(fields, call, instance, mayAddKey(instance, flow)),
    body: bodyIn(fields),
    sentBy: undefined,
  };
};

const VERB = /^(?:post|put|patch|delete|get)$/;
/** Clients whose settings, if they have any, stand where they are made. */
const CLIENT =
  /^(?:axios|got|ky|needle|request|request-promise|request-promise-native|@nestjs\/axios:HttpService|@nestjs\/common:HttpService)(?:[:.]|$)/;

/** `client.post(url, data, { headers })`; got and ky take everything but the URL in one object. */
export const byVerb: Recogniser = (call, flow, bound) => {
  const method = receiverOf(call)?.method;
  const callee = calleeOf(call, flow);
  const [url, second, third] = call.arguments;
  if (method === undefined || !VERB.test(method) || !url || !isClient(call, callee, flow)) return undefined;
  if (/^request\b/.test(callee)) return byOptions(call, method, flow, bound);
  const instance = instanceOf(call, flow);
  const bundled = /^(?:got|ky)\b/.test(callee);
  const options = fieldsOf(bundled || !/^(?:post|put|patch)$/.test(method) ? second : third, flow, bound);
  const hidden = !CLIENT.test(callee) || mayAddKey(instance, flow);
  return {
    call,
    method: method.toUpperCase(),
    url: joined(baseOf(instance), urlOf(url, flow, bound)),
    headers: headersIn(options, call, instance, hidden),
    body: bundled ? bodyIn(options) : fieldsOf(second, flow, bound),
    sentBy: undefined,
  };
};

/** Whether a method named like an HTTP verb sends a request, and does not answer one. */
function isClient(call: TSESTree.CallExpression, callee: string, flow: Flow): boolean {
  if (CLIENT.test(callee)) return true;
  if (call.arguments.some((argument) => isFunction(valueOf(argument, flow)))) return false;
  const head = callee.replace(/[.:]\w+$/, "");
  return (
    /(?:axios|http|client|api|request|gateway)\w*(?:\(\))?$/i.test(head) &&
    urlOf(call.arguments[0]!, flow).includes("/")
  );
}

/** `request.post(url, { json }, callback)`, `request.post({ url, json }, callback)`. */
function byOptions(
  call: TSESTree.CallExpression,
  method: string,
  flow: Flow,
  bound: Bound | undefined,
): OutgoingRequest {
  const options = fieldsOf(optionsIn(call, flow, bound), flow, bound);
  return {
    call,
    method: method.toUpperCase(),
    url: urlAt(options, ["url", "uri"]) ?? urlOf(call.arguments[0]!, flow, bound),
    headers: headersIn(options, call, undefined, false),
    body: bodyIn(options),
    sentBy: undefined,
  };
}

const CONFIGURED =
  /^(?:axios(?:[:.](?:default\.)?request|[:.]create\(\)(?:\.request)?)?|request|request-promise|request-promise-native|@nestjs\/(?:axios|common):HttpService\.new\(\)\.(?:request|axiosRef(?:\.request)?)|undici:(?:Client|Pool)\.new\(\)\.request|(?:\$|jQuery)\.ajax|jquery:ajax)$/;

/** `axios({ method, url, data, headers })`, `axios(url, { method, data })`, `$.ajax({ type, url, data })`. */
export const byConfig: Recogniser = (call, flow, bound) => {
  if (!CONFIGURED.test(calleeOf(call, flow))) return undefined;
  const [first] = call.arguments;
  const config = optionsIn(call, flow, bound);
  if (!first || !config) return undefined;
  const instance = instanceOf(call, flow);
  const fields = fieldsOf(config, flow, bound);
  const url = config === first ? urlAt(fields, ["url", "uri", "path"]) : urlOf(first, flow, bound);
  if (url === undefined) return undefined;
  return {
    call,
    method: methodIn(fields, flow, bound),
    url: joined(urlAt(fields, BASES) ?? baseOf(instance), url),
    headers: headersIn(fields, call, instance, mayAddKey(instance, flow)),
    body: bodyIn(fields),
    sentBy: undefined,
  };
};

/** `needle("post", url, data, { headers })`, `$.post(url, data)`. */
export const byPosition: Recogniser = (call, flow, bound) => {
  const callee = calleeOf(call, flow);
  const named = callee === "needle";
  if (!named && !/^(?:(?:\$|jQuery)\.post|jquery:post)$/.test(callee)) return undefined;
  const [url, body, options] = named ? call.arguments.slice(1) : call.arguments;
  if (!url) return undefined;
  return {
    call,
    method: named ? textOf(call.arguments[0], flow, bound)?.toUpperCase() : "POST",
    url: urlOf(url, flow, bound),
    headers: headersIn(fieldsOf(named ? options : undefined, flow, bound), call, undefined, false),
    body: fieldsOf(body && isFunction(bare(body)) ? undefined : body, flow, bound),
    sentBy: undefined,
  };
};

/** The object of options, before which a URL may stand and after which a callback. */
export function optionsIn(
  call: TSESTree.CallExpression,
  flow: Flow,
  bound: Bound | undefined,
): Node | undefined {
  const [first, second] = call.arguments;
  const isFirst = !second || (first && fieldsOf(first, flow, bound).values.size > 0);
  return isFirst ? first : second;
}

/** The headers of a request's options and of its client. */
function headersIn(
  options: Fields,
  call: TSESTree.CallExpression,
  instance: Instance | undefined,
  hidden: boolean,
): Fields {
  const own = fieldsAt(options, "headers");
  const parts = instance ? [own, headersOf(instance, call)] : [own];
  return together(parts, options.open || hidden);
}

/** What a client adds to each request. */
function headersOf({ settings, isElsewhere }: Instance, call: TSESTree.CallExpression): Fields {
  const headers = fieldsAt(settings, "headers");
  return isElsewhere ? seenAt(headers, call.callee) : headers;
}

const BODIES = ["data", "json", "body", "form", "searchParams"] as const;

function bodyIn(options: Fields): Fields {
  // With `json: true` the body is another member.
  const isBody = (name: string): boolean =>
    options.members.get(name)?.some(({ place }) => bare(place.node).type !== "Literal") ?? false;
  const name = BODIES.find(isBody);
  return name === undefined ? { ...NOTHING, open: options.open } : fieldsAt(options, name);
}

const BASES = ["baseURL", "prefixUrl", "baseUrl"] as const;

function baseOf(instance: Instance | undefined): string | undefined {
  return instance && urlAt(instance.settings, BASES);
}

function urlAt({ members }: Fields, names: readonly string[]): string | undefined {
  const place = names.flatMap((name) => members.get(name) ?? [])[0]?.place;
  return place && urlOf(place.node, place.flow);
}
