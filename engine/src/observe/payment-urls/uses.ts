import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import type { PaymentUrl } from "../observation.ts";
import { answersIn } from "../exposure/answer-contents.ts";
import { valueOf } from "../objects.ts";

/** Something that is done with a value that may be the URL of a payment page. */
export interface Use {
  readonly url: Node;
  /** Where it is done. */
  readonly at: Node;
  readonly shape: PaymentUrl["shape"];
  /** Whether the customer's browser surely gets the URL as it is. */
  readonly isEnd?: boolean;
}

/** All that a file does with URLs that a payment page's may be among. */
export function* urlUses(flow: Flow): Generator<Use> {
  for (const node of flow.tree.all("NewExpression")) yield* ofParsed(node, flow);
  for (const node of flow.tree.all("TemplateLiteral")) yield* ofTemplate(node, flow);
  for (const node of flow.tree.all("BinaryExpression")) if (node.operator === "+") yield* ofSum(node, flow);
  for (const node of flow.tree.all("AssignmentExpression")) yield* ofAssignment(node, flow);
  for (const node of flow.tree.all("CallExpression")) yield* ofCall(node, flow);
  for (const node of flow.tree.all("JSXAttribute")) yield* ofAttribute(node, flow);
  for (const { contents } of answersIn(flow)) for (const content of contents) yield* ofAnswer(content, flow);
}

const PARTS = /^(?:search|hash|host|hostname|pathname|protocol|port|href|username|password)$/;

/** `const url = new URL(page)`, and `url.searchParams.set(…)` or `url.host = …` after it. */
function* ofParsed(node: TSESTree.NewExpression, flow: Flow): Generator<Use> {
  const [page] = node.arguments;
  if (!page || calledName(node) !== "URL") return;
  const up = flow.tree.parentOf(node);
  const variable = up?.type === "VariableDeclarator" ? flow.scopes.variableOf(up.id) : undefined;
  for (const { identifier } of variable?.references ?? []) {
    const member = flow.tree.parentOf(identifier);
    if (member?.type !== "MemberExpression" || member.object !== identifier) continue;
    const use = flow.tree.parentOf(member);
    const isSet =
      use?.type === "AssignmentExpression" && use.left === member && PARTS.test(propertyName(member) ?? "");
    const call = propertyName(member) === "searchParams" && use ? flow.tree.parentOf(use) : undefined;
    const isChange =
      call?.type === "CallExpression" &&
      call.callee === use &&
      /^(?:set|append|delete|sort)$/.test(receiverOf(call)?.method ?? "");
    if (isSet || isChange) yield { url: page, at: isSet ? use : call!, shape: "changed" };
  }
}

/** What continues a URL, in contrast to the words of a message. */
const CONTINUES = /^[?&#/%]/;
/** The beginning of an element that frames a page. */
const FRAME = /<iframe\b[^>]*\bsrc\s*=\s*["']?$/i;

function* ofTemplate(node: TSESTree.TemplateLiteral, flow: Flow): Generator<Use> {
  for (const [at, url] of node.expressions.entries()) {
    const before = node.quasis[at]!.value.raw;
    const after = node.quasis[at + 1]!.value.raw;
    const next = after === "" ? node.expressions[at + 1] : undefined;
    if (FRAME.test(before)) yield { url, at: node, shape: "framed" };
    else if (CONTINUES.test(after) || (next && continuesUrl(next, flow)))
      yield { url, at: node, shape: "changed" };
  }
}

function* ofSum(node: TSESTree.BinaryExpression, flow: Flow): Generator<Use> {
  if (continuesUrl(node.right, flow)) yield { url: node.left, at: node, shape: "changed" };
  const before = bare(node.left);
  const text = flow.constant(before.type === "BinaryExpression" ? before.right : before);
  if (typeof text === "string" && FRAME.test(text)) yield { url: node.right, at: node, shape: "framed" };
}

function continuesUrl(node: Node, flow: Flow): boolean {
  return flow
    .traces(node)
    .some(({ origin }) => origin.kind === "literal" && CONTINUES.test(String(origin.value)));
}

function* ofAssignment(node: TSESTree.AssignmentExpression, flow: Flow): Generator<Use> {
  const { left, right, operator } = node;
  if (operator === "+=" && continuesUrl(right, flow)) yield { url: left, at: node, shape: "changed" };
  if (operator !== "=" || left.type !== "MemberExpression") return;
  const name = propertyName(left);
  if (name === "src" && isFrame(left.object, flow)) yield { url: right, at: node, shape: "framed" };
  if (name === "href" || /^(?:window|document|globalThis|self|top)\.location$/.test(flow.name(left) ?? ""))
    yield { url: right, at: node, shape: "handed-on", isEnd: true };
}

/** An `iframe` by how it was made or found, else by its name. */
function isFrame(node: Node, flow: Flow): boolean {
  const frame = valueOf(node, flow);
  if (frame.type === "CallExpression")
    return frame.arguments.some((argument) => /iframe/i.test(String(flow.constant(argument) ?? "")));
  const name =
    frame.type === "MemberExpression" ? propertyName(frame) : frame.type === "Identifier" ? frame.name : "";
  return /iframe/i.test(name ?? "");
}

const CHANGES = /^(?:replace|replaceAll|concat|toLowerCase|toUpperCase)$/;

function* ofCall(node: TSESTree.CallExpression, flow: Flow): Generator<Use> {
  const receiver = receiverOf(node);
  const [first, second] = node.arguments;
  if (receiver && CHANGES.test(receiver.method)) yield { url: receiver.object, at: node, shape: "changed" };
  if (
    receiver?.method === "setAttribute" &&
    second &&
    flow.constant(first!) === "src" &&
    isFrame(receiver.object, flow)
  )
    yield { url: second, at: node, shape: "framed" };
  const url = sentTo(node, flow);
  if (url) yield { url, at: node, shape: "handed-on", isEnd: true };
}

const OPENS = /^(?:(?:window|self|document)\.)?(?:location\.(?:assign|replace)|open)$/;

/** Where a call sends the customer: `res.redirect(303, page)`, `location.assign(page)`. */
function sentTo(node: TSESTree.CallExpression, flow: Flow): Node | undefined {
  if (calledName(node) === "redirect") return node.arguments.at(-1);
  return OPENS.test(flow.name(node.callee) ?? "") ? node.arguments[0] : undefined;
}

/** `<iframe src={page}>`, `<a href={page}>`. */
function* ofAttribute(node: TSESTree.JSXAttribute, flow: Flow): Generator<Use> {
  const element = flow.tree.parentOf(node);
  const value = node.value?.type === "JSXExpressionContainer" ? node.value.expression : undefined;
  if (!value || element?.type !== "JSXOpeningElement" || element.name.type !== "JSXIdentifier") return;
  const { name } = node.name;
  if (name === "src" && /^iframe$/i.test(element.name.name)) yield { url: value, at: node, shape: "framed" };
  if (name === "href") yield { url: value, at: node, shape: "handed-on", isEnd: true };
}

/** What a page is told goes to its own code, which may do anything with it. */
function* ofAnswer(content: Node, flow: Flow): Generator<Use> {
  const value = valueOf(content, flow);
  const values = value.type === "ObjectExpression" ? value.properties : [value];
  for (const each of values) {
    const url = each.type === "Property" ? each.value : each;
    yield { url, at: each, shape: "handed-on" };
  }
}
