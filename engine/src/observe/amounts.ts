import type { Flow } from "../flow/flow.ts";
import { providerById } from "../providers/index.ts";
import { bare, isWithin, type Node, type Range, rangeOf } from "../flow/tree.ts";
import { type Candidate, candidatesOf } from "./amounts/candidates.ts";
import { entryColumns, moduleColumns } from "./amounts/columns/index.ts";
import { type Destination, destinationsOf } from "./amounts/destinations.ts";
import { hintsAmount, hintsFloatColumn } from "./amounts/hints.ts";
import { counts } from "./amounts/judging.ts";
import { amountsOf } from "./amounts/units.ts";
import { isTestFile } from "./files.ts";
import { valuesAt } from "./objects.ts";
import type { Amount, Repair } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { moneyRequests } from "./money-requests.ts";
import { repairCut, repairMistake, repairPart, repairUnit } from "./repairs/amounts.ts";

/** Sums of money that are calculated, parsed, stored and sent, and whether binary fractions can change them. */
export const amounts: Observer = {
  kind: "amount",
  keywords: /amount|price|total|fee|balance|payout|cost|commission|lamports|exchange|_per_|usd/i,
  suits: ({ fileName, text }) =>
    !isTestFile(fileName) && (hintsFloatColumn(text) || (PAYMENTS.test(text) && hintsAmount(text))),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    yield* moduleColumns(flow);
    if (!PAYMENTS.test(flow.module.text) || SEEDS.test(flow.module.fileName)) return;
    const sent = [...requestAmounts(flow)];
    const changed = outermost([...changedAmounts(flow)]).filter(({ range }) => !isMistaken(range, sent));
    yield* changed;
    for (const amount of sent)
      if (amount.mistake || !changed.some(({ range }) => isIn(range, amount.range))) yield amount;
  },
  entries: entryColumns,
  entryLanguages: ["prisma"],
};

/** Code that speaks of none of these is about sums of another kind: a game's, a chart's. */
const PAYMENTS =
  /payment|stripe|paypal|razorpay|paystack|flutterwave|xendit|mollie|adyen|invoice|checkout|payout|refund|withdraw|deposit|ledger|wallet|billing|subscription|commission|platform_?fee|escrow|usd[tc]?\b|currency|stellar|solana|lamports|ethers|web3|order|cart|purchase|donat/i;

/** Scripts that fill a database with sums made up for a demonstration. */
const SEEDS = /(?:^|[/._-])(?:seeds?|seeders?|fixtures|mocks?)(?=[/._-]|$)/i;

function* changedAmounts(flow: Flow): Generator<Amount> {
  for (const candidate of candidatesOf(flow)) {
    const destinations = destinationsOf(candidate.node, flow).filter((to) => counts(candidate, to, flow));
    const [first] = destinations;
    if (!first) continue;
    const cut = candidate.shape === "unit" ? destinations.find((each) => each.cut)?.cut : undefined;
    const repairs = repairsFor(candidate, cut, destinations, flow);
    yield observed(cut ? "truncated" : SHAPES[candidate.shape], cut ?? candidate.node, first, repairs);
    const fixed = destinations.find((to) => to.fixed && isSentString(candidate, to));
    if (fixed) yield observed("fixed-string", fixed.fixed!, fixed);
  }
}

/** Rounding where the sum takes effect; a part is rounded only where its provider takes whole minor units. */
function repairsFor(
  { shape, node }: Candidate,
  cut: Node | undefined,
  destinations: readonly Destination[],
  flow: Flow,
): readonly Repair[] {
  if (shape === "unit") return cut ? repairCut(cut, node, flow) : repairUnit(node, flow);
  if (shape !== "unrounded-factor" && shape !== "rate") return [];
  const isWhole = destinations.every((to) => to.kind === "provider" && isSentAsItIs(node, to, flow));
  return isWhole ? repairPart(node, flow) : [];
}

/** Whether a calculation is itself a field of a request to a provider that takes whole minor units. */
function isSentAsItIs(node: Node, { request }: Destination, flow: Flow): boolean {
  const form = request?.provider === undefined ? undefined : providerById(request.provider)?.amounts.request;
  return (
    form === "minor-integer" &&
    request!.amountFields.some((path) =>
      valuesAt(request!.body, path, flow).some((value) => bare(value) === node),
    )
  );
}

const SHAPES = {
  "unrounded-factor": "unrounded-factor",
  rate: "rate",
  unit: "unrounded-unit",
  "rounded-trip": "rounded-trip",
  "parsed-fraction": "parsed-fraction",
  "parsed-sum": "parsed-sum",
  narrowed: "narrowed",
} as const;

function observed(shape: Amount["shape"], node: Node, to: Destination, repairs?: readonly Repair[]): Amount {
  const range = rangeOf(node);
  return {
    kind: "amount",
    provider: to.request?.provider,
    range,
    shape,
    exact: { answer: "no", range, steps: [{ range: rangeOf(to.node), note: NOTES[to.kind] }] },
    unit: undefined,
    mistake: undefined,
    currency: undefined,
    repairs,
  };
}

const NOTES: Readonly<Record<Destination["kind"], string>> = {
  provider: "the request that it is sent with",
  request: "the request that it is sent with",
  payment: "the call that it moves money with",
  write: "the record that it is written to",
  member: "the property that it is written to",
  returned: "the function that returns it",
};

/** A calculated float that is made the string to be sent, in a statement of its own. */
function isSentString({ shape, node }: Candidate, to: Destination): boolean {
  if ((shape !== "unrounded-factor" && shape !== "rate") || !/^(?:provider|payment|request)$/.test(to.kind))
    return false;
  return !isWithin(node, to.fixed!);
}
/** Of findings in one another only the outermost: `Number((total * 0.05).toFixed(2))` is one mistake. */
function outermost(found: readonly Amount[]): Amount[] {
  const sorted = [...found].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  const kept: Amount[] = [];
  for (const each of sorted) {
    const last = kept.at(-1);
    if (!last || each.range.end > last.range.end) kept.push(each);
  }
  return kept;
}

/** The amounts of money requests: whole as far as it shows (rounded, an integer, a bigint), and in the right unit. */
function* requestAmounts(flow: Flow): Generator<Amount> {
  for (const request of moneyRequests(flow)) {
    for (const { node, unit, mistake, currency } of amountsOf(request, flow)) {
      const range = rangeOf(node);
      const form =
        request.provider === undefined ? undefined : providerById(request.provider)?.amounts.request;
      const answer = isWhole(node, flow) ? ("yes" as const) : ("unknown" as const);
      yield {
        kind: "amount",
        provider: request.provider,
        range,
        shape: "whole",
        exact: { answer, range, steps: [] },
        unit,
        mistake,
        currency,
        repairs: mistake && repairMistake(node, mistake, form, flow),
      };
    }
  }
}

function isWhole(node: Node, flow: Flow): boolean {
  const constant = flow.constant(node);
  const isRounded = node.type === "CallExpression" && flow.name(node.callee) === "Math.round";
  return isRounded || typeof constant === "bigint" || Number.isInteger(constant);
}

function isIn(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whoever mends the unit of an amount rewrites what it is calculated with. */
function isMistaken(range: Range, sent: readonly Amount[]): boolean {
  return sent.some((amount) => amount.mistake !== undefined && isIn(range, amount.range));
}
