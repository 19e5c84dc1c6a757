import { hintsMoneyRequest } from "../hints.ts";
import { MONEY_WORDS } from "./words.ts";

const WORD = anyCase(MONEY_WORDS);
/** What may stand between a name and an operator of the same expression. */
const BETWEEN = "[\\w.,()[\\]\"'`?!\\s]";

const CALCULATION = new RegExp(
  [
    // `order.total * 1.05`, `price.amount / rate`
    `${WORD}${BETWEEN}{0,60}(?:\\*(?![/*])|/(?![/*>]))`,
    // `1.05 * order.total`
    `[\\w)\\]]\\s*\\*=?\\s*${BETWEEN}{0,40}?${WORD}`,
    // `Number(body.amount)`, `+amount`
    `(?:\\bNumber|parseFloat)\\(${BETWEEN}{0,80}?${WORD}`,
    `[=(,:?&|]\\s*\\+\\s*${BETWEEN}{0,60}?${WORD}`,
  ].join("|"),
);
const SUM = new RegExp(`${WORD}${BETWEEN}{0,60}\\s[-+]\\s`);
const PRODUCT = /[\w)\]]\s*\*=?\s*[\w(]/;
const ROUND_TRIP = /(?:\bNumber|parseFloat)\([^;]{0,200}\.toFixed|[=(,:?&|]\s*\+[^;]{0,200}\.toFixed/;
const FLOAT_COLUMN =
  /[.'"`](?:FLOAT|DOUBLE|REAL|float[48]?|double|real)\b|\b(?:real|double|float|doublePrecision)\(|Types\.Double\b|mongoose-float/;
const SQL_COLUMN = /\b(?:REAL|FLOAT[48]?|DOUBLE)\b/i;

/** Whether a text may declare a column of binary floating point. */
export function hintsFloatColumn(text: string): boolean {
  return FLOAT_COLUMN.test(text) || (/\bTABLE\b/i.test(text) && SQL_COLUMN.test(text));
}

/** Whether a text may calculate with money, or hand an amount to a payment provider. */
export function hintsAmount(text: string): boolean {
  // In a comment, the stars at the beginnings of its lines look like products.
  const code = text.replace(/^[ \t]*\/\*[^]*?\*\//gm, "");
  return (
    CALCULATION.test(code) ||
    (SUM.test(code) && PRODUCT.test(code)) ||
    ROUND_TRIP.test(code) ||
    hintsMoneyRequest(text)
  );
}

/** A word as it stands in names: `total`, `orderTotal`, `TOTAL_DUE`; and not in "totally". */
function anyCase(words: readonly string[]): string {
  const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const upper = words.map((word) => word.toUpperCase());
  return `(?:(?:(?<![A-Za-z])(?:${words.join("|")})|${capital.join("|")})(?![a-z])|${upper.join("|")})`;
}
