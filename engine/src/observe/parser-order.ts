import type { Flow } from "../flow/flow.ts";
import type { Place } from "../flow/link.ts";
import { type Node, rangeOf } from "../flow/tree.ts";
import { parserOf } from "./parsers.ts";
import { type LateParser, repairOrder } from "./repairs/parser-order.ts";
import type { Found } from "./signed-payload.ts";
import { definitionOf } from "./webhooks/frameworks/definitions.ts";
import { covers, joined } from "./webhooks/frameworks/paths.ts";
import { type Registration, registrationsOf } from "./webhooks/frameworks/registrations.ts";
import { isConditional, surelyBefore } from "./webhooks/frameworks/sequence.ts";
import { isSame, routerIn } from "./webhooks/frameworks/ways.ts";

/**
 * An Express app parses JSON for every route before the route that wants raw bytes gets its turn: the raw parser
 * finds the body already read. Seen from the file that mounts the JSON parser; the routers that it mounts may stand in
 * other files.
 */
export function* observeParserOrder(flow: Flow): Generator<Found> {
  const registrations = registrationsOf(flow);
  for (const registration of registrations) {
    const parser = registration.handlers.find((node) => parsesEverything(node, flow));
    if (!parser || registration.method !== "use" || isConditional(registration.call, flow)) continue;
    const late = lateParserOf(registration, registrations, flow);
    if (!late) continue;
    const range = rangeOf(parser);
    const steps = [{ range: rangeOf(late.shown), note: late.note }];
    yield {
      node: parser,
      observation: {
        kind: "signed-payload",
        provider: undefined,
        range,
        raw: { answer: "no", range, steps },
        shape: "parser-before-raw-route",
        repairs: repairOrder(registration, parser, late),
      },
    };
  }
}

/** Without a callback that can keep the bytes, and without a type that may leave webhooks out. */
function parsesEverything(node: Node, flow: Flow): boolean {
  const parser = parserOf(node, flow);
  return parser?.kind === "json" && !parser.keeps && !parser.selects;
}

interface RawParser extends LateParser {
  /** In the file that is looked at. */
  readonly shown: Node;
  readonly note: string;
}

function lateParserOf(
  json: Registration,
  registrations: readonly Registration[],
  flow: Flow,
): RawParser | undefined {
  const { path } = json;
  if (path === undefined) return undefined;
  const peers = registrations.filter(({ target }) => isSame(target, json.target));
  for (const other of peers) {
    if (!surelyBefore(json.call, other.call, flow)) continue;
    const late = rawParsersOf(other, 0).find(
      (raw) => covers(path, raw.path) && !isReadBefore(raw.path, peers, json),
    );
    if (late) return late;
  }
  return undefined;
}

/** A raw parser that may have had its turn before leaves the JSON parser nothing to read. */
function isReadBefore(path: string, peers: readonly Registration[], json: Registration): boolean {
  return peers.some(
    (other) =>
      other !== json &&
      (other.path === undefined || covers(other.path, path)) &&
      !surelyBefore(json.call, other.call, json.flow) &&
      other.handlers.some((node) => mayReadBytes(node, json.flow)),
  );
}

function mayReadBytes(node: Node, flow: Flow): boolean {
  const parser = parserOf(node, flow);
  return parser ? parser.kind === "bytes" : /raw/i.test(flow.module.text.slice(...node.range));
}

/** Routers that routers mount are followed so far. */
const DEPTH = 3;

/** The raw parsers that a registration runs: its own, and those of the routers that it mounts. */
function rawParsersOf({ path, method, handlers, flow }: Registration, depth: number): readonly RawParser[] {
  if (path === undefined) return [];
  return handlers.flatMap((node): readonly RawParser[] => {
    const made = rawParserAt(node, flow);
    if (made) return [{ path, method, made, shown: node, note: "this raw parser comes too late" }];
    const router = depth < DEPTH ? definitionOf(routerIn(node), flow) : undefined;
    if (!router || !/^(?:CallExpression|NewExpression)$/.test(router.node.type)) return [];
    return registrationsOf(router.flow)
      .filter(({ target }) => isSame(target, router))
      .flatMap((inner) => rawParsersOf(inner, depth + 1))
      .map((raw) => ({
        ...raw,
        path: joined(path, raw.path),
        shown: router.flow === flow ? raw.shown : node,
        note: router.flow === flow ? raw.note : "a raw parser that is mounted here comes too late",
      }));
  });
}

/** A raw parser that reads JSON; one for pictures or archives does not meet what a JSON parser has read. */
function rawParserAt(node: Node, flow: Flow): Place | undefined {
  const parser = parserOf(node, flow);
  return parser?.kind === "bytes" && !parser.selects ? definitionOf(node, flow) : undefined;
}
