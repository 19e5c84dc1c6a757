import type { Flow } from "../flow/flow.ts";
import type { Trace } from "../flow/origin.ts";
import { type Node, rangeOf } from "../flow/tree.ts";
import { isTestFile } from "./files.ts";
import { hintsRequest } from "./hints.ts";
import type { Recipient, Step } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { isOwnershipChecked } from "./recipient-checks.ts";
import { type RecipientSink, recipientSinks } from "./recipient-sinks.ts";
import { namesRecipient } from "./recipient-names.ts";
import { type RequestPart, sourceOf } from "./sources.ts";

/** Who receives money, and whether whoever sends the request decides it. */
export const recipients: Observer = {
  kind: "recipient",
  keywords:
    /payout|transfer|withdraw|disburs|recipient|beneficiary|sendTransaction|signTransaction|payInvoice|destination|cashout|remit/i,
  suits: ({ fileName, text }) => !isTestFile(fileName) && hintsRequest(text),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    // One recipient may pass several places on its way, and one payout name it by several fields: the surest of them,
    // which comes first, is reported.
    const reported = new Set<string>();
    const calls = new Set<Node>();
    for (const sink of recipientSinks(flow)) {
      const trace = untrustedTrace(sink, flow);
      const key = trace && keyOf(trace);
      if (!key || reported.has(key) || calls.has(sink.call)) continue;
      reported.add(key);
      calls.add(sink.call);
      yield observe(sink, trace, flow);
    }
  },
};

/** The request's field and where it is read. */
function keyOf({ origin }: Trace): string {
  return `${origin.kind === "named" ? origin.name : ""}@${origin.node.range[0]}`;
}

function observe(sink: RecipientSink, trace: Trace, flow: Flow): Recipient {
  const steps: Step[] = [
    { range: rangeOf(trace.origin.node), note: "the request decides it here" },
    { range: rangeOf(sink.call.callee), note: "the money is sent here" },
  ];
  const answer = isOwnershipChecked(trace, sink, flow) ? "unknown" : "no";
  return {
    kind: "recipient",
    provider: sink.provider,
    range: rangeOf(sink.value),
    trusted: { answer, range: rangeOf(sink.value), steps },
    field: sink.field,
  };
}

const SENT: ReadonlySet<RequestPart> = new Set(["body", "query", "path", "form"]);

/** A way on which the request itself names the recipient. */
function untrustedTrace(sink: RecipientSink, flow: Flow): Trace | undefined {
  return flow.traces(sink.value).find(({ origin }) => {
    const source = sourceOf(origin, flow);
    if (source.kind !== "request" || !SENT.has(source.part)) return false;
    return sink.isRecipientField || namesRecipient(source.field);
  });
}
