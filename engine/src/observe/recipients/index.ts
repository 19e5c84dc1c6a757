import type { Flow } from "../../flow/flow.ts";
import { isWithin, type Node, rangeOf } from "../../flow/tree.ts";
import { isTestFile } from "../files.ts";
import { hintsRecipient, runsInBrowser } from "../hints.ts";
import type { Answer, Recipient, Step } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { repairRecipients } from "../repairs/recipients.ts";
import { isForOperators } from "./access.ts";
import { isOwnershipChecked } from "./checks.ts";
import { calledElsewhere, type LinkedSink, linkedSinks, looksUp } from "./links.ts";
import { namesRecipient, namesSavedRecord } from "./names.ts";
import { hintsPosted, postedRecipients } from "./posted.ts";
import { isOwn } from "./owned.ts";
import { type RecipientSink, recipientSinks } from "./sinks.ts";
import { stepsOf } from "./steps.ts";
import { type SentWay, sentWays, waysOf } from "./ways.ts";

/** Who receives money, and whether whoever sends the request decides it. */
export const recipients: Observer = {
  kind: "recipient",
  keywords:
    /payout|transfer|withdraw|disburs|recipient|beneficiary|b2c|sendTransaction|signTransaction|payInvoice|payVia|sendTokens|sendCoins|addOutput|PartyB|destination|cash_?out|offramp|remit|account_?number|\biban/i,
  suits: ({ fileName, text }) => {
    if (isTestFile(fileName)) return false;
    return hintsPosted(text) || (!runsInBrowser(text) && hintsRecipient(text));
  },
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    if (hintsPosted(flow.module.text)) yield* postedRecipients(flow);
    if (runsInBrowser(flow.module.text)) return;
    const linked = [...linkedSinks(flow)];
    const sinks = [...recipientSinks(flow).filter((sink) => isSeen(sink, linked, flow)), ...linked];
    const judged = new Set<Node>();
    for (const found of untrusted(sinks, flow)) {
      judged.add(found.sink.call);
      yield observe(found, sinks, flow);
    }
    for (const sink of sinks) {
      if (!sink.isRecipientField || judged.has(sink.call)) continue;
      judged.add(sink.call);
      yield chosen(sink, sinks, flow);
    }
  },
};

type Sink = RecipientSink & Partial<Pick<LinkedSink, "isTied" | "isWhole">>;

/** Whether a sink that goes by a name is none, because the function of that name is seen to do something else. */
function isSeen(sink: RecipientSink, linked: readonly LinkedSink[], flow: Flow): boolean {
  if (!sink.isByName) return true;
  if (linked.some(({ call }) => call === sink.call)) return false;
  const place = calledElsewhere(sink.call, flow);
  return (
    !place ||
    !looksUp(
      place,
      sink.call.arguments.findIndex((argument) => isWithin(sink.value, argument)),
    )
  );
}

interface Untrusted {
  readonly sink: Sink;
  readonly way: SentWay;
}

/**
 * The recipients that a caller names. One may pass several places on its way, and one payout name it by several
 * fields: the surest of them, which comes first, is taken.
 */
function* untrusted(sinks: readonly Sink[], flow: Flow): Generator<Untrusted> {
  const seen = new Set<string>();
  const calls = new Set<Node>();
  for (const sink of sinks) {
    const way = untrustedWay(sink, flow);
    const key = way && `${way.sent.field}@${way.origin.node.range[0]}`;
    if (!key || seen.has(key) || calls.has(sink.call)) continue;
    seen.add(key);
    calls.add(sink.call);
    yield { sink, way };
  }
}

/** A way on which the caller itself names the recipient. */
function untrustedWay(sink: Sink, flow: Flow): SentWay | undefined {
  for (const way of sentWays(sink.value, flow)) {
    const { field } = way.sent;
    if (namesSavedRecord(field) || namesSavedRecord(sink.field) || (sink.isWhole && field !== undefined))
      continue;
    if (sink.isRecipientField || namesRecipient(field ?? sink.field)) return way;
  }
  return undefined;
}

function observe({ sink, way }: Untrusted, sinks: readonly Sink[], flow: Flow): Recipient {
  const isTied =
    sink.isTied === true || isOwnershipChecked(way, sink, flow) || isForOperators(sink.call, flow);
  if (isTied) return recipient(sink, "unknown", stepsOf(way, sink));
  const untrusted = sinks.flatMap((each) => {
    const sent = each.call === sink.call ? untrustedWay(each, flow) : undefined;
    return sent ? [{ sink: each, way: sent }] : [];
  });
  const repairs = repairRecipients([{ sink, way }, ...untrusted.filter((each) => each.sink !== sink)], flow);
  return { ...recipient(sink, "no", stepsOf(way, sink)), repairs };
}

/** A recipient that no caller is seen to name: chosen by the server where all that names it is the server's own. */
function chosen(sink: RecipientSink, sinks: readonly RecipientSink[], flow: Flow): Recipient {
  const fields = sinks.filter(({ call, isRecipientField }) => isRecipientField && call === sink.call);
  const own = fields.every(({ value }) => [...waysOf(value, flow)].every((way) => isOwn(way, flow)));
  return recipient(sink, own ? "yes" : "unknown", []);
}

function recipient(
  { provider, value, field }: RecipientSink,
  answer: Answer,
  steps: readonly Step[],
): Recipient {
  const range = rangeOf(value);
  return { kind: "recipient", provider, range, trusted: { answer, range, steps }, field, way: "handed" };
}
