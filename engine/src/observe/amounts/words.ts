import { wordsOf } from "../names.ts";

/** Words that make a name one of money by themselves. */
const MONEY = set(
  "amount amounts price prices subtotal fee fees cost costs balance balances payout payouts charge charges tax taxes vat refund",
  "refunds wage salary payment revenue earnings commission bonus deposit withdrawal fare tip discount donation payable lamports",
  "usd usdt usdc eur gbp php inr ngn kes ghs dollars pesos rupees naira euros cents centavos paise kobo sats satoshi satoshis",
);
/** Words that can name money, and often name something else. */
const VAGUE = set(
  "total totals value sum credit credits profit net gross grand portion share reward wallet wallets money cash funds due",
);
/** Every word that can make a name one of money. */
export const MONEY_WORDS: readonly string[] = [...MONEY, ...VAGUE];

/** What may follow the word that names the money: `amountInCents`, `balanceAfter`, `priceWithTax`. */
const TAIL = set(
  "in to be with without incl excl including excluding and after before send paid due owed available pending raw str string num",
  "number float decimal value total net gross converted final usd usdt usdc eur gbp php inr ngn kes ghs eth btc sol xlm bnb matic",
  "token tokens coin coins dollars pesos rupees naira euros cents cent minor major unit units lamports wei sats local base received",
);
/** Words that say that the name stands for something about money: how it looks, what it burns, what it is on average. */
const ABOUT = set(
  "gas gwei priority formatted format display label text is has show avg average mean median points score xp weight change diff",
  "growth percent percentage pct ratio per count page pages index id ids",
);
/** Names that hold minor units already. */
const MINOR = set("cent cents centavos paise kobo minor lamports wei sats satoshi satoshis bps stroops");
const RATE = set("rate rates percent percentage percentages pct ratio factor multiplier fraction markup bps");
/** Money or the rate of it: which one, only the other side tells. */
const CUT = set("fee fees tax taxes vat gst commission discount interest margin share cut markup royalty");
const PLAIN_CUT = set("tax vat gst commission discount interest margin markup royalty");
const EXCHANGE = set("exchange fx conversion");
const COIN = set("token coin eth btc sol xlm bnb matic ada crypto ether bitcoin");
/** Things that are counted, not paid. */
const COUNT = set(
  "quantity qty count counts days hours minutes months years seats credits tokens points nights items units number length size index",
  "percent percentage page width height progress ratio",
);

function set(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

/** How surely a name speaks of a sum of money: 2 by itself, 1 only where its use agrees, 0 not at all. */
export function moneyIn(name: string | undefined): 0 | 1 | 2 {
  if (name === undefined) return 0;
  const words = joined(wordsOf(name));
  if (words.some((word) => ABOUT.has(word))) return 0;
  const at = words.findLastIndex((word) => MONEY.has(word) || VAGUE.has(word));
  if (at < 0 || words.slice(at + 1).some((word) => !TAIL.has(word) && !/^\d+$/.test(word))) return 0;
  return words.some((word) => MONEY.has(word)) ? 2 : 1;
}

/** Whether a name is of something about money, or of a rate of it, and not of a sum. */
export function speaksAbout(name: string): boolean {
  return wordsOf(name).some((word) => ABOUT.has(word) || RATE.has(word));
}

/** `subTotal` is one word in any spelling. */
function joined(words: readonly string[]): readonly string[] {
  return words.map((word, at) => (word === "total" && words[at - 1] === "sub" ? "subtotal" : word));
}

/** Whether a name is of a sum that nobody pays as it stands: an estimate, a forecast. */
export function namesEstimate(name: string | undefined): boolean {
  return (
    name !== undefined &&
    wordsOf(name).some((word) => /^(?:estimated?|estimates|preview|projected|forecast|potential)$/.test(word))
  );
}

/** Whether a name stands for a part of something: a rate, a percentage, a multiplier. */
export function namesRate(name: string | undefined): boolean {
  return name !== undefined && wordsOf(name).some((word) => RATE.has(word));
}

/** Whether a name stands for the price of one currency in another: `exchangeRate`, `PHP_PER_USDT`, `ethPrice`. */
export function namesExchange(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  if (words.some((word) => EXCHANGE.has(word))) return true;
  if (
    words.some(
      (word, at) => word === "per" && at > 0 && MONEY.has(words[at - 1]!) && MONEY.has(words[at + 1] ?? ""),
    )
  )
    return true;
  // `USD_TO_NGN`, `usdToInr`
  if (
    words.length === 3 &&
    words[1] === "to" &&
    words.every((word) => word.length === 3 || word === "to" || COIN.has(word))
  )
    return true;
  const last = words.at(-1)!;
  // `fromToUsd`
  if (words.length === 3 && words[0] === "from" && words[1] === "to" && last.length === 3) return true;
  if (last === "price" && words.some((word) => COIN.has(word))) return true;
  return /^rates?$/.test(last) && !words.some((word) => CUT.has(word));
}

/** Whether a name is money or its rate: `price * discount` can only mean a rate. */
export function namesCut(name: string | undefined): boolean {
  return name !== undefined && CUT.has(wordsOf(name).at(-1) ?? "");
}

export function namesCount(name: string | undefined): boolean {
  return name !== undefined && COUNT.has(wordsOf(name).at(-1) ?? "");
}

export function namesMinorUnits(name: string | undefined): boolean {
  return name !== undefined && wordsOf(name).some((word) => MINOR.has(word));
}

/** Whether a name is of money's rate where it is multiplied with money. */
export function namesPlainCut(name: string | undefined): boolean {
  return name !== undefined && PLAIN_CUT.has(wordsOf(name).at(-1) ?? "");
}

/** Whether a name says that it counts the smallest units: `amountRaw`, `toSmallestUnit`. */
export function namesSmallUnits(name: string | undefined): boolean {
  return (
    name !== undefined &&
    (namesMinorUnits(name) ||
      wordsOf(name).some((word) => /^(?:raw|atomic|smallest|minor|base|micro)$/.test(word)))
  );
}

/** Whether a column of this name holds a sum; a bare `discount` or `tax` may be a percentage. */
export function namesSum(name: string | undefined): boolean {
  return (
    moneyIn(name) === 2 &&
    !(wordsOf(name!).length === 1 && CUT.has(name!.toLowerCase()) && !/^fees?$/i.test(name!))
  );
}
