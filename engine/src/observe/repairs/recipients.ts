import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import {
  bare,
  type FunctionNode,
  isFunction,
  isWithin,
  type Node,
  propertyName,
  rangeOf,
} from "../../flow/tree.ts";
import { wordsOf } from "../names.ts";
import type { Edit, Repair } from "../observation.ts";
import { isServerAction } from "../recipients/callers.ts";
import type { RecipientSink } from "../recipients/sinks.ts";
import type { SentWay } from "../recipients/ways.ts";
import { sourceOf } from "../sources.ts";
import { textOf } from "./modules.ts";
import { type LookUp, ownersLookUp } from "./saved-recipients.ts";
import { isReached } from "./scope.ts";

/** A recipient that the request decides, with its way. */
export interface SentRecipient {
  readonly sink: RecipientSink;
  readonly way: SentWay;
}

/** The name under which the request then says which saved account is meant. */
const ID = "payoutAccountId";
const ACCOUNT = "payoutAccount";

/**
 * A saved recipient, looked up by its id and its owner, in place of what the request says; none where the database, the
 * caller or a plain way from the request is not seen. `recipients` are all that one call is given.
 */
export function repairRecipients(recipients: readonly SentRecipient[], flow: Flow): readonly Repair[] {
  const [first] = recipients;
  const { call } = first!.sink;
  const statement = statementOf(call, flow);
  const fn = flow.tree.functionOf(call);
  const isTaken = flow.tree.all("Identifier").some(({ name }) => name === ID || name === ACCOUNT);
  if (!statement || !fn?.async || isTaken) return [];
  const user = callerAt(call, flow);
  const read = readOf(first!, flow);
  const lookUp =
    user &&
    read &&
    ownersLookUp({ id: read.id, owner: ownerColumn(user, flow), user: textOf(user, flow) }, flow);
  if (!lookUp) return [];
  const taken = parts(recipients).map((sink) => replaced(sink, lookUp, flow));
  const edits = [...read.edits, ...looked(lookUp, statement, fn, flow), ...taken];
  return taken.every(Boolean)
    ? [{ title: "Pay a saved account of the caller, looked up by its owner", edits: edits as Edit[] }]
    : [];
}

/** The recipients by their values; where one holds another, what is held. */
function parts(recipients: readonly SentRecipient[]): readonly RecipientSink[] {
  const sinks = [...new Map(recipients.map(({ sink }) => [sink.value, sink])).values()];
  return sinks.filter(
    ({ value }) => !sinks.some((other) => other.value !== value && isWithin(other.value, value)),
  );
}

/** The statement of a call, where another one can stand before it. */
function statementOf(call: Node, flow: Flow): Node | undefined {
  for (let node = call, up = flow.tree.parentOf(call); up; node = up, up = flow.tree.parentOf(up)) {
    if (isFunction(up)) return undefined;
    if (up.type === "BlockStatement" || up.type === "SwitchCase") return node;
  }
  return undefined;
}

const CALLER =
  /^(?:(?:req|request|ctx|c|context|event)\.(?:(?:state|session|auth|locals|var)\.)?)?(?:session\.user|user|currentUser|auth|me|merchant|seller|customer|owner)\.(?:_?id|userId|uid|sub)$|^(?:req|request|ctx)\.(?:userId|uid)$|^(?:user|merchant|seller|customer|owner)Id$/;

/** The id of whoever asks, as code in the reach of a call spells it, and the request does not. */
function callerAt(call: Node, flow: Flow): Node | undefined {
  const nodes: Node[] = [...flow.tree.all("MemberExpression"), ...flow.tree.all("Identifier")];
  return nodes.find((node) => {
    const text = textOf(node, flow).replaceAll(/[?!]/g, "");
    return CALLER.test(text) && isRead(node, flow) && isReached(node, call, flow) && !isSent(node, flow);
  });
}

/** Whether an expression is read, and as a whole. */
function isRead(node: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(node);
  if (up?.type === "Property")
    return up.value === node && flow.tree.parentOf(up)?.type === "ObjectExpression";
  if (up?.type === "MemberExpression") return false;
  return (
    !(up?.type === "AssignmentExpression" && up.left === node) &&
    up?.type !== "VariableDeclarator" &&
    !(up && isFunction(up))
  );
}

function isSent(node: Node, flow: Flow): boolean {
  return flow.traces(node).some(({ origin }) => sourceOf(origin, flow).kind === "request");
}

/** The column of an owner: the one that the file compares with the caller elsewhere, else one named after the caller. */
function ownerColumn(user: Node, flow: Flow): string {
  const text = textOf(user, flow);
  const column = flow.tree
    .all("Property")
    .filter(({ value }) => textOf(value, flow) === text)
    .map((property) => propertyName(property) ?? "")
    .find((name) => /^\w*(?:Id|owner|user)$/.test(name));
  if (column !== undefined) return column;
  const words = wordsOf(text.replaceAll(/[?!.]/g, "_"));
  const noun = ["merchant", "seller", "customer", "owner"].find((word) => words.includes(word)) ?? "user";
  return `${noun}Id`;
}

interface Read {
  /** The expression of the saved account's id. */
  readonly id: string;
  readonly edits: readonly Edit[];
}

/** Where the recipient is read from the request, made to read the saved account's id. */
function readOf({ sink, way }: SentRecipient, flow: Flow): Read | undefined {
  if (way.steps.some(({ kind }) => !/^(?:alias|member)$/.test(kind))) return undefined;
  const value = bare(sink.value);
  if (value.type === "MemberExpression") return idBeside(value, flow);
  const variable = value.type === "Identifier" ? flow.scopes.variableOf(value) : undefined;
  const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
  if (write?.how !== "declared" || others.length > 0 || !write.value) return undefined;
  const source = bare(write.value);
  if (write.path.length === 0) return source.type === "MemberExpression" ? idBeside(source, flow) : undefined;
  const property = flow.tree.parentOf(write.target);
  const pattern = property && flow.tree.parentOf(property);
  const isPlain = source === write.value || write.value.type === "ChainExpression";
  if (
    property?.type !== "Property" ||
    pattern?.type !== "ObjectPattern" ||
    pattern.typeAnnotation ||
    !isPlain
  )
    return undefined;
  return { id: ID, edits: [named(property, variable!.references.length)] };
}

/** In a pattern in the recipient's place, or beside it where that is still of use. */
function named(property: TSESTree.Property, references: number): Edit {
  const end = property.range[1];
  // One reference writes it, the other one is the payout.
  return references <= 2
    ? { range: rangeOf(property), text: ID }
    : { range: { start: end, end }, text: `, ${ID}` };
}

/** `req.body.payoutAccountId` beside `req.body.address`; undefined where a type says which members there are. */
function idBeside(node: TSESTree.MemberExpression, flow: Flow): Read | undefined {
  if (bare(node.object) !== node.object || node.computed || isTyped(node, flow)) return undefined;
  return { id: `${textOf(node.object, flow)}${node.optional ? "?." : "."}${ID}`, edits: [] };
}

function isTyped(node: Node, flow: Flow): boolean {
  let root = bare(node);
  while (root.type === "MemberExpression") root = bare(root.object);
  const variable = flow.scopes.variableOf(root);
  const declared = variable?.identifiers[0] as TSESTree.Identifier | undefined;
  const type = declared?.typeAnnotation && textOf(declared.typeAnnotation, flow);
  return type !== undefined && !/Request|Context|\bany\b/.test(type);
}

/** The look-up, and a refusal of what it does not find, in front of a statement. */
function looked({ expression }: LookUp, statement: Node, fn: FunctionNode, flow: Flow): readonly Edit[] {
  const start = statement.range[0];
  const line = flow.module.text.slice(flow.module.text.lastIndexOf("\n", start - 1) + 1, start);
  const gap = /^\s*$/.test(line) ? `\n${line}` : " ";
  const text = `const ${ACCOUNT} = ${expression};${gap}if (!${ACCOUNT}) ${refusal(fn, flow)}${gap}`;
  return [{ range: { start, end: start }, text }];
}

/** How a function refuses, by what it is given. */
function refusal(fn: FunctionNode, flow: Flow): string {
  const names = fn.params.map((parameter) => (parameter.type === "Identifier" ? parameter.name : ""));
  const has = (pattern: RegExp) => names.find((name) => pattern.test(name));
  const [response, reply, context] = [has(/^(?:res|response)$/), has(/^reply$/), has(/^c$/)];
  if (response !== undefined)
    return `return ${response}.status(404).json({ error: "Unknown payout account" });`;
  if (reply !== undefined) return `return ${reply}.code(404).send({ error: "Unknown payout account" });`;
  if (context !== undefined) return `return ${context}.json({ error: "Unknown payout account" }, 404);`;
  const isWeb =
    names.length > 0 && /^(?:req|request)$/.test(names[0]!) && /\bResponse\b/.test(textOf(fn, flow));
  if (isWeb && !isServerAction(fn, flow))
    return `return Response.json({ error: "Unknown payout account" }, { status: 404 });`;
  return 'throw new Error("Unknown payout account");';
}

/** The saved recipient in place of the one that was sent. */
function replaced({ value, field }: RecipientSink, { column }: LookUp, flow: Flow): Edit | undefined {
  const node = bare(value);
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return undefined;
  const last = field.split(".").at(-1)!.replace("[]", "");
  const name = /^to$/i.test(last) ? "address" : last;
  const text = `${ACCOUNT}.${column(/^[a-z]\w*$/.test(name) ? name : "destination")}`;
  const property = flow.tree.parentOf(value);
  const isShorthand = property?.type === "Property" && property.shorthand && isWithin(value, property);
  return isShorthand
    ? { range: rangeOf(property), text: `${propertyName(property)!}: ${text}` }
    : { range: rangeOf(value), text };
}
