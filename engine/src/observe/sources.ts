import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { callsOf, type Meaning, membersOf, nameOf } from "../flow/meaning.ts";
import { calledName } from "../flow/callee.ts";
import type { Origin } from "../flow/origin.ts";
import { type Node, propertyName } from "../flow/tree.ts";
import { namesSignature, wordsOf } from "./names.ts";

export type RequestPart = "body" | "raw-body" | "header" | "query" | "path" | "cookie" | "form" | "whole";

/** What an origin is in a program that serves requests. */
export type Source =
  | { readonly kind: "request"; readonly part: RequestPart; readonly field: string | undefined }
  | { readonly kind: "environment"; readonly name: string | undefined }
  | { readonly kind: "literal"; readonly value: unknown }
  /** A parameter of a function whose callers stand elsewhere; `name` is the last name the value goes by. */
  | { readonly kind: "parameter"; readonly name: string | undefined }
  /** Anything else with a name: a library's answer, an imported value, a look-up. */
  | { readonly kind: "other"; readonly name: string | undefined }
  | { readonly kind: "unknown" };

/** Says what an origin is: which part of a request, the environment, a helper's parameter. */
export function sourceOf(origin: Origin, flow: Flow): Source {
  switch (origin.kind) {
    case "literal":
      return { kind: "literal", value: origin.value };
    case "environment":
      return { kind: "environment", name: origin.name };
    case "named":
      return (
        requestSource(origin.meaning, flow) ??
        takenApart(origin.meaning, flow) ??
        namedSource(origin.meaning, origin.name)
      );
    default:
      return { kind: "unknown" };
  }
}

function namedSource(meaning: Meaning, name: string | undefined): Source {
  const last = membersOf(meaning).findLast((member) => member !== undefined);
  if (meaning.root.kind !== "parameter" || callsOf(meaning).length > 0)
    return { kind: "other", name: last ?? name };
  return { kind: "parameter", name: last ?? parameterName(meaning) };
}

/** Whether a value was sent by somebody, as far as it shows here: a request's, a helper's parameter, a signature. */
export function isReceived(source: Source): boolean {
  if (source.kind === "request" || source.kind === "parameter") return true;
  // A hash that a look-up answers is more often one that was stored.
  return (
    source.kind === "other" && namesSignature(source.name) && !/hash|digest|checksum/i.test(source.name ?? "")
  );
}

/** Which part of a request a meaning is, when it is one. */
function requestSource(meaning: Meaning, flow: Flow): (Source & { kind: "request" }) | undefined {
  const { root } = meaning;
  if (root.kind === "import") return nextHeaders(meaning, flow) ?? readByCall(meaning, flow);
  if (root.kind === "global") return queryOfUrl(meaning, flow) ?? readByCall(meaning, flow);
  if (root.kind !== "parameter") return undefined;
  const decorated = decoratedPart(root.function.params[root.index], meaning);
  if (decorated) return decorated;
  if (!isRequest(meaning)) return undefined;
  const way = nameOf(meaning)!.replace(/^#\d+(?:\.switchToHttp\(\)\.getRequest\(\))?/, "");
  const part = PARTS.find(([pattern]) => pattern.test(way))?.[1];
  if (part === undefined) return undefined;
  return {
    kind: "request",
    part: isLambdaBody(meaning, part) ? "raw-body" : part,
    field: fieldOf(meaning, flow),
  };
}

const TAKES_APART = new Set([
  "parse",
  "parts",
  "split",
  "extract",
  "decode",
  "read",
  "header",
  "signature",
  "pick",
]);

/** A header that a function of another file takes apart: `signatureParts(req.get("paymongo-signature")).li`. */
function takenApart(meaning: Meaning, flow: Flow): (Source & { kind: "request" }) | undefined {
  for (const call of callsOf(meaning)) {
    if (!wordsOf(calledName(call) ?? "").some((word) => TAKES_APART.has(word))) continue;
    for (const { origin } of call.arguments.flatMap((argument) => flow.traces(argument))) {
      const source = origin.kind === "named" ? requestSource(origin.meaning, flow) : undefined;
      if (source?.part === "header") return source;
    }
  }
  return undefined;
}

/** The ways into a request in Express, Koa, Fastify, Hono, Next.js, Lambda and on the web's own Request. */
const PARTS: readonly (readonly [RegExp, RequestPart])[] = [
  [/^(?:\.(?:req|request))?\.(?:rawBody|textBody)\b/, "raw-body"],
  [/^(?:\.(?:req|request|raw|clone\(\)))*\.(?:text|arrayBuffer|blob|bytes)\(\)/, "raw-body"],
  [/^(?:\.(?:req|request|raw|clone\(\)))*\.json\(\)/, "body"],
  [/^\.req\.(?:valid|parseBody)\(\)/, "body"],
  [/^(?:\.(?:req|request))?\.formData\(\)/, "form"],
  [/^(?:\.(?:req|request))?\.body\b/, "body"],
  [/^(?:\.(?:req|request|ctx|raw))*\.(?:headers?|multiValueHeaders)\b/, "header"],
  [/^(?:\.(?:req|request))?\.get\(\)/, "header"],
  [/^(?:\.(?:req|request))?\.(?:query|searchParams|nextUrl\.searchParams|queryStringParameters)\b/, "query"],
  [/^(?:\.(?:req|request))?\.(?:params?|pathParameters)\b/, "path"],
  [/^(?:\.(?:req|request))?\.(?:cookies|signedCookies)\b/, "cookie"],
];

const REQUEST_NAME = /^_*(?:\w*req|\w*request|ctx|context|c|event|evt|e)$/i;
const REQUEST_TYPE = /Request|Context|Action(?:Function)?Args|APIGateway\w*Event|HandlerEvent$/;

function isRequest(meaning: Meaning): boolean {
  if (meaning.root.kind !== "parameter") return false;
  const parameter = plain(meaning.root.function.params[meaning.root.index]);
  // `({ request }) => …`, `({ req, res }) => …`: what is taken out of the one object names itself.
  if (parameter?.type === "ObjectPattern") return namesOfRequest(parameter).test(membersOf(meaning)[0] ?? "");
  if (parameter?.type !== "Identifier") return false;
  return REQUEST_NAME.test(parameter.name) || REQUEST_TYPE.test(typeName(parameter) ?? "");
}

/** A request taken apart has headers; a body beside them is its own. */
function namesOfRequest({ properties }: TSESTree.ObjectPattern): RegExp {
  const hasHeaders = properties.some((each) => each.type === "Property" && propertyName(each) === "headers");
  return hasHeaders ? /^(?:req|request|headers|rawBody|body)$/ : /^(?:req|request|headers|rawBody)$/;
}

function isLambdaBody(meaning: Meaning, part: RequestPart): boolean {
  return (
    part === "body" &&
    /^(?:event|evt|e)$/.test(parameterName(meaning) ?? "") &&
    membersOf(meaning).length === 1
  );
}

/** NestJS: `@Body() body`, `@Headers("x-signature") signature`, `@Req() request`. */
const DECORATED: Readonly<Record<string, RequestPart>> = {
  Body: "body",
  RawBody: "raw-body",
  Headers: "header",
  Query: "query",
  Param: "path",
  Cookies: "cookie",
};

function decoratedPart(
  parameter: TSESTree.Parameter | undefined,
  meaning: Meaning,
): (Source & { kind: "request" }) | undefined {
  const decorators =
    (parameter as { decorators?: readonly TSESTree.Decorator[] } | undefined)?.decorators ?? [];
  for (const { expression } of decorators) {
    const callee = expression.type === "CallExpression" ? expression.callee : expression;
    if (callee.type !== "Identifier" || !Object.hasOwn(DECORATED, callee.name)) continue;
    const first = expression.type === "CallExpression" ? expression.arguments[0] : undefined;
    const named = first?.type === "Literal" && typeof first.value === "string" ? first.value : undefined;
    const last = membersOf(meaning).findLast((member) => member !== undefined);
    return { kind: "request", part: DECORATED[callee.name]!, field: last ?? named };
  }
  return undefined;
}

/** Functions that are handed a request, or Nitro's event, and read a part of it, as nameOf() writes them. */
const READERS: readonly (readonly [RegExp, RequestPart])[] = [
  [/^(?:h3:)?readRawBody\(\)$/, "raw-body"],
  [/^(?:micro:(?:buffer|text)|stream\/consumers:(?:buffer|text|arrayBuffer)|raw-body:call)\(\)/, "raw-body"],
  [/^(?:(?:h3:)?readBody|micro:json|stream\/consumers:json)\(\)/, "body"],
  [/^(?:h3:)?(?:getHeader|getRequestHeader|getHeaders|getRequestHeaders)\(\)/, "header"],
  [/^(?:h3:)?getQuery\(\)/, "query"],
];

function readByCall(meaning: Meaning, flow: Flow): (Source & { kind: "request" }) | undefined {
  const name = nameOf(meaning) ?? "";
  const part = READERS.find(([pattern]) => pattern.test(name))?.[1];
  const call = part && callsOf(meaning)[0];
  const [request, named] = call?.arguments ?? [];
  if (!part || !request || !isRequest(flow.resolve(request))) return undefined;
  const field = named && flow.constant(named);
  return { kind: "request", part, field: typeof field === "string" ? field : fieldOf(meaning, flow) };
}

/** Next.js hands out a request's headers by a function: `(await headers()).get("x-signature")`. */
function nextHeaders(meaning: Meaning, flow: Flow): (Source & { kind: "request" }) | undefined {
  const name = nameOf(meaning);
  if (name?.startsWith("next/headers:headers()")) {
    return { kind: "request", part: "header", field: fieldOf(meaning, flow) };
  }
  return name?.startsWith("next/headers:cookies()")
    ? { kind: "request", part: "cookie", field: fieldOf(meaning, flow) }
    : undefined;
}

/** The web's own Request says what was asked for in its address: `new URL(request.url).searchParams.get("token")`. */
function queryOfUrl(meaning: Meaning, flow: Flow): (Source & { kind: "request" }) | undefined {
  const [made] = meaning.path;
  if (!nameOf(meaning)?.startsWith("URL.new().searchParams") || made?.kind !== "new") return undefined;
  const [address] = made.node.arguments;
  const isOfRequest = address && /^#\d+(?:\.req|\.request)?\.url$/.test(flow.name(address) ?? "");
  return isOfRequest ? { kind: "request", part: "query", field: fieldOf(meaning, flow) } : undefined;
}

/** The field asked for: `headers["x-sig"]`, `headers.get("x-sig")`, `body.data.id`. */
function fieldOf(meaning: Meaning, flow: Flow): string | undefined {
  const last = meaning.path.at(-1);
  if (last?.kind === "call") {
    const argument = last.node.arguments[0];
    const value = argument && flow.constant(argument);
    return typeof value === "string" ? value : undefined;
  }
  return last?.kind === "member" ? last.name : undefined;
}

function parameterName(meaning: Meaning): string | undefined {
  if (meaning.root.kind !== "parameter") return undefined;
  const parameter = plain(meaning.root.function.params[meaning.root.index]);
  return parameter?.type === "Identifier" ? parameter.name : undefined;
}

function typeName(parameter: TSESTree.Identifier): string | undefined {
  const type = parameter.typeAnnotation?.typeAnnotation;
  if (type?.type !== "TSTypeReference") return undefined;
  return type.typeName.type === "Identifier"
    ? type.typeName.name
    : type.typeName.type === "TSQualifiedName"
      ? type.typeName.right.name
      : undefined;
}

function plain(parameter: TSESTree.Parameter | undefined): Node | undefined {
  if (parameter?.type === "TSParameterProperty") return plain(parameter.parameter);
  return parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
}
