import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, isFunction, type Node, propertyName } from "../../flow/tree.ts";

/** A URL that a customer's browser is sent to, or that a provider is told to call. */
export interface TakenUrl {
  readonly url: Node;
  /** The field or call that takes it, as written. */
  readonly taker: string;
  /** The object or function in which it stands beside others of its kind. */
  readonly group: Node;
  readonly redirects: boolean;
}

const FIELD_NAME =
  "(?:success|cancel(?:led|lation)?|fail(?:ed|ure)?|return|redirect|callback|webhook|notif(?:y|ication|ications)|ipn|postback|complete|completion|refresh|error|pending|back|redirection|continue)_?(?:ur[li]|link|page|to)";
const FIELD = new RegExp(`^${FIELD_NAME}$`, "i");
/** Objects whose fields say no more than what for: `back_urls: { success, failure }`. */
const FIELDS = /^(?:back|redirect|callback|return)_?urls$/i;

const TAKES = new RegExp(`redirect|${FIELD_NAME}`, "i");

/** Whether a text may hold a URL that is taken. */
export function hintsTakenUrl(text: string): boolean {
  return TAKES.test(text);
}

export function* takenUrls(flow: Flow): Generator<TakenUrl> {
  for (const property of flow.tree.all("Property")) {
    const name = propertyName(property) ?? "";
    const group = flow.tree.parentOf(property);
    if (!group || isFunction(bare(property.value))) continue;
    if (FIELD.test(name)) yield { url: property.value, taker: name, group, redirects: isSending(name) };
    else if (isAmongUrls(group, flow)) yield { url: property.value, taker: name, group, redirects: true };
  }
  for (const call of flow.tree.all("CallExpression")) {
    const url = redirectTarget(call, flow);
    const group = url && (flow.tree.functionOf(call) ?? flow.module.program);
    if (group) yield { url, taker: calledName(call)!, group, redirects: true };
  }
}

/** What a customer is sent to, in contrast to what the provider calls. */
function isSending(name: string): boolean {
  return !/webhook|notif|ipn|postback|callback/i.test(name);
}

function isAmongUrls(object: Node, flow: Flow): boolean {
  const holder = flow.tree.parentOf(object);
  return holder?.type === "Property" && FIELDS.test(propertyName(holder) ?? "");
}

/** `res.redirect(url)`, `res.redirect(303, url)`, `NextResponse.redirect(url)`, Next's and Remix's `redirect(url)`. */
function redirectTarget(call: TSESTree.CallExpression, flow: Flow): Node | undefined {
  if (calledName(call) !== "redirect") return undefined;
  const [first, second] = call.arguments;
  if (
    !receiverOf(call) &&
    !/^(?:next\/navigation|@remix-run\/\w+|react-router(?:-dom)?|@sveltejs\/kit):/.test(
      flow.name(call.callee) ?? "",
    )
  )
    return undefined;
  return first && second && typeof flow.constant(first) === "number" ? second : first;
}
