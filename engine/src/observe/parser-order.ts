import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { receiverOf } from "../flow/callee.ts";
import { bare, type Node, propertyName, rangeOf } from "../flow/tree.ts";
import type { Found } from "./signed-payload.ts";

/**
 * An Express app parses JSON for every route before the route that wants raw bytes gets its turn: the raw parser
 * finds the body already read. One app variable of one file; parsers mounted elsewhere are not seen.
 */
export function* observeParserOrder(flow: Flow): Generator<Found> {
  const registrations = registrationsOf(flow);
  for (const [at, parser] of registrations.entries()) {
    if (!parser.parses || parser.conditional) continue;
    const raw = registrations
      .slice(at + 1)
      .find((later) => later.raw && later.app === parser.app && covers(parser.path, later.path));
    if (!raw || isRawBefore(registrations.slice(0, at), raw)) continue;
    const range = rangeOf(parser.parses);
    yield {
      node: parser.parses,
      observation: {
        kind: "signed-payload",
        provider: undefined,
        range,
        raw: {
          answer: "no",
          range,
          steps: [{ range: rangeOf(raw.raw!), note: "this raw parser comes too late" }],
        },
        shape: "parser-before-raw-route",
      },
    };
  }
}

/** A raw parser that has had its turn leaves the JSON parser nothing to read. */
function isRawBefore(earlier: readonly Registration[], { app, path }: Registration): boolean {
  return earlier.some((other) => other.raw && other.app === app && covers(other.path, path));
}

interface Registration {
  /** The variable or expression that the middleware is mounted on, as text. */
  readonly app: string;
  readonly path: string;
  readonly parses: Node | undefined;
  readonly raw: Node | undefined;
  readonly conditional: boolean;
}

function registrationsOf(flow: Flow): Registration[] {
  return flow.tree.all("CallExpression").flatMap((call): Registration[] => {
    const receiver = receiverOf(call);
    if (!receiver || !/^(?:use|all|post|put)$/.test(receiver.method)) return [];
    const app = bare(receiver.object);
    if (app.type !== "Identifier") return [];
    const [first, ...rest] = call.arguments;
    const path = first ? flow.constant(first) : undefined;
    const handlers = typeof path === "string" ? rest : call.arguments;
    return [
      {
        app: app.name,
        path: typeof path === "string" ? path : "/",
        parses:
          receiver.method === "use" ? handlers.find((handler) => isJsonParser(handler, flow)) : undefined,
        raw: handlers.find((handler) => isRawParser(handler, flow)),
        conditional: isConditional(call, flow),
      },
    ];
  });
}

function isJsonParser(node: Node, flow: Flow): boolean {
  const call = parserCall(node, flow);
  if (!call || !/^(?:express:json|body-parser:json|body-parser)(?:\(\)|:call\(\))$/.test(call.name))
    return false;
  const [options] = call.node.arguments;
  // A verify callback is given the bytes and can keep them; a type may leave webhooks out.
  return !options || (options.type === "ObjectExpression" && !options.properties.some(keepsOrSelects));
}

function keepsOrSelects(property: TSESTree.ObjectLiteralElement): boolean {
  return property.type === "SpreadElement" || ["verify", "type"].includes(propertyName(property) ?? "");
}

/** A raw parser that reads JSON; one for pictures or archives does not meet what a JSON parser has read. */
function isRawParser(node: Node, flow: Flow): boolean {
  const call = parserCall(node, flow);
  if (!call || !/^(?:express|body-parser):raw\(\)$/.test(call.name)) return false;
  const [options] = call.node.arguments;
  const type = options?.type === "ObjectExpression" ? options.properties.find(isType) : undefined;
  const value = type?.type === "Property" ? flow.constant(type.value) : undefined;
  return typeof value !== "string" || /json|^\*\/\*$|^application\/\*$/.test(value);
}

function isType(property: TSESTree.ObjectLiteralElement): boolean {
  return property.type === "Property" && propertyName(property) === "type";
}

function parserCall(node: Node, flow: Flow): { node: TSESTree.CallExpression; name: string } | undefined {
  for (const { origin } of flow.traces(node)) {
    if (origin.kind !== "named" || origin.node.type !== "CallExpression" || origin.name === undefined)
      continue;
    return { node: origin.node, name: origin.name };
  }
  return undefined;
}

/** Mounted in a branch or a callback, a parser may not run for the webhook. */
function isConditional(call: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(call); up; up = flow.tree.parentOf(up)) {
    if (/^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchCase)$/.test(up.type)) return true;
  }
  return false;
}

/** Whether what is mounted under one path also runs for another. */
function covers(outer: string, inner: string): boolean {
  const prefix = outer.replace(/\/+$/, "");
  return prefix === "" || inner === prefix || inner.startsWith(`${prefix}/`);
}
