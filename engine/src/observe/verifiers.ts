import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { asInstance, nameOf } from "../flow/meaning.ts";
import { calledName } from "../flow/callee.ts";
import type { Node } from "../flow/tree.ts";
import { signatureHeaders, verifierByCallee } from "../providers/index.ts";
import type { Signature } from "../providers/provider.ts";
import { namesSignature, wordsOf } from "./names.ts";
import { sourceOf } from "./sources.ts";

export interface VerifierCall {
  readonly call: TSESTree.CallExpression;
  readonly payload: Node;
  /** Id of the provider whose SDK or header it is; undefined where the code does not tell. */
  readonly provider: string | undefined;
  /** Whether it is known to check the bytes as they were sent; a helper of another file may take what it likes. */
  readonly wantsBytes: boolean;
}

/**
 * Calls that are handed a payload and a received signature: an SDK's verifier, or a helper of another file whose
 * name says so. For a helper the signature must come from a header: a name alone is no evidence.
 */
export function* verifierCalls(flow: Flow): Generator<VerifierCall> {
  for (const call of flow.tree.all("CallExpression")) {
    const known = verifierByCallee(nameOf(asInstance(flow.resolve(call.callee))) ?? "");
    const constructs = /^constructEvent(?:Async)?$/.test(calledName(call) ?? "");
    if (!known && !constructs && !namesVerifier(calledName(call))) continue;
    const given = call.arguments.flatMap((argument) =>
      argument.type === "ObjectExpression" ? valuesOf(argument) : [argument],
    );
    const scheme = given.flatMap((argument) => receivedSignature(argument, flow) ?? []).at(0);
    const payload = given.find((argument) => argument !== scheme?.argument);
    if (
      !scheme ||
      !payload ||
      scheme.signature?.covers === "sorted-json" ||
      scheme.signature?.covers === "fields"
    )
      continue;
    const wantsBytes = known ? !known.verifier.acceptsParsed : constructs;
    yield { call, payload, provider: known?.provider.id ?? scheme.provider, wantsBytes };
  }
}

const VERIFIES = new Set([
  "verify",
  "verifies",
  "verified",
  "validate",
  "check",
  "construct",
  "unwrap",
  "authenticate",
  "is",
  "valid",
]);

/** Whether a function's name says that it checks a signature or an event. */
export function namesVerifier(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  const verifies = words.some((word) => VERIFIES.has(word));
  return (
    verifies &&
    (namesSignature(name) || words.includes("webhook") || words.includes("event") || words.includes("verify"))
  );
}

function receivedSignature(argument: Node, flow: Flow) {
  for (const { origin } of flow.traces(argument)) {
    const source = sourceOf(origin, flow);
    if (source.kind === "request" && source.part === "header")
      return { argument, ...schemeOfHeader(source.field) };
  }
  return undefined;
}

/** The provider and scheme that a header's name tells of, when only one provider uses it. */
export function schemeOfHeader(header: string | undefined): { provider?: string; signature?: Signature } {
  const users = signatureHeaders().get(header?.toLowerCase() ?? "") ?? [];
  return users.length === 1 ? { provider: users[0]!.provider.id, signature: users[0]!.signature } : {};
}

function valuesOf(node: TSESTree.ObjectExpression): Node[] {
  return node.properties.flatMap((property) => (property.type === "Property" ? [property.value] : []));
}
