import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../flow/callee.ts";
import type { Place } from "../../flow/link.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import type { Repair } from "../observation.ts";
import type { Registration } from "../webhooks/frameworks/registrations.ts";
import { textOf } from "./modules.ts";
import { indentOf } from "./places.ts";

/** A raw parser that comes too late: what it is mounted as, and the call that makes it. */
export interface LateParser {
  readonly method: string;
  readonly path: string;
  readonly made: Place;
}

/** The raw parser of a route mounted in front of the JSON parser as well. `parser` is the JSON parser. */
export function repairOrder({ call, flow }: Registration, parser: Node, late: LateParser): readonly Repair[] {
  const statement = flow.tree.parentOf(call);
  const app = receiverOf(call)?.object;
  const module = parser.type === "CallExpression" ? receiverOf(parser)?.object : undefined;
  const raw = rawParser(late.made);
  if (statement?.type !== "ExpressionStatement" || app?.type !== "Identifier" || !module || !raw) return [];
  // What of a path varies is written so.
  if (/:param\b/.test(late.path)) return [];
  const line = `${app.name}.${late.method}(${JSON.stringify(late.path)}, ${textOf(module, flow)}.${raw});`;
  const start = statement.range[0];
  const text = `${line}\n${indentOf(statement, flow)}`;
  return [{ title: "Read the route's bytes first", edits: [{ range: { start, end: start }, text }] }];
}

/** `raw({ type: "application/json" })`; undefined where its options are not written out. */
function rawParser({ node, flow }: Place): string | undefined {
  const made = node.type === "CallExpression" ? receiverOf(node) : undefined;
  if (node.type !== "CallExpression" || !made || !/^(?:raw|text)$/.test(made.method)) return undefined;
  const [options, ...others] = node.arguments;
  if (others.length > 0 || (options && options.type !== "ObjectExpression")) return undefined;
  const properties = options?.properties ?? [];
  if (!properties.every(isWrittenOut)) return undefined;
  // By itself it reads no JSON.
  const isTyped = properties.some((each) => propertyName(each) === "type");
  const texts = properties.map((each) => textOf(each, flow));
  return `${made.method}({ ${[...(isTyped ? [] : [`type: "application/json"`]), ...texts].join(", ")} })`;
}

function isWrittenOut(property: TSESTree.ObjectLiteralElement): property is TSESTree.Property {
  if (property.type !== "Property" || property.computed) return false;
  const value = bare(property.value);
  const values = value.type === "ArrayExpression" ? value.elements : [value];
  return values.every((each) => each?.type === "Literal");
}
