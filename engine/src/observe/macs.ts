import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { callsOf, type Meaning, nameOf } from "../flow/meaning.ts";
import { calledName, receiverOf } from "../flow/callee.ts";
import type { Origin, Trace, TraceOptions } from "../flow/origin.ts";
import { bare, type Node, propertyName } from "../flow/tree.ts";
import { namesSecret, wordsOf } from "./names.ts";
import { sourceOf } from "./sources.ts";

/** Names of what computes a message authentication code: Node, WebCrypto, and the libraries people use instead. */
const MAC =
  /(?:^|[:.])(?:createHmac\(\)(?:\.\w+\(\))*\.digest\(\)|subtle\.sign\(\)|Hmac(?:SHA\d+|MD5|RIPEMD160)\(\)|sha\d+\.hmac\(\))/;
const MAC_MODULE = /^(?:crypto-js\/hmac-\w+|create-hmac|hash\.js\/lib\/hash\/hmac|@noble\/hashes\/hmac):/;
const HASH = /(?:^|[:.])createHash\(\)(?:\.\w+\(\))*\.digest\(\)/;
/** Libraries that hash by one call: `md5(text)`, `CryptoJS.SHA256(text)`. */
const HASH_CALL = /(?:^|[:.])(?:md5|sha1|sha256|sha512)(?::call)?\(\)/i;

/** Encodings of bytes as text: what goes in comes out in another form. */
const ENCODER =
  /^(?:(?:to|from|as)?_?(?:hex|base64)\w*|\w*to_?(?:hex|base64)\w*|\w*(?:hex|base64)(?:encode|decode|string)|encode\w*)$/i;

/** Follows a MAC through the helpers that turn bytes into text. */
export const throughEncoders: TraceOptions = {
  follow: (call) =>
    ENCODER.test(calledName(call) ?? "") && call.arguments.length > 0
      ? call.arguments.slice(0, 1)
      : undefined,
};

/** The expression that computes the MAC a trace comes from; undefined when it comes from something else. */
export function macOf(trace: Trace, flow: Flow): Node | undefined {
  const { origin } = trace;
  if (origin.kind !== "named" || origin.name === undefined) return undefined;
  if (MAC.test(origin.name) || MAC_MODULE.test(origin.name)) return origin.node;
  return (HASH.test(origin.name) || HASH_CALL.test(origin.name)) && isKeyed(origin.meaning, flow)
    ? origin.node
    : undefined;
}

/** A plain hash proves something only when a secret is hashed along. */
function isKeyed(meaning: Meaning, flow: Flow): boolean {
  return callsOf(meaning)
    .filter((call) => /^(?:update|md5|sha\d+)$/i.test(calledName(call) ?? ""))
    .flatMap((call) => (call.arguments[0] ? flow.traces(call.arguments[0]) : []))
    .some(({ origin }) => isSecret(origin) && !isSent(origin, flow));
}

/** A token that a caller sent keys nothing: its hash is looked for among stored hashes. */
function isSent(origin: Origin, flow: Flow): boolean {
  return /^(?:request|parameter)$/.test(sourceOf(origin, flow).kind);
}

export function isSecret(origin: Origin): boolean {
  if (origin.kind === "environment") return namesSecret(origin.name);
  if (origin.kind !== "named") return false;
  const setting = settingOf(origin);
  if (setting !== undefined) return namesSecret(setting);
  const last = origin.meaning.path.findLast((segment) => segment.kind === "member");
  return last?.kind === "member" && namesSecret(last.name);
}

/** The setting that a configuration is asked for: `this.config.get("API_KEY")`, `defineSecret("API_KEY").value()`. */
export function settingOf({ meaning }: Origin & { kind: "named" }): string | undefined {
  const name = nameOf(meaning) ?? "";
  const calls = callsOf(meaning);
  const asked = /config\w*\.get(?:OrThrow)?\(\)$/i.test(name)
    ? calls.at(-1)
    : /:defineSecret\(\)\.value\(\)$/.test(name)
      ? calls[0]
      : undefined;
  const key = asked?.arguments[0];
  return key?.type === "Literal" && typeof key.value === "string" ? key.value : undefined;
}

const COMPUTES = new Set([
  "compute",
  "computed",
  "calculate",
  "generate",
  "create",
  "make",
  "build",
  "expected",
  "sign",
  "hmac",
]);
const PROOF = new Set(["signature", "sign", "hmac", "mac", "digest", "checksum", "hash"]);

/** A helper of another file that computes a MAC, as far as its name tells: `computeSignature(body, secret)`. */
export function namesMacHelper(origin: Origin): boolean {
  if (origin.kind !== "named" || origin.node.type !== "CallExpression") return false;
  const words = wordsOf(calledName(origin.node) ?? "");
  return words.some((word) => COMPUTES.has(word)) && words.some((word) => PROOF.has(word));
}

/** Where bytes go into a MAC: the expression hashed, and the call that takes it. */
export interface MacInput {
  readonly input: Node;
  readonly call: TSESTree.CallExpression;
}

/** All inputs of MACs in a file: `hmac.update(x)`, `subtle.sign(alg, key, x)`, `HmacSHA256(x, key)`. */
export function macInputs(flow: Flow): readonly MacInput[] {
  return flow.tree.all("CallExpression").flatMap((call) => {
    const name = calledName(call);
    const at =
      name === "update" ? 0 : name === "sign" ? 2 : name !== undefined && /^Hmac/.test(name) ? 0 : undefined;
    const input = at === undefined ? undefined : call.arguments[at];
    return input && takesMacInput(call, flow) ? [{ input, call }] : [];
  });
}

function takesMacInput(call: TSESTree.CallExpression, flow: Flow): boolean {
  const name = flow.name(call) ?? "";
  return /(?:^|[:.])createHmac\(\)(?:\.update\(\))*$/.test(name) || MAC.test(name) || MAC_MODULE.test(name);
}

/** The MAC that an input goes into, as an expression to look for elsewhere: the digest, or the one-shot call. */
export function digestOf(call: TSESTree.CallExpression, flow: Flow): Node {
  let node: Node = call;
  for (;;) {
    const member = flow.tree.parentOf(node);
    const outer = member && flow.tree.parentOf(member);
    if (member?.type !== "MemberExpression" || outer?.type !== "CallExpression" || outer.callee !== member)
      break;
    node = outer;
    if (propertyName(member) === "digest") return node;
  }
  if (calledName(call) !== "update") return call;
  const receiver = receiverOf(call);
  const holder = receiver && bare(receiver.object);
  return (holder?.type === "Identifier" ? digestOn(holder, flow) : undefined) ?? call;
}

/** `hmac.update(x); … hmac.digest()`: the digest of the same variable. */
function digestOn(holder: TSESTree.Identifier, flow: Flow): Node | undefined {
  const variable = flow.scopes.variableOf(holder);
  return flow.tree.all("CallExpression").find((call) => {
    const receiver = receiverOf(call);
    return (
      receiver?.method === "digest" &&
      variable !== undefined &&
      flow.scopes.variableOf(bare(receiver.object)) === variable
    );
  });
}
