import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { type Node, rangeOf } from "../../flow/tree.ts";
import { isTestFile } from "../files.ts";
import { hintsHandler, hintsSignature, hintsVerifierCall } from "../hints.ts";
import type { SignatureCheck } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { namesVerifier } from "../verifiers.ts";
import { type Check, checkAt } from "./checks.ts";
import { behaviourOf } from "./checks/behaviour.ts";
import { type Behaviour, checks } from "./checks/ways.ts";
import { functionsRunBy } from "./facts/called.ts";
import { sdkVerifierOf } from "./checks/verifiers.ts";
import { awaitedOf, type Telling } from "./signature-checks/awaited.ts";
import { freshByHand, type Freshness, freshOfSdk } from "./signature-checks/fresh.ts";

/** The places where a signature is checked: by an SDK, a library, a comparison, or a verifier of the project's own. */
export const signatureChecks: Observer = {
  kind: "signature-check",
  keywords: /verif|valid|check|construct|unwrap|authentic|hmac|subtle|timingSafe/i,
  suits: ({ fileName, text }) =>
    !isTestFile(fileName) &&
    (/timingSafeEqual/.test(text) ||
      hintsVerifierCall(text) ||
      hintsSignature(text) ||
      hintsHandler(text, fileName)),
  *javascript(flow) {
    for (const node of [...flow.tree.all("CallExpression"), ...flow.tree.all("BinaryExpression")]) {
      const observed = observedAt(node, flow);
      if (observed) yield observed;
    }
  },
};

function observedAt(
  node: TSESTree.CallExpression | TSESTree.BinaryExpression,
  flow: Flow,
): SignatureCheck | undefined {
  const check = checkAt(node, flow);
  if (check && check.subject !== "signature") return undefined;
  const telling = check ? tellingOf(check) : ownTelling(node, flow);
  if (!telling) return undefined;
  const age = check && freshnessOf(check, flow);
  const { awaited, outcome, repairs = [] } = awaitedOf(node, telling, flow);
  return {
    kind: "signature-check",
    provider: age?.provider,
    range: rangeOf(node),
    awaited,
    outcome,
    fresh: age?.fresh,
    repairs: { awaited: repairs, fresh: age?.repairs ?? [] },
  };
}

function freshnessOf({ node, proves }: Check, flow: Flow): Freshness | undefined {
  const sdk = node.type === "CallExpression" ? sdkVerifierOf(node, flow) : undefined;
  if (sdk) return freshOfSdk(node as TSESTree.CallExpression, sdk, flow);
  // Whether a library that throws looks at the age is not known.
  return proves === "end" ? undefined : freshByHand(node, flow);
}

function tellingOf({ proves, promise }: Check): Telling {
  return { by: proves === "end" ? "end" : "verdict", promise };
}

/** How a function of the project that is named a verifier, and is one, tells its outcome; in whichever file it stands. */
function ownTelling(call: Node, flow: Flow): Telling | undefined {
  if (call.type !== "CallExpression" || !namesVerifier(calledName(call))) return undefined;
  const called = functionsRunBy(call, flow).find(({ callback }) => !callback);
  const behaviour = called && behaviourOf(called.fn, called.flow);
  // What acts by itself, or hands on by next(), has looked at the outcome already.
  if (!behaviour || !checks(behaviour) || behaviour.acts.length > 0 || behaviour.passes) return undefined;
  return { by: toldBy(behaviour), promise: behaviour.promise };
}

function toldBy({ exits }: Behaviour): Telling["by"] {
  if (exits.some(({ denied }) => denied)) return "unknown";
  if (exits.every(({ trust }) => trust === "checked")) return "end";
  const isVerdict = exits.every(({ trust, outcome: { truth } }) =>
    trust === "checked" ? truth === true : truth === false,
  );
  return isVerdict ? "verdict" : "unknown";
}
