import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import { asInstance, nameOf } from "../../flow/meaning.ts";
import { bare, isFunction, type Node } from "../../flow/tree.ts";
import { type Bound, type Fields, fieldsOf, valueOf } from "../objects.ts";
import { type OutgoingRequest, type Recogniser, requestOf, textOf } from "./request.ts";
import { mayAddKey, settingsOf } from "./instances.ts";
import { joined, urlOf } from "./url.ts";

/** What a callee is called, a parameter by the class that it is annotated with. */
export function calleeOf(call: TSESTree.CallExpression, flow: Flow): string {
  return nameOf(asInstance(flow.resolve(call.callee))) ?? "";
}

const FETCH =
  /^(?:fetch|(?:globalThis|window|self)\.fetch|(?:node-fetch|cross-fetch|undici|isomorphic-fetch|isomorphic-unfetch|ofetch)(?::fetch|:request|:\$fetch)?|(?:got|ky)(?:[:.](?:create|extend)\(\))?)$/;

/** `fetch(url, { method, headers, body })`, undici's `request`, `got(url, { method, json })`. */
export const byFetch: Recogniser = (call, flow, bound) => {
  const callee = calleeOf(call, flow);
  const [url, options] = call.arguments;
  if (!url || !FETCH.test(callee)) return undefined;
  const settings = settingsOf(call, flow);
  const fields = fieldsOf(options, flow, bound);
  const method = fields.values.get("method")?.[0];
  return requestOf(
    call,
    {
      method: method ? textOf(method, flow) : fields.open ? undefined : "GET",
      url: joined(baseOf(settings, flow), urlOf(url, flow, bound)),
      headers: headersIn(fields, settings),
      open: fields.open || mayAddKey(settings, flow),
      body: bodyIn(fields),
    },
    flow,
    bound,
  );
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
  const settings = settingsOf(call, flow);
  const bundled = /^(?:got|ky)\b/.test(callee);
  const options = fieldsOf(bundled || !/^(?:post|put|patch)$/.test(method) ? second : third, flow, bound);
  return requestOf(
    call,
    {
      method,
      url: joined(baseOf(settings, flow), urlOf(url, flow, bound)),
      headers: headersIn(options, settings),
      open: options.open || !CLIENT.test(callee) || mayAddKey(settings, flow),
      body: bundled ? bodyIn(options) : second,
    },
    flow,
    bound,
  );
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
  bound: Bound,
): OutgoingRequest | undefined {
  const options = fieldsOf(optionsIn(call, flow, bound), flow, bound);
  const url = options.values.get("url")?.[0] ?? options.values.get("uri")?.[0] ?? call.arguments[0];
  return requestOf(
    call,
    {
      method,
      url: urlOf(url!, flow, bound),
      headers: headersIn(options, undefined),
      open: options.open,
      body: bodyIn(options),
    },
    flow,
    bound,
  );
}

const CONFIGURED =
  /^(?:axios(?:[:.](?:default\.)?request|[:.]create\(\)(?:\.request)?)?|request|request-promise|request-promise-native|@nestjs\/(?:axios|common):HttpService\.new\(\)\.(?:request|axiosRef(?:\.request)?)|undici:(?:Client|Pool)\.new\(\)\.request|(?:\$|jQuery)\.ajax|jquery:ajax)$/;

/** `axios({ method, url, data, headers })`, `axios(url, { method, data })`, `$.ajax({ type, url, data })`. */
export const byConfig: Recogniser = (call, flow, bound) => {
  if (!CONFIGURED.test(calleeOf(call, flow))) return undefined;
  const [first] = call.arguments;
  const config = optionsIn(call, flow, bound);
  if (!first || !config) return undefined;
  const settings = settingsOf(call, flow);
  const fields = fieldsOf(config, flow, bound);
  const url = fields.values.get("url") ?? fields.values.get("uri") ?? fields.values.get("path");
  const target = config === first ? url?.[0] : first;
  if (!target) return undefined;
  const method = fields.values.get("method")?.[0] ?? fields.values.get("type")?.[0];
  return requestOf(
    call,
    {
      method: method ? textOf(method, flow) : fields.open ? undefined : "GET",
      url: joined(baseOf(fields, flow) ?? baseOf(settings, flow), urlOf(target, flow, bound)),
      headers: headersIn(fields, settings),
      open: fields.open || mayAddKey(settings, flow),
      body: bodyIn(fields),
    },
    flow,
    bound,
  );
};

/** `needle("post", url, data, { headers })`, `$.post(url, data)`. */
export const byPosition: Recogniser = (call, flow, bound) => {
  const callee = calleeOf(call, flow);
  const named = callee === "needle";
  if (!named && !/^(?:(?:\$|jQuery)\.post|jquery:post)$/.test(callee)) return undefined;
  const [url, body, options] = named ? call.arguments.slice(1) : call.arguments;
  if (!url) return undefined;
  const fields = fieldsOf(named ? options : undefined, flow, bound);
  return requestOf(
    call,
    {
      method: named ? textOf(call.arguments[0], flow) : "POST",
      url: urlOf(url, flow, bound),
      headers: headersIn(fields, undefined),
      open: fields.open,
      body: body && isFunction(bare(body)) ? undefined : body,
    },
    flow,
    bound,
  );
};

/** The object of options, before which a URL may stand and after which a callback. */
export function optionsIn(call: TSESTree.CallExpression, flow: Flow, bound: Bound): Node | undefined {
  const [first, second] = call.arguments;
  const isFirst = !second || (first && fieldsOf(first, flow, bound).values.size > 0);
  return isFirst ? first : second;
}

function headersIn(options: Fields, settings: Fields | undefined): readonly Node[] {
  return [...(options.values.get("headers") ?? []), ...(settings?.values.get("headers") ?? [])];
}

const BODIES = ["data", "json", "body", "form", "searchParams"] as const;

function bodyIn({ values }: Fields): Node | undefined {
  // With `json: true` the body is another member.
  return BODIES.map((name) => values.get(name)?.[0]).find((node) => node && bare(node).type !== "Literal");
}

function baseOf(settings: Fields | undefined, flow: Flow): string | undefined {
  const base = ["baseURL", "prefixUrl", "baseUrl"]
    .map((name) => settings?.values.get(name)?.[0])
    .find(Boolean);
  return base && urlOf(base, flow);
}
