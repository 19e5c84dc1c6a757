import type { Flow } from "../../flow/flow.ts";
import { isWithin, type Node, type Range, rangeOf } from "../../flow/tree.ts";
import { isTestFile } from "../files.ts";
import { hintsMoneyRequest, runsInBrowser } from "../hints.ts";
import type { Answer, ErrorAnswer, Fact } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { isNamedForOperators } from "../recipients/access.ts";
import { verifiersIn } from "../webhooks/evidence.ts";
import { handlersOf } from "../webhooks/handlers.ts";
import { answersIn } from "./answer-contents.ts";
import { type Detail, detailsIn } from "./error-details.ts";
import { type Failure, failuresIn } from "./failures.ts";

/** Answers about requests to a provider that failed: whether they hand on what the provider said. */
export const errorAnswers: Observer = {
  kind: "error-answer",
  keywords: /catch|\.status|\b(?:e|err|error|ex)\s*\)?\s*(?:=>|,|\{)|\.ok\b/,
  suits: ({ fileName, text }) =>
    !isTestFile(fileName) &&
    ANSWERS.test(text) &&
    !runsInBrowser(text) &&
    (hintsMoneyRequest(text) || LEADS.test(text)),
  *javascript(flow) {
    const failures = failuresIn(flow);
    if (failures.length === 0) return;
    for (const { node, contents } of answersIn(flow)) {
      const failure = innermost(failures, node);
      if (!failure || isForInsiders(node, flow)) continue;
      yield observed(node, contents, failure, flow);
    }
  },
};

/** A module of the project that may ask a provider, by its path. */
const LEADS =
  /(?:from|require\()\s{0,9}["'][.@~#/][^"'\n]{0,200}(?:pay|stripe|razorpay|billing|checkout|refund|wallet|subscription)/i;
const ANSWERS =
  /json|send|Response|\bbody\b|Exception|render|redirect|html|text|throw|use server|statusCode|TRPCError|GraphQLError|HttpsError/;

/** The failure in whose handling a node stands; of several around it the nearest. */
function innermost(failures: readonly Failure[], node: Node): Failure | undefined {
  const around = failures.filter(({ handling }) => isWithin(node, handling));
  return around.reduce<Failure | undefined>(
    (inner, each) => (inner && isWithin(inner.handling, each.handling) ? inner : each),
    undefined,
  );
}

/** Whether an answer goes to the sender of events, to which its own errors are no news, or to the team's operators. */
function isForInsiders(node: Node, flow: Flow): boolean {
  if (isNamedForOperators(node, flow) || handlersOf(flow).some(({ fn }) => isWithin(node, fn))) return true;
  for (let fn = flow.tree.functionOf(node); fn; fn = flow.tree.functionOf(fn))
    if (verifiersIn(fn, flow).length > 0) return true;
  return false;
}

function observed(node: Node, contents: readonly Node[], failure: Failure, flow: Flow): ErrorAnswer {
  const details = contents.flatMap((content) => detailsIn(content, failure, flow));
  const told = details.find(({ isTold }) => isTold);
  const answer: Answer = told ? "no" : details.length > 0 ? "unknown" : "yes";
  return {
    kind: "error-answer",
    provider: failure.provider,
    range: rangeOf(node),
    discreet: factOf(answer, told, failure, rangeOf(node)),
    detail: told?.text ?? "",
  };
}

function factOf(answer: Answer, told: Detail | undefined, { asked }: Failure, range: Range): Fact {
  if (!told) return { answer, range, steps: [] };
  const steps = [{ range: rangeOf(asked), note: "the provider is asked here, and may refuse" }];
  if (told.taken.start !== told.shown.start)
    steps.push({ range: told.taken, note: "its words are taken here" });
  return { answer, range: told.shown, steps };
}
