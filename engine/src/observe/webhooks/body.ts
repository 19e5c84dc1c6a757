import type { Flow } from "../../flow/flow.ts";
import { type FunctionNode, isFunction, type Node } from "../../flow/tree.ts";
import { type Parser, parserOf } from "../parsers.ts";
import { nestAppAround } from "./frameworks/nest-app.ts";
import { handlersOf } from "./handlers.ts";
import type { Handler, Stage } from "./handler.ts";

/**
 * What the body of a request surely is when a handler is given it: the bytes that were received, or what a parser made
 * of them. Unknown wherever something that is not seen may read it first.
 */
export function bodyGivenTo(handler: Handler): "bytes" | "parsed" | "unknown" {
  switch (handler.framework) {
    case "express":
      return ofParser(bodyParserOf(handler));
    case "fastify":
      return handler.complete && handler.mountedBy?.every(parsesByItself) ? "parsed" : "unknown";
    case "nestjs":
      return isParsedByNest(handler) ? "parsed" : "unknown";
    // Firebase and Google parse before any function is called, and keep the bytes beside.
    case "firebase":
      return "parsed";
    case "next-pages":
    case "vercel":
      return handler.complete && !OWN_PARSER.test(handler.flow.module.text) ? "parsed" : "unknown";
    default:
      return "unknown";
  }
}

/**
 * Whether a function is a handler that is surely given its body parsed. Not where a raw parser comes too late for it:
 * that is told of the parser that came first.
 */
export function isGivenParsed(fn: FunctionNode, flow: Flow): boolean {
  const handler = handlersOf(flow).find((each) => each.fn === fn);
  if (!handler || bodyGivenTo(handler) !== "parsed") return false;
  const parsers = handler.before.flatMap(({ node, flow: of }) => parserOf(node, of) ?? []);
  const isLate = parsers.some(({ kind, selects }) => kind === "bytes" && !selects);
  return !isLate || parsers.some(({ kind, keeps }) => kind === "json" && keeps);
}

/** What a file would do that gets at the bytes in spite of its framework, or sets up a parser of its own. */
const OWN_PARSER = /bodyParser|express|micro\b|\braw|\.request\.body\s*=[^=]/i;

/** What reads the body of an Express handler's requests: the first parser that takes JSON in. */
export interface BodyParser {
  readonly stage: Stage;
  readonly parser: Parser;
}

/** Undefined where there is none, or something else may come first. */
export function bodyParserOf({ before }: Handler): BodyParser | undefined {
  for (const stage of before) {
    const parser = parserOf(stage.node, stage.flow);
    if (parser?.kind === "form") continue;
    if (!parser && !mayRead(stage)) continue;
    return !parser || stage.unsure || parser.selects ? undefined : { stage, parser };
  }
  return undefined;
}

function ofParser(found: BodyParser | undefined): "bytes" | "parsed" | "unknown" {
  if (found?.parser.kind === "json") return "parsed";
  return found ? "bytes" : "unknown";
}

const READS =
  /rawBody|getRawBody|\bon\(\s*["'](?:data|readable)|\.body\s*=[^=]|\b_body\b|\b(?:json|raw|text)\(/;

/** Whether a middleware of one's own may read the body, or set it; what is not seen may do so. */
function mayRead({ node, flow }: Stage): boolean {
  const { root } = flow.resolve(node);
  if (
    /raw|body|buffer|stream/i.test(
      flow.module.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 80)),
    )
  )
    return true;
  const place = isFunction(node) ? { flow, node } : flow.place(flow.resolve(node));
  if (place && isFunction(place.node)) return READS.test(textOf(place.node, place.flow));
  return !(root.kind === "import" && !/^[.@~#]*\//.test(root.module));
}

function textOf(node: Node, flow: Flow): string {
  return flow.module.text.slice(...node.range);
}

/** Fastify parses JSON unless it is told otherwise, here or by a plugin. */
function parsesByItself({ module: { text } }: Flow): boolean {
  return (
    !/ContentTypeParser|raw-?body|preParsing|\bautoload\b/i.test(text) &&
    !/register\(\s*(?:await\s+)?import\(/.test(text)
  );
}

/** NestJS parses JSON unless the app says otherwise; `rawBody: true` keeps the bytes beside. */
function isParsedByNest({ flow, complete, before }: Handler): boolean {
  const { bootstraps, files } = nestAppAround(flow);
  if (!complete || bootstraps.length === 0) return false;
  const ownParser = files.some(({ module: { text } }) =>
    /bodyParser|body-parser|\braw\(|useBodyParser|FastifyAdapter/.test(text),
  );
  return !ownParser && !before.some((stage) => parserOf(stage.node, stage.flow) ?? mayRead(stage));
}
