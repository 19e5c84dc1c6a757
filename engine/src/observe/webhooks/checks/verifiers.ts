import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { asInstance, nameOf } from "../../../flow/meaning.ts";
import { bare, isFunction } from "../../../flow/tree.ts";
import { providers, type ProvidersVerifier, verifierByCallee } from "../../../providers/index.ts";
import { escaped } from "../../patterns.ts";
import type { Check } from "../checks.ts";
import { isOpened } from "../facts/called.ts";

const VERIFIERS = new Set(
  providers.flatMap(({ verifiers }) => verifiers.map(({ callee }) => callee.split(/[.:]/).at(-1)!)),
);
const NAMES = new RegExp(`\\b(?:${[...VERIFIERS].map(escaped).join("|")})\\b`);

/** The verifier of a provider's SDK that a call calls, also through a client that another file makes. */
export function sdkVerifierOf(call: TSESTree.CallExpression, flow: Flow): ProvidersVerifier | undefined {
  const meaning = flow.resolve(call.callee);
  const known = verifierByCallee(nameOf(asInstance(meaning)) ?? "");
  if (known) return known;
  // A client's method keeps its name; a function of another file may have any.
  const mayBeOne =
    VERIFIERS.has(calledName(call) ?? "") || (!receiverOf(call) && flow.beginsIn(NAMES, meaning));
  return mayBeOne ? verifierByCallee(flow.nameBeyond(meaning) ?? "") : undefined;
}

type Proof = Pick<Check, "proves" | "promise">;

/** Libraries that check signatures, by the name of what is called. */
const LIBRARIES: readonly (readonly [RegExp, Proof])[] = [
  [/(?:^|[:.])subtle\.verify$/, { proves: "true", promise: true }],
  [/^crypto[:.]verify$/, { proves: "true", promise: false }],
  [/^crypto[:.]createVerify\(\)(?:\.update\(\))*\.verify$/, { proves: "true", promise: false }],
  [/^jsonwebtoken:verify$/, { proves: "end", promise: false }],
  [/^jose:(?:jwtVerify|compactVerify|flattenedVerify|generalVerify)$/, { proves: "end", promise: true }],
  [/^tweetnacl:sign\.detached\.verify$/, { proves: "true", promise: false }],
  [/^@noble\/.{1,60}\.?verify$/, { proves: "true", promise: false }],
  [/^@upstash\/qstash:Receiver\.new\(\)\.verify$/, { proves: "end", promise: true }],
  [/^@clerk\/[\w/]{1,30}webhooks:verifyWebhook$/, { proves: "end", promise: true }],
  [/^@polar-sh\/sdk\/webhooks:validateEvent$/, { proves: "end", promise: false }],
  [/^@paddle\/paddle-node-sdk:Paddle\.new\(\)\.webhooks\.unmarshal$/, { proves: "end", promise: true }],
  [/^resend:Resend\.new\(\)\.webhooks\.verify$/, { proves: "end", promise: false }],
  [/^openai:(?:OpenAI\.)?new\(\)\.webhooks\.(?:unwrap|verifySignature)$/, { proves: "end", promise: true }],
  [/^twilio:(?:validateRequest|validateRequestWithBody)$/, { proves: "true", promise: false }],
  [/^@line\/bot-sdk:validateSignature$/, { proves: "true", promise: false }],
  [/^firebase-admin\b.{0,60}\.verifyIdToken$/, { proves: "end", promise: true }],
];

/** What a call of a verifier proves: of a provider's SDK, of a library, or what is named as Stripe's. */
export function verifierAt(call: TSESTree.CallExpression, flow: Flow): Check | undefined {
  const sdk = sdkVerifierOf(call, flow);
  if (sdk) {
    const { answers } = sdk.verifier;
    const proof: Proof = {
      proves: answers.endsWith("throws") ? "end" : "true",
      promise: answers.startsWith("promise"),
    };
    return { node: call, ...proof, subject: "signature", provider: sdk.provider.id };
  }
  // A callback is told how it went.
  if (call.arguments.some((argument) => isFunction(bare(argument)))) return undefined;
  const proof = provedBy(call, flow);
  return proof && { node: call, ...proof, subject: "signature", provider: undefined };
}

function provedBy(call: TSESTree.CallExpression, flow: Flow): Proof | undefined {
  const name = flow.name(call.callee);
  const found = name === undefined ? undefined : LIBRARIES.find(([pattern]) => pattern.test(name));
  if (found) return found[1];
  const constructs = /^constructEvent(Async)?$/.exec(calledName(call) ?? "");
  if (!constructs || isOpened(call, flow)) return undefined;
  return { proves: "end", promise: constructs[1] !== undefined };
}
