import { wordsOf } from "../names.ts";

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const RECIPIENT = words(
  "destination dest recipient recipients beneficiary payee receiver iban upi vpa bolt11 msisdn payreq",
);
/** Words that turn an address or account into somebody else's, or into no place for money at all. */
const OTHER = words(
  "from sender source payer email mail ip street billing shipping home postal line city contract token name type label memo country currency network chain masked last4 mask digits tag username handle",
);
const ACCOUNT_PART = words("number no bank");
const HOLDS_ACCOUNT_ID = words("connected connect stripe destination target to acct fund");

/** Whether a name speaks of where money goes: `toAddress`, `account_number`, `beneficiary`, `ln_invoice`. */
export function namesRecipient(name: string | undefined): boolean {
  if (name === undefined) return false;
  const parts = wordsOf(name);
  const has = (word: string): boolean => parts.includes(word);
  // PayPal pays to an address of mail.
  if (has("paypal") && has("email")) return true;
  if (parts.some((word) => OTHER.has(word)) || namesSavedRecord(name)) return false;
  // Which bank it is does not say whose account.
  if (has("bank") && has("code")) return false;
  if (parts.some((word) => RECIPIENT.has(word)) || parts[0] === "to") return true;
  if (has("address") || has("pubkey")) return true;
  // A wallet's number is one of the project's own ledger.
  if (has("wallet")) return parts.length === 1;
  if (has("details") && (has("bank") || has("account") || has("payout"))) return true;
  if (has("account") || has("acct")) return namesAccount(parts);
  // M-Pesa's name of whoever a business pays.
  if (parts.join("") === "partyb") return true;
  if (has("invoice")) return has("ln") || has("lightning");
  if (has("mpesa") || has("momo")) return has("number") || has("no");
  return has("phone") || has("mobile") || (has("payment") && has("request") && parts.length === 2);
}

/** An account by its number, or a connected one by its id; another id is more often the account that pays. */
function namesAccount(parts: readonly string[]): boolean {
  if (parts.includes("id")) return parts.some((word) => HOLDS_ACCOUNT_ID.has(word));
  return parts.some((word) => ACCOUNT_PART.has(word) || HOLDS_ACCOUNT_ID.has(word));
}

/** `walletId`, `address_id`, `walletNumber`: a record of the project's own, often the one that is paid from. */
export function namesSavedRecord(name: string | undefined): boolean {
  if (name === undefined) return false;
  const parts = wordsOf(name);
  if (parts.includes("wallet") && /^(?:number|no|code)$/.test(parts.at(-1)!)) return true;
  return namesRecordId(name) && parts.some((word) => /^(?:wallet|address)$/.test(word));
}

/** Whether a name is of a record's id, by which an owner's saved recipient can be looked up: `recipientId`. */
export function namesRecordId(name: string | undefined): boolean {
  return name !== undefined && /^(?:id|uuid)$/.test(wordsOf(name).at(-1) ?? "");
}

const MOVES = words(
  "payout payouts withdraw withdrawal withdrawals transfer transfers disburse disbursement disbursements remit cashout offramp",
);
const SENDS = words("send pay release");
const MONEY = words(
  "eth ethers ether btc bitcoin sol crypto token tokens coin coins money funds payment payments transaction usdt usdc xlm invoice lightning cash b2c",
);
const ONLY_LOOKS = words(
  "get find list fetch verify validate check confirm resolve enquire enquiry inquiry is has can log notify mail email history count schema parse format cancel status read delete remove update webhook handle on render use set quote estimate preview request template html sent receipt record ownership method methods otp code confirmation",
);
/** Money that comes in. */
const COMES_IN =
  /deposit|recharge|top-?_?up|refill|collect|checkout|charge|fund(?!s)|stk|invoice-?paid|receive/i;

/** Whether a function's name says that it sends money: `createTransfer`, `sendEthers`, `payout`. */
export function namesMoneyMove(name: string | undefined): boolean {
  if (name === undefined) return false;
  const parts = wordsOf(name);
  if (parts.some((word) => ONLY_LOOKS.has(word)) || namesMakingRecipient(name)) return false;
  const sends = parts.some((word) => SENDS.has(word)) && parts.some((word) => MONEY.has(word));
  const builds = parts.includes("payment") && parts.some((word) => word === "tx" || word === "transaction");
  return sends || builds || parts.some((word) => MOVES.has(word));
}

/** Whether a route or function takes money in, so that the account it speaks of is the one that pays. */
export function namesMoneyIn(text: string | undefined): boolean {
  return text !== undefined && COMES_IN.test(text) && !wordsOf(text).some((word) => MOVES.has(word));
}

const NO_MONEY_ROW = words("method methods account accounts setting settings profile log logs limit limits");

/** Whether a table or model holds money that is to be sent, and not the ways in which it may be. */
export function namesMoneyRow(name: string | undefined): boolean {
  if (name === undefined) return false;
  const parts = wordsOf(name);
  return !parts.some((word) => NO_MONEY_ROW.has(word)) && parts.some((word) => MOVES.has(word));
}

const MAKES = words("create add make register new");
const PAID_ENTRY = words("recipient beneficiary payee contact");

/** Whether a function's name says that it makes an entry at a provider that can be paid: `createTransferRecipient`. */
export function namesMakingRecipient(name: string | undefined): boolean {
  const parts = name === undefined ? [] : wordsOf(name);
  const entry =
    parts.some((word) => PAID_ENTRY.has(word)) || (parts.includes("fund") && parts.includes("account"));
  return entry && parts.some((word) => MAKES.has(word));
}

const CHAIN_PACKAGE =
  /^(?:ethers|web3(?:-|$)|viem|wagmi|@solana\/|@stellar\/|stellar-sdk|bitcoinjs-lib|tronweb|ln-service|lightning|@ton(?:-|\/|core)|xrpl|@mysten\/|near-api-js|@polkadot\/|@cosmjs\/|@ethersproject\/|send-crypto|bitcoin-core|@emurgo\/|algosdk|@hashgraph\/)/;

/** Whether a package sends money on a chain, or over Lightning. */
export function isChainPackage(name: string): boolean {
  return CHAIN_PACKAGE.test(name);
}
