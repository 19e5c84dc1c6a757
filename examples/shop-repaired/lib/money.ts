const CARD_FEE_BASIS_POINTS = 290;
const CENTAVOS_PER_USDT = 5850n;
const MICRO_PER_USDT = 1_000_000n;

/** Hundredths of a percent of a sum of whole centavos, rounded to whole centavos. */
export function share(centavos: number, basisPoints: number): number {
  return Math.round((centavos * basisPoints) / 10_000);
}

/** What a card payment costs, passed on to the customer; whole centavos. */
export function withCardFee(total: number): number {
  return total + share(total, CARD_FEE_BASIS_POINTS);
}

/** Whole centavos in millionths of a USDT at the shop's rate, rounded up. */
export function toMicroUsdt(centavos: number): bigint {
  return (BigInt(centavos) * MICRO_PER_USDT + CENTAVOS_PER_USDT - 1n) / CENTAVOS_PER_USDT;
}

/** Whole units as the decimal string that Swap Pay and PayChain HQ take: 1999n with 2 decimals is "19.99". */
export function decimalString(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
