import type { Flow } from "../../flow/flow.ts";
import type { Trace } from "../../flow/origin.ts";
import { type Node, rangeOf } from "../../flow/tree.ts";
import { isTestFile } from "../files.ts";
import { hintsRecipient, runsInBrowser } from "../hints.ts";
import type { Answer, Recipient, Step } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { isOwnershipChecked } from "./checks.ts";
import { CHAIN_PACKAGE, type RecipientSink, recipientSinks } from "./sinks.ts";
import { namesRecipient, namesSavedRecord } from "./names.ts";
import { type RequestPart, type Source, sourceOf } from "../sources.ts";

/** Who receives money, and whether whoever sends the request decides it. */
export const recipients: Observer = {
  kind: "recipient",
  keywords:
    /payout|transfer|withdraw|disburs|recipient|beneficiary|b2c|sendTransaction|signTransaction|payInvoice|destination|cashout|remit/i,
  suits: ({ fileName, text }) => !isTestFile(fileName) && !runsInBrowser(text) && hintsRecipient(text),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    const sinks = [...recipientSinks(flow)];
    const judged = new Set<Node>();
    for (const found of untrusted(sinks, flow)) {
      judged.add(found.sink.call);
      yield observe(found, flow);
    }
    for (const sink of sinks) {
      if (!sink.isRecipientField || judged.has(sink.call)) continue;
      judged.add(sink.call);
      yield chosen(sink, sinks, flow);
    }
  },
};

interface Untrusted {
  readonly sink: RecipientSink;
  readonly trace: Trace;
}

/**
 * The recipients that a request names. One may pass several places on its way, and one payout name it by several
 * fields: the surest of them, which comes first, is taken.
 */
function* untrusted(sinks: readonly RecipientSink[], flow: Flow): Generator<Untrusted> {
  const seen = new Set<string>();
  const calls = new Set<Node>();
  for (const sink of sinks) {
    const trace = untrustedTrace(sink, flow);
    const key = trace && keyOf(trace);
    if (!key || seen.has(key) || calls.has(sink.call)) continue;
    seen.add(key);
    calls.add(sink.call);
    yield { sink, trace };
  }
}

/** A recipient that no request is seen to name: chosen by the server where all that names it is the server's own. */
function chosen(sink: RecipientSink, sinks: readonly RecipientSink[], flow: Flow): Recipient {
  const fields = sinks.filter(({ call, isRecipientField }) => isRecipientField && call === sink.call);
  const own = fields.every(({ value }) =>
    flow.traces(value).every(({ origin }) => isOwn(sourceOf(origin, flow))),
  );
  return recipient(sink, own ? "yes" : "unknown", []);
}

/** Stored, configured or written down; what a helper is given may come from anywhere. */
function isOwn({ kind }: Source): boolean {
  return kind === "other" || kind === "environment" || kind === "literal";
}

/** The request's field and where it is read. */
function keyOf({ origin }: Trace): string {
  return `${origin.kind === "named" ? origin.name : ""}@${origin.node.range[0]}`;
}

function observe({ sink, trace }: Untrusted, flow: Flow): Recipient {
  const steps: Step[] = [
    { range: rangeOf(trace.origin.node), note: "the request decides it here" },
    { range: rangeOf(sink.call.callee), note: "the money is sent here" },
  ];
  return recipient(sink, isOwnershipChecked(trace, sink, flow) ? "unknown" : "no", steps);
}

function recipient(
  { provider, value, field }: RecipientSink,
  answer: Answer,
  steps: readonly Step[],
): Recipient {
  const range = rangeOf(value);
  return { kind: "recipient", provider, range, trusted: { answer, range, steps }, field };
}

const SENT: ReadonlySet<RequestPart> = new Set(["body", "query", "path", "form"]);

/** A way on which the request itself names the recipient. */
function untrustedTrace(sink: RecipientSink, flow: Flow, value = sink.value, depth = 0): Trace | undefined {
  for (const trace of flow.traces(value)) {
    if (isUntrusted(trace, sink, flow)) return trace;
    const text = depth < 3 ? addressText(trace.origin.node, flow) : undefined;
    const inner = text && untrustedTrace(sink, flow, text, depth + 1);
    if (inner) return inner;
  }
  return undefined;
}

function isUntrusted({ origin }: Trace, sink: RecipientSink, flow: Flow): boolean {
  const source = sourceOf(origin, flow);
  if (source.kind !== "request" || !SENT.has(source.part)) return false;
  if (namesSavedRecord(source.field)) return false;
  return sink.isRecipientField || namesRecipient(source.field);
}

const ADDRESS =
  /[:.](?:PublicKey|publicKey|Address(?:\.parse|\.fromString)?|address|getAddress|toChecksumAddress)$/;

/** What a chain's own address type is made of: `new PublicKey(body.to)` checks the form, and not whose it is. */
function addressText(node: Node, flow: Flow): Node | undefined {
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return undefined;
  const name = flow.name(node.callee) ?? "";
  return CHAIN_PACKAGE.test(name) && ADDRESS.test(name) ? node.arguments[0] : undefined;
}
