import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { bare, isWithin, type Node, rangeOf } from "../../../flow/tree.ts";
import type { Edit } from "../../observation.ts";
import { actedOnBefore } from "../../webhooks/parsed-first.ts";
import { textOf } from "../modules.ts";
import { indentOf } from "../places.ts";
import type { RawBody } from "./raw.ts";
import type { Reading } from "./reading.ts";

/** The web's own Request: its text is read once, checked, and parsed where it is needed first. */
export function rawOfWeb({ kind, node, site }: Reading, flow: Flow): RawBody | undefined {
  const read = flow.tree.parentOf(node);
  if (kind !== "json" || node.type !== "CallExpression" || read?.type !== "AwaitExpression") return undefined;
  if (actedOnBefore(site, flow)) return undefined;
  const title = "Read the body as text, verify it, then parse it";
  const text = asText(read, node, flow);
  if (isWithin(read, site)) return { title, expression: text, isBytes: false, edits: [] };
  const declaration = declarationOf(read, flow);
  const name = declaration && freeWord(flow);
  if (!declaration || !name) return undefined;
  const parsed = `JSON.parse(${name})${typeOf(node, flow)}`;
  const edits = rewritten(declaration, read, { name, text, parsed }, site, flow);
  return { title, expression: name, isBytes: false, edits };
}

/** `await request.text()` of `await request.json()`. */
function asText(read: Node, call: TSESTree.CallExpression, flow: Flow): string {
  const { property } = bare(call.callee) as TSESTree.MemberExpression;
  return `${flow.module.text.slice(read.range[0], property.range[0])}text()`;
}

/** What the body is said to be: `request.json<Event>()`. */
function typeOf({ typeArguments }: TSESTree.CallExpression, flow: Flow): string {
  const type = typeArguments?.params[0];
  return type ? ` as ${textOf(type, flow)}` : "";
}

interface Declaration {
  readonly statement: TSESTree.VariableDeclaration;
  readonly declarator: TSESTree.VariableDeclarator;
  readonly id: TSESTree.Identifier;
  readonly block: TSESTree.BlockStatement;
}

/** `const body = await request.json();` */
function declarationOf(read: Node, flow: Flow): Declaration | undefined {
  let declarator = flow.tree.parentOf(read);
  while (declarator && /^TS(?:As|NonNull|Satisfies)Expression$/.test(declarator.type))
    declarator = flow.tree.parentOf(declarator);
  const statement = declarator && flow.tree.parentOf(declarator);
  const block = statement && flow.tree.parentOf(statement);
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return undefined;
  if (statement?.type !== "VariableDeclaration" || statement.declarations.length > 1) return undefined;
  return block?.type === "BlockStatement" ? { statement, declarator, id: declarator.id, block } : undefined;
}

function rewritten(
  { statement, declarator, id, block }: Declaration,
  read: Node,
  { name, text, parsed }: Readonly<Record<"name" | "text" | "parsed", string>>,
  site: Node,
  flow: Flow,
): readonly Edit[] {
  const end = textOf(statement, flow).endsWith(";") ? ";" : "";
  const edits: Edit[] = [{ range: rangeOf(statement), text: `const ${name} = ${text}${end}` }];
  const first = firstUse(id, block, site, flow);
  if (!first) return edits;
  const [from, to] = declarator.init!.range;
  const before = flow.module.text.slice(from, read.range[0]);
  const after = flow.module.text.slice(read.range[1], to);
  const value = `${before}${parsed}${after}`.replace(`(${parsed})`, parsed);
  const line = `${statement.kind} ${textOf(id, flow)} = ${value}${end}`;
  const start = first.range[0];
  return [...edits, { range: { start, end: start }, text: `${line}\n${indentOf(first, flow)}` }];
}

/** The first statement of the block that needs the parsed body. */
function firstUse(
  id: TSESTree.Identifier,
  block: TSESTree.BlockStatement,
  site: Node,
  flow: Flow,
): Node | undefined {
  const uses = (flow.scopes.variableOf(id)?.references ?? []).filter(
    ({ identifier, init }) => !init && !isWithin(identifier as Node, site),
  );
  return block.body.find((statement) =>
    uses.some(({ identifier }) => isWithin(identifier as Node, statement)),
  );
}

const NAMES = ["payload", "rawBody", "rawPayload", "receivedText"];

/** A name that the file has nowhere. */
function freeWord({ module: { text } }: Flow): string | undefined {
  return NAMES.find((name) => !new RegExp(`\\b${name}\\b`).test(text));
}
