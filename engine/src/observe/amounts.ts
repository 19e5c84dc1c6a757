import type { Flow } from "../flow/flow.ts";
import { bare, type Node, rangeOf } from "../flow/tree.ts";
import { type Candidate, candidatesOf, columnRead } from "./amounts/candidates.ts";
import { entryColumns, moduleColumns } from "./amounts/columns.ts";
import { type Destination, destinationsOf } from "./amounts/destinations.ts";
import { nameAt } from "./amounts/numbers.ts";
import { moneyIn, namesMinorUnits } from "./amounts/words.ts";
import { isTestFile } from "./files.ts";
import { valuesAt } from "./objects.ts";
import type { Amount } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { moneyRequests } from "./money-requests.ts";

/** Sums of money that are calculated, parsed, stored and sent, and whether binary fractions can change them. */
export const amounts: Observer = {
  kind: "amount",
  keywords: /amount|price|total|fee|balance|payout|cost|commission|lamports/i,
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    yield* moduleColumns(flow);
    if (!PAYMENTS.test(flow.module.text)) return;
    const changed = outermost([...changedAmounts(flow)]);
    yield* changed;
    yield* wholeAmounts(flow, changed);
  },
  entries: entryColumns,
};

/** Code that speaks of none of these is about sums of another kind: a game's, a chart's. */
const PAYMENTS =
  /payment|stripe|paypal|razorpay|paystack|flutterwave|xendit|mollie|adyen|invoice|checkout|payout|refund|withdraw|deposit|ledger|wallet|billing|subscription|commission|platform_?fee|escrow|usd[tc]?\b|currency|stellar|solana|lamports|ethers|web3|order|cart|purchase|donat/i;

function* changedAmounts(flow: Flow): Generator<Amount> {
  for (const candidate of candidatesOf(flow)) {
    const destinations = destinationsOf(candidate.node, flow).filter((each) => counts(candidate, each, flow));
    const [first] = destinations;
    if (!first) continue;
    const cut = candidate.shape === "unit" ? destinations.find((each) => each.cut)?.cut : undefined;
    yield observed(candidate, first, cut);
  }
}

const SHAPES = {
  "unrounded-factor": "unrounded-factor",
  rate: "rate",
  unit: "unrounded-unit",
  "rounded-trip": "rounded-trip",
  "parsed-fraction": "parsed-fraction",
  "parsed-sum": "parsed-sum",
} as const;

function observed(candidate: Candidate, destination: Destination, cut: Node | undefined): Amount {
  const range = rangeOf(cut ?? candidate.node);
  const note = NOTES[destination.kind];
  return {
    kind: "amount",
    provider: destination.request?.provider,
    range,
    shape: cut ? "truncated" : SHAPES[candidate.shape],
    exact: { answer: "no", range, steps: [{ range: rangeOf(destination.node), note }] },
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

/** Whether an amount that arrives there is one that costs money when it is wrong. */
function counts(candidate: Candidate, to: Destination, flow: Flow): boolean {
  const named = moneyIn(to.name);
  switch (candidate.shape) {
    case "unit":
      if (to.kind === "provider") return named > 0 && (candidate.money > 0 || named === 2);
      if (to.kind === "returned") return candidate.money > 0 && namesMinorUnits(to.name);
      if (to.kind === "member") return false;
      return candidate.money > 0 && (to.name === undefined ? candidate.money === 2 : named === 2);
    case "parsed-sum":
      return (to.kind === "member" || to.kind === "write") && isSameColumn(candidate.node, to, flow);
    case "parsed-fraction":
      return parsedCounts(candidate, to);
    default:
      // A string with fixed decimals that is not sent on is for reading.
      if (to.fixed && (to.kind === "returned" || to.kind === "member"))
        return candidate.shape === "rounded-trip";
      if (to.kind === "returned") return returns(candidate, to, flow);
      return candidate.money === 2
        ? named > 0 || to.name === undefined || to.kind !== "write"
        : candidate.money + named > 1;
  }
}

function returns(candidate: Candidate, to: Destination, flow: Flow): boolean {
  return candidate.money > 0 && moneyIn(to.name) === 2 && flow.tree.all("JSXElement").length === 0;
}

function parsedCounts({ node }: Candidate, to: Destination): boolean {
  const isFloat = node.type === "CallExpression" && /parseFloat$/.test(nameAt(node) ?? "");
  if (to.kind === "provider") return moneyIn(to.name) > 0;
  return isFloat && (to.kind === "payment" || (to.kind === "member" && moneyIn(to.name) === 2));
}

/** A column that is read as a float and written back. */
function isSameColumn(node: Node, to: Destination, flow: Flow): boolean {
  const operation = node as { left?: Node; right?: Node };
  const sides = [operation.left, operation.right].flatMap((side) => (side ? [columnRead(side, flow)] : []));
  return sides.some((side) => side !== undefined && nameAt(side) === to.name);
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

/** The amounts of money requests that are whole as far as it shows: rounded, an integer, a bigint. */
function* wholeAmounts(flow: Flow, changed: readonly Amount[]): Generator<Amount> {
  for (const request of moneyRequests(flow)) {
    for (const path of request.amountFields) {
      for (const value of valuesAt(request.body, path, flow)) {
        const node = bare(value);
        const range = rangeOf(node);
        if (changed.some((each) => each.range.start <= range.start && range.end <= each.range.end)) continue;
        const rounded = node.type === "CallExpression" && flow.name(node.callee) === "Math.round";
        const constant = flow.constant(node);
        const whole = rounded || typeof constant === "bigint" || Number.isInteger(constant);
        const answer = whole ? ("yes" as const) : ("unknown" as const);
        yield {
          kind: "amount",
          provider: request.provider,
          range,
          shape: "whole",
          exact: { answer, range, steps: [] },
        };
      }
    }
  }
}
