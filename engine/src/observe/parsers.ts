import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { type Node, propertyName } from "../flow/tree.ts";
import { valueOf } from "./objects.ts";
import { definitionOf } from "./webhooks/frameworks/definitions.ts";

/** A middleware that reads the body of a request: Express's own ones, and those of the package body-parser. */
export interface Parser {
  readonly kind: "json" | "bytes" | "form";
  /** Whether a callback is given the bytes, which can keep them. */
  readonly keeps: boolean;
  /** Whether it leaves some requests that carry JSON to others. */
  readonly selects: boolean;
}

const PARSER = /^(?:express|body-parser):(json|raw|text|urlencoded)\(\)$|^body-parser(?:\(\)|:call\(\))$/;

/** The parser that an expression makes or names, in whichever file. */
export function parserOf(node: Node, flow: Flow): Parser | undefined {
  const place = definitionOf(node, flow);
  if (place?.node.type !== "CallExpression") return undefined;
  const [match, kind = "json"] = PARSER.exec(place.flow.name(place.node) ?? "") ?? [];
  if (match === undefined) return undefined;
  const options = optionsOf(place.node, place.flow);
  const type = typeIn(options, place.flow);
  const keeps = options === undefined || options.has("verify");
  if (kind === "json") return { kind, keeps, selects: type !== "none" && type !== "json" };
  if (kind === "urlencoded" || (kind === "text" && type === "none"))
    return { kind: "form", keeps, selects: true };
  return { kind: "bytes", keeps, selects: type === "other" };
}

/** Undefined where they are not seen whole. */
function optionsOf(
  { arguments: [first] }: TSESTree.CallExpression,
  flow: Flow,
): ReadonlyMap<string, Node> | undefined {
  const options = first && valueOf(first, flow);
  const found = new Map<string, Node>();
  if (options && options.type !== "ObjectExpression") return undefined;
  for (const each of options?.properties ?? []) {
    const name = each.type === "Property" ? propertyName(each) : undefined;
    if (each.type !== "Property" || name === undefined) return undefined;
    found.set(name, each.value);
  }
  return found;
}

/** What a parser's `type` takes in: a function, or a type of the run, may leave anything out. */
function typeIn(
  options: ReadonlyMap<string, Node> | undefined,
  flow: Flow,
): "none" | "json" | "other" | "unknown" {
  if (!options) return "unknown";
  const type = options.get("type");
  if (!type) return "none";
  const value = valueOf(type, flow);
  const types = value.type === "ArrayExpression" ? value.elements : [value];
  const texts = types.map((each) => each && flow.constant(each));
  if (texts.some((text) => typeof text === "string" && JSON_TYPE.test(text))) return "json";
  return texts.every((text) => typeof text === "string") ? "other" : "unknown";
}

const JSON_TYPE = /^(?:application\/)?(?:json|\*)$|^\*\/\*$/;
