import type { Flow } from "../../flow/flow.ts";
import type { Place } from "../../flow/link.ts";
import { bare, type Node, rangeOf } from "../../flow/tree.ts";
import { providerById } from "../../providers/index.ts";
import type { Amounts } from "../../providers/provider.ts";
import type { MoneyRequest } from "../money-requests.ts";
import { type Fields, holdersOf } from "../objects.ts";
import { wordsOf } from "../names.ts";
import type { Fact, UnitMistake } from "../observation.ts";
import { constantAt, moneyOf, nameAt } from "./numbers.ts";
import { type Scale, scaleOf } from "./scale.ts";
import { namesCount } from "./words.ts";

/** An amount of a money request, and whether it is in the unit that the provider takes. */
export interface RequestAmount {
  readonly node: Node;
  readonly unit: Fact;
  readonly mistake: UnitMistake | undefined;
  /** The currency where the request writes it out, in upper case. */
  readonly currency: string | undefined;
}

/** The amounts of a request as far as the file shows them. */
export function* amountsOf(request: MoneyRequest, flow: Flow): Generator<RequestAmount> {
  const amounts = request.provider === undefined ? undefined : providerById(request.provider)?.amounts;
  for (const path of request.amountFields) {
    for (const { holder, name, around } of holdersOf(request.body, path, flow)) {
      const currency = currencyIn([holder, ...around], flow);
      for (const { value, place } of holder.members.get(name) ?? []) {
        const node = bare(value);
        const judged = judge(place, amounts, currency, request, flow);
        const unit: Fact = {
          answer: judged === "right" ? "yes" : judged ? "no" : "unknown",
          range: rangeOf(node),
          steps: [],
        };
        yield { node, unit, mistake: judged === "right" ? undefined : judged, currency };
      }
    }
  }
}

/** The currency beside an amount, or beside the object that holds it, where it is written out. */
function currencyIn(holders: readonly Fields[], flow: Flow): string | undefined {
  for (const { values } of holders) {
    const found = ["currency", "currency_code", "currencyCode"].flatMap((name) => values.get(name) ?? []);
    if (found.length === 0) continue;
    const [currency] = found.map((node) => constantAt(node, flow));
    return found.length === 1 && typeof currency === "string" ? currency.toUpperCase() : undefined;
  }
  return undefined;
}

type Judgement = UnitMistake | "right" | undefined;

function judge(
  place: Place,
  amounts: Amounts | undefined,
  currency: string | undefined,
  request: MoneyRequest,
  flow: Flow,
): Judgement {
  const scale = amounts?.request && scaleOf(place.node, place.flow);
  if (!scale || isConstant(place)) return scale && constantJudgement(place, amounts);
  const hasNone = currency !== undefined && (amounts.zeroDecimalCurrencies?.includes(currency) ?? false);
  const hasThree = currency !== undefined && (amounts.threeDecimalCurrencies?.includes(currency) ?? false);
  if (amounts.request === "minor-integer")
    return hasNone || hasThree
      ? ofOtherDecimals(scale, hasNone)
      : inSmallUnits(scale, currency, isAskedAbout(request.call, flow));
  // A thousand may be how a shop writes its prices, of rupiah say.
  const isUnit = scale.factor === 100 || (scale.factor >= 1e6 && amounts.request === "decimal-string");
  if (isUnit && isSum(scale)) return "minor-units";
  if (scale.factor === 1 && namesSmall(scale)) return "minor-units";
  if (amounts.request !== "decimal-string" || scale.decimals === undefined) return undefined;
  if (hasNone) return scale.decimals > 0 ? "zero-decimal" : "right";
  return currency !== undefined && scale.decimals === 2 ? "right" : undefined;
}

function isConstant({ node, flow }: Place): boolean {
  return constantAt(node, flow) !== undefined;
}

/** What somebody wrote out was looked at; only a number with decimals is no count of small units. */
function constantJudgement({ node, flow }: Place, amounts: Amounts | undefined): Judgement {
  const value = constantAt(node, flow);
  if (amounts?.request !== "minor-integer") return undefined;
  return typeof value === "number" && !Number.isInteger(value) ? "major-units" : undefined;
}

/** Amounts in currencies without decimals, or with three of them. */
function ofOtherDecimals(scale: Scale, hasNone: boolean): Judgement {
  if (scale.factor === 1 && (scale.decimals ?? 0) === 0) return hasNone ? "right" : undefined;
  if (!isSum(scale)) return undefined;
  if (hasNone) return scale.factor >= 100 ? "zero-decimal" : undefined;
  return scale.factor === 100 ? "three-decimal" : scale.factor === 1000 ? "right" : undefined;
}

function inSmallUnits(scale: Scale, currency: string | undefined, isGuarded: boolean): Judgement {
  if ((scale.decimals ?? 0) > 0) return "major-units";
  if (scale.factor === 0.01 && isSum(scale) && !isGuarded) return "major-units";
  if (scale.factor !== 1) return scale.factor === 100 && currency !== undefined ? "right" : undefined;
  if (namesSmall(scale)) return "right";
  return namesLarge(scale) ? "major-units" : undefined;
}

/** Whether it is a sum that was scaled, and not so many things. */
function isSum({ sum: { node, flow } }: Scale): boolean {
  return moneyOf(node, flow) > 0 && !namesCount(nameAt(node));
}

const SMALL = /^(?:cents?|centavos|kobo|paise|pesewas|minor)$/;
const LARGE = /^(?:dollars?|euros|pounds|pesos|rupees|naira|cedis|shillings)$/;

function namesSmall({ sum: { node } }: Scale): boolean {
  return unitWords(node).some((word) => SMALL.test(word));
}

function namesLarge({ sum: { node } }: Scale): boolean {
  return LARGE.test(unitWords(node).at(-1) ?? "");
}

/** The words of a name that may say its unit: `centsToDollars` are dollars. */
function unitWords(node: Node): readonly string[] {
  const words = wordsOf(nameAt(node) ?? "");
  return words.some((word) => /^(?:from|of|per)$/.test(word)) ? [] : words.slice(words.lastIndexOf("to") + 1);
}

/** Whether the function that sends a request tells currencies apart by their decimals. */
function isAskedAbout(call: Node, flow: Flow): boolean {
  const fn = flow.tree.functionOf(call);
  return (
    fn !== undefined &&
    /zero_?-?decimal|jpy|currency\)?\s?[!=]==?\s/i.test(flow.module.text.slice(...fn.range))
  );
}
