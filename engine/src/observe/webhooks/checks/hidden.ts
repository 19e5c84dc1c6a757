import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Origin } from "../../../flow/origin.ts";
import { bare, isFunction, type Node } from "../../../flow/tree.ts";
import { isLogCall } from "../../exposure/log-calls.ts";
import { namesSecret, namesSignature, wordsOf } from "../../names.ts";
import { type Source, sourceOf } from "../../sources.ts";
import { namesVerifier } from "../../verifiers.ts";
import { replyOf } from "../replies.ts";
import { askedProvider } from "./refetches.ts";

/**
 * Whether a call that cannot be opened may find out who sent the request: it is handed headers, a signature or the
 * whole request, it is named so, or it asks the provider. What the language does with its arguments proves nothing.
 */
export function mayCheck(call: TSESTree.CallExpression | TSESTree.NewExpression, flow: Flow): boolean {
  if (call.type === "CallExpression") {
    if (isLogCall(call, flow) || replyOf(call, flow) || isBuiltIn(call, flow)) return false;
    if (namesProof(calledName(call)) || askedProvider(call, flow) !== undefined) return true;
  } else if (isBuiltInClass(call, flow)) return false;
  return call.arguments.some((argument) => givesProof(argument, flow)) && !readsBody(calledName(call));
}

const AUTHORIZES =
  /^(?:auth|authn|authed|authenticated?|authenticates|authorize[ds]?|authorise[ds]?|unauthorized|session|guard|protect|login|loggedin|permissions?|hmac|credentials?|allowlist|allowed|whitelist|trusted|genuine|authentic|legit)$/;

/** Whether a function's name says that it finds out who sent something. */
function namesProof(name: string | undefined): boolean {
  if (name === undefined) return false;
  if (namesVerifier(name)) return true;
  const words = wordsOf(name);
  return words.some((word) => AUTHORIZES.test(word)) || /currentUser|getUser$|^getServerUser/.test(name);
}

/** What the body is read by is handed the whole request, as a verifier is. */
function readsBody(name: string | undefined): boolean {
  return (
    name !== undefined &&
    /(?:body|buffer|stream|text|json|bytes|ip|locale|cookies?|url|origin|host|method|id)$/i.test(name) &&
    !namesProof(name)
  );
}

const GLOBALS =
  /^(?:Object|JSON|String|Number|Boolean|Array|Buffer|Math|Date|Promise|Symbol|BigInt|parseInt|parseFloat|isNaN|encodeURIComponent|decodeURIComponent|atob|btoa|console|structuredClone|URL|Uint8Array|TextEncoder|TextDecoder|Response|setTimeout|setImmediate|require|RegExp|Reflect)(?:\.|$|\(\))/;
const CRYPTO =
  /^(?:crypto:|crypto\.|buffer:|crypto-js|create-hmac|@noble\/|querystring:|qs:|util:|url:|path:)/;
const PASSING =
  /^(?:push|set|add|append|concat|replace|replaceAll|split|slice|exec|test|match|matchAll|join|indexOf|startsWith|endsWith|toString|trim|get|header|headers|update|digest|from|includes|then|catch|finally|next|resolve|reject|setHeader|type|status)$/;

/** What the language, Node's crypto and methods of texts and lists do: they hand on, and the tests of it count. */
function isBuiltIn(call: TSESTree.CallExpression, flow: Flow): boolean {
  const name = flow.name(call.callee) ?? "";
  if (GLOBALS.test(name) || CRYPTO.test(name)) return true;
  const receiver = receiverOf(call);
  if (!receiver) return /^(?:next|resolve|reject|super)$/.test(calledName(call) ?? "super");
  // `ALLOWED.includes(ip)` and `TOKENS.has(token)` decide something; `parts.push(header)` does not.
  return PASSING.test(receiver.method) && !(receiver.method === "includes" && isListed(call, flow));
}

function isListed(call: TSESTree.CallExpression, flow: Flow): boolean {
  const [first] = call.arguments;
  return first !== undefined && flow.constant(first) === undefined;
}

function isBuiltInClass(call: TSESTree.NewExpression, flow: Flow): boolean {
  return /^(?:URL|Map|Set|Headers|Response|Request|Error|\w{1,40}Error|Date|RegExp|Uint8Array|TextEncoder|TextDecoder|Promise|URLSearchParams|Proxy|FormData|Blob|next\/server:NextResponse|\w{0,40}Exception|@nestjs\/common:\w+)$/.test(
    flow.name(call.callee) ?? "",
  );
}

/** Whether what is handed over may prove who sent a request. */
export function givesProof(argument: Node, flow: Flow): boolean {
  if (isFunction(bare(argument))) return false;
  return flow
    .traces(argument)
    .some(({ origin }) => isProof(sourceOf(origin, flow)) || isWholeRequest(origin));
}

/** A header, or what is named a signature or secret, in whichever part of a request or as a helper's parameter. */
export function isProof(source: Source): boolean {
  if (source.kind === "request")
    return (
      source.part === "header" ||
      source.part === "cookie" ||
      namesSignature(source.field) ||
      namesSecret(source.field)
    );
  if (source.kind !== "parameter") return false;
  return namesSignature(source.name) || namesSecret(source.name) || /headers?$/i.test(source.name ?? "");
}

const REQUEST = /^_*(?:\w*req|\w*request|ctx|context|c|event|evt|e)$/i;

/** The one object that a function is given for a request, not a part of it. */
function isWholeRequest(origin: Origin): boolean {
  if (origin.kind !== "named" || origin.meaning.root.kind !== "parameter") return false;
  const { root, path } = origin.meaning;
  const [first, ...others] = path;
  if (first) return others.length === 0 && first.kind === "member" && /^req(?:uest)?$/.test(first.name ?? "");
  const parameter = root.function.params[root.index];
  return parameter?.type === "Identifier" && REQUEST.test(parameter.name);
}
