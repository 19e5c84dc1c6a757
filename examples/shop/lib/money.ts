const CARD_FEE_PERCENT = 2.9;
const PHP_PER_USDT = 58.5;

/** What a card payment costs, passed on to the customer; pesos. */
export function withCardFee(total: number): number {
  const fee = Number((total * (CARD_FEE_PERCENT / 100)).toFixed(2));
  return total + fee;
}

/** Pesos in USDT at the shop's rate. */
export function toUsdt(pesos: number): number {
  return pesos / PHP_PER_USDT;
}
